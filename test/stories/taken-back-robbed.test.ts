// REB-04 against whoever knows how taking back works: what was never the owner's is not told to be restored, and an old code overrides nobody.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Answer, aHouse, presetText, type TestHouse } from '../kit.ts';
import { MAIN_PASSWORD, mailbox, said } from '../mail-kit.ts';
import { anOperator } from '../operator-kit.ts';
import { aBrowser, type Browser, bindInPortal } from '../portal-kit.ts';
import { aSwap, CODE, enter, methods, newest, object, stepUp, swap, WEI, worksAtLogin } from '../swap-kit.ts';

const DAY = 24 * 3600;
const callerCheck = { how: 'call-back' };
const bindMail = async (h: TestHouse, b: Browser, address: string): Promise<string> => {
  const started = await b.call('POST', '/v1/me/bindings', { type: 'email', address });
  const mail = (await h.outbox()).find((m) => m.to === address && /\d{3} \d{3}/.test(m.text));
  const output = /\d{3} \d{3}/.exec(mail?.text ?? '')?.[0] ?? '';
  const done = await b.call('POST', `/v1/me/bindings/${started.body.id}/confirm`, { output });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return started.body.id as string;
};

describe('a thief with the password of an account without methods', () => {
  it.each(['another app', 'a mailbox'])(
    'CM-4.2 REB-04 binds twice, the second %s: by the newest code nobody gets in until an operator has looked',
    async (second) => {
      await using h = await aHouse({ preset: 'mail' });
      await h.account(WEI, { password: MAIN_PASSWORD, email: 'wei@home.example' });
      const thief = aBrowser(h);
      await thief.login(WEI, MAIN_PASSWORD);
      const b = await bindInPortal(h, thief);
      if (second === 'another app') await swap(h, thief, b);
      else {
        await stepUp(h, thief, 'change', b.uri);
        await bindMail(h, thief, 'thief@elsewhere.example');
      }
      expect((await object(h, await newest(h))).body).toMatchObject({ outcome: 'suspended' });
      expect(await methods(h)).toEqual([b.id]);
      await expect(enter(h, b.uri)).rejects.toThrow(/signed-out/);
      expect((await h.call('GET', `/v1/accounts/${WEI}`)).body.status).toBe('suspended');
    },
  );
});

describe('what an operator did meanwhile', () => {
  const unbindAll = { path: 'unbind', body: {} };
  const changePerson = { path: 'authorised-person', body: { name: 'New', email: 'new@home.example' } };
  it.each([
    ['every method unbound, within the hours of its own code', unbindAll, 1],
    ['every method unbound, days ago', unbindAll, 25],
    ['another person, within the hours of its own code', changePerson, 1],
    ['another person, days ago', changePerson, 25],
  ])('CM-4.2 REB-04 OP-1.5 stands, an old code does not override it: %s', async (_name, { path, body }, hours) => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    await swap(h, thief, a);
    const old = await newest(h);
    h.pass(3600);
    const lin = await anOperator(h, { login: 'lin', roles: ['security'] });
    const done = await lin.call('POST', `/v1/console/accounts/${WEI}/${path}`, { reason: 'R01', callerCheck, ...body });
    expect(done.status, JSON.stringify(done.body)).toBeLessThan(300);
    expect(await methods(h)).toEqual([]);
    const next = await newest(h);
    expect(next).not.toBe(old);
    h.pass(hours * 3600);
    expect((await object(h, old)).body.code).toBe('objection-unknown');
    expect(await methods(h)).toEqual([]);
    // Its own code stops everything for a day, and puts nothing back; nor does opening the account.
    const own = await object(h, next);
    if (hours > 24) return expect(own.body.code).toBe('objection-unknown');
    expect(own.body).toMatchObject({ outcome: 'suspended' });
    expect(await methods(h)).toEqual([]);
    const unlock = { reason: 'R04', callerCheck };
    const kim = await anOperator(h, { login: 'kim' });
    expect((await kim.call('POST', `/v1/console/accounts/${WEI}/unlock`, unlock)).status).toBe(200);
    expect((await object(h, old)).body.code).toBe('objection-unknown');
    expect(await methods(h)).toEqual([]);
  });

  it('CM-4.2 REB-04 OP-1.4 stands also where it was a row of bulk work', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    await swap(h, thief, a);
    const old = await newest(h);
    const [kit, jun] = [
      await anOperator(h, { roles: ['security'], login: 'kit' }),
      await anOperator(h, { roles: ['security'], login: 'jun' }),
    ];
    const { body: job } = await kit.call('POST', '/v1/console/bulk', { kind: 'unbind', name: 'all', reason: 'R01' });
    await kit.call('POST', `/v1/console/bulk/${job.id}/rows`, { rows: [{ line: 2, account: WEI }] });
    if ((await kit.call('POST', `/v1/console/bulk/${job.id}/start`)).body.status === 'asked')
      expect((await jun.call('POST', `/v1/console/bulk/${job.id}/approve`)).status).toBe(200);
    await h.house.work();
    expect(await methods(h)).toEqual([]);
    expect((await object(h, old)).body.code).toBe('objection-unknown');
    expect(await methods(h)).toEqual([]);
  });

  it('CM-4.2 REB-04 the code of a change after it puts back what there was after it, not what there was before', async () => {
    const { h, a, thief } = await aSwap({ policy: `${presetText('mail')}\nconsole: { vetoHours: 0 }\n` });
    await using _ = h;
    await swap(h, thief, a);
    const old = await newest(h);
    const lin = await anOperator(h, { login: 'lin', roles: ['security'] });
    const done = await lin.call('POST', `/v1/console/accounts/${WEI}/unbind`, { reason: 'R01', callerCheck });
    expect(done.status).toBe(200);
    const owner = aBrowser(h);
    await owner.login(WEI, MAIN_PASSWORD);
    const c = await bindInPortal(h, owner);
    h.pass(60);
    await swap(h, await enter(h, c.uri), c);
    expect((await object(h, old)).body.code).toBe('objection-unknown');
    expect((await object(h, await newest(h))).body).toMatchObject({ outcome: 'suspended' });
    expect(await methods(h)).toEqual([c.id]);
    expect(await worksAtLogin(h, a.uri)).toBe(false);
  });
});

describe('what a thief made before the change', () => {
  it('CM-4.2 REB-04 CM-5.4 app passwords of the last seven days end with it; older ones go on', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    const mail = mailbox(h, WEI);
    const old = await thief.call('POST', '/v1/me/app-passwords', { name: 'Phone' });
    h.pass(8 * DAY);
    const robber = await enter(h, a.uri);
    await stepUp(h, robber, 'change', a.uri);
    const late = await robber.call('POST', '/v1/me/app-passwords', { name: 'Mail' });
    expect(late.status).toBe(201);
    h.pass(60);
    await swap(h, robber, a);
    expect((await object(h, await newest(h))).body).toMatchObject({ outcome: 'restored' });
    expect(said(await mail(late.body.password))).toBe('credentials');
    expect(said(await mail(old.body.password))).toBe('accepted by app-password');
  });
});

describe('a mailbox that a thief bound', () => {
  const THIEF = 'thief@elsewhere.example';
  const told = async (h: TestHouse) => (await h.outbox()).filter((m) => m.to === THIEF);

  it('CM-4.2 CM-4.3 REB-04 is told of its removal, and has no code to come back by', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    await stepUp(h, thief, 'change', a.uri);
    const mailbox = await bindMail(h, thief, THIEF);
    h.pass(4 * DAY);
    const owner = await enter(h, a.uri);
    await stepUp(h, owner, 'unbind', a.uri);
    const before = (await told(h)).length;
    expect((await owner.call('DELETE', `/v1/me/authenticators/${mailbox}`)).status).toBe(204);
    const all = await told(h);
    expect(all.length).toBe(before + 1);
    expect(all.filter((m) => CODE.test(m.text))).toEqual([]);
    // The owner has it.
    expect((await object(h, await newest(h))).body).toMatchObject({ outcome: 'restored' });
  });

  it('CM-4.2 REB-04 the only channel there is has it', async () => {
    await using h = await aHouse({ preset: 'mail' });
    await h.account(WEI, { password: MAIN_PASSWORD, phone: undefined });
    const owner = aBrowser(h);
    await owner.login(WEI, MAIN_PASSWORD);
    const a = await bindInPortal(h, owner);
    h.pass(60);
    await stepUp(h, owner, 'change', a.uri);
    const box = await bindMail(h, owner, 'wei@backup.example');
    h.pass(4 * DAY);
    const again = await enter(h, a.uri);
    await stepUp(h, again, 'unbind', a.uri);
    expect((await again.call('DELETE', `/v1/me/authenticators/${box}`)).status).toBe(204);
    const [last] = (await h.outbox()).filter((m) => m.to === 'wei@backup.example');
    expect(last?.text).toMatch(CODE);
  });
});

describe('who is asked about nobody', () => {
  it('CM-4.2 REB-04 a wrong code costs the same for an account that is not there, and is on record ten times at most', async () => {
    const { h } = await aSwap();
    await using _ = h;
    const store = h.house.ports.store as { commit: typeof h.house.ports.store.commit };
    const { commit } = store;
    const writes: string[][] = [];
    store.commit = (key, all) => {
      writes.push(all.map(({ op }) => op));
      return commit.call(store, key, all);
    };
    const guess = (account: string): Promise<Answer> =>
      h.call('POST', '/v1/objections', { account, code: 'AAAAA-AAAAA' });
    for (const account of [WEI, 'nobody@lark.example']) expect((await guess(account)).status).toBe(404);
    expect(writes).toHaveLength(2);
    expect(writes[0]).toEqual(writes[1]);
    for (let n = 0; n < 15; n++) for (const account of [WEI, 'nobody@lark.example']) await guess(account);
    expect((await h.audit()).filter((e) => e.event === 'veto.rejected')).toHaveLength(10);
  });
});

describe('who has the database', () => {
  it('CM-4.2 REB-04 OPS-03 cannot try stop codes against it: what is kept is not a hash of the code alone', async () => {
    const { h, a, thief } = await aSwap();
    await using _ = h;
    await swap(h, thief, a);
    const code = (await newest(h)).replace('-', '');
    const [row] = await h.house.db.query(
      'SELECT hash, account_id FROM vetoes WHERE change IS NOT NULL AND used_at IS NULL ORDER BY created_at DESC',
      {},
    );
    const tried = ['v1', 'v2'].map((v) =>
      createHash('sha256')
        .update(`hufu/objection/${v}\0${String(row?.['account_id'])}\0${code}`)
        .digest('base64url'),
    );
    expect(tried).not.toContain(row?.['hash']);
    expect(String(row?.['hash'])).toMatch(/^[\w-]{43}$/);
    expect((await object(h, code)).status).toBe(200);
  });
});
