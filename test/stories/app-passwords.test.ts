// App passwords as their owner, a relying party and a thief of the database see them.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rotateKeys } from '../../src/storage/rotate.ts';
import { aHouse, codeOf, presetText, type TestHouse } from '../kit.ts';
import { anAppPassword, bindInWebmail, MAIN_PASSWORD, mailbox, passwordsAt, said, WEBMAIL } from '../mail-kit.ts';

const WEI = 'wei@lark.example';
let h: TestHouse & AsyncDisposable;
beforeEach(async () => {
  h = await aHouse({ preset: 'mail' });
  await h.account(WEI, { password: MAIN_PASSWORD, email: 'wei@elsewhere.example', phone: '+8613800138000' });
});
afterEach(() => h.close());

describe('making', () => {
  it('CM-5.1 CM-5.2 gives sixteen characters once, in groups of four, with the mail settings', async () => {
    const made = await h.call('POST', passwordsAt(WEI), { name: 'Foxmail' });
    expect(made.status).toBe(201);
    expect(made.headers['cache-control']).toBe('no-store');
    expect(made.body).toMatchObject({
      name: 'Foxmail',
      protocols: ['imap', 'pop3', 'smtp'],
      settings: {
        address: WEI,
        user: WEI,
        imap: { host: 'imap.lark.example', port: 993, startTls: 143 },
        pop3: { host: 'pop.lark.example', port: 995, startTls: 110 },
        smtp: { host: 'smtp.lark.example', port: 994, startTls: 25 },
      },
    });
    expect(made.body.password).toMatch(/^[A-Za-z0-9]{16}$/);
    expect(made.body.grouped).toMatch(/^(\w{4} ){3}\w{4}$/);
    expect(made.body.grouped.replaceAll(' ', '')).toBe(made.body.password);
    expect(said(await mailbox(h, WEI)(made.body.password))).toBe('accepted by app-password');
    expect(said(await mailbox(h, WEI)(made.body.grouped))).toBe('accepted by app-password');
  });

  it('CM-5.2 tells the owner on every channel', async () => {
    await anAppPassword(h, WEI);
    const sent = await h.outbox();
    expect(sent.map((m) => [m.channel, m.to]).sort()).toEqual([
      ['email', 'wei@elsewhere.example'],
      ['sms', '+8613800138000'],
    ]);
    for (const message of sent) expect(message.text).toContain('专用密码');
  });

  it('CM-5.2 many may be in force at once, each on its own, up to the limit of the policy; revoked and expired ones do not count', async () => {
    const few = presetText('mail').replace('most: 20', 'most: 3');
    await using own = await aHouse({ policy: few });
    await own.account(WEI, { password: MAIN_PASSWORD });
    const three = [
      await anAppPassword(own, WEI, { name: 'Foxmail' }),
      await anAppPassword(own, WEI, { name: 'iPhone' }),
      await anAppPassword(own, WEI, { name: 'printer', expiresAt: new Date(own.clock.now + 3600_000).toISOString() }),
    ];
    expect(new Set(three.map((one) => one.password)).size).toBe(3);
    const more = () => own.call('POST', passwordsAt(WEI), { name: 'one more' });
    expect((await more()).body).toMatchObject({ status: 409, code: 'too-many-app-passwords', most: 3 });
    const login = mailbox(own, WEI);
    for (const { password } of three) expect(said(await login(password))).toBe('accepted by app-password');
    await own.call('DELETE', `${passwordsAt(WEI)}/${three[0]!.id}`);
    expect((await more()).status).toBe(201);
    expect((await more()).status).toBe(409);
    own.pass(3601);
    expect((await more()).status).toBe(201);
  });

  it('CM-5.2 twenty requests at once for the last three places make three', async () => {
    await using own = await aHouse({ policy: presetText('mail').replace('most: 20', 'most: 3') });
    await own.account(WEI);
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, i) => own.call('POST', passwordsAt(WEI), { name: `program ${i}` })),
    );
    expect(made.filter((m) => m.status === 201)).toHaveLength(3);
    expect((await own.call('GET', passwordsAt(WEI))).body.items).toHaveLength(3);
  });

  it.each([
    [{ name: '' }, 400],
    [{ name: 'a\nb' }, 400],
    [{ name: 'a', protocols: [] }, 400],
    [{ name: 'a', protocols: ['http'] }, 400],
    [{ name: 'a', expiresAt: '2020-01-01T00:00:00Z' }, 400],
    [{ name: 'a', password: 'mine' }, 400],
  ])('CM-5.2 %j is refused', async (body, status) => {
    expect((await h.call('POST', passwordsAt(WEI), body)).status).toBe(status);
    expect((await h.call('GET', passwordsAt(WEI))).body.items).toEqual([]);
  });

  it('CM-5.5 a protocol that the policy has not, or a tenant without app passwords, makes none', async () => {
    for (const policy of [
      presetText('mail').replace('  most: 20', '  most: 20\n  protocols: [imap]'),
      presetText('mail').replace('  most: 20', '  most: 20\n  enabled: false'),
    ]) {
      await using own = await aHouse({ policy });
      await own.account(WEI);
      const refused = await own.call('POST', passwordsAt(WEI), { name: 'a', protocols: ['smtp'] });
      expect(refused.body).toMatchObject({ status: 403, code: 'app-passwords-off' });
    }
  });

  it('CM-5.2 needs the scope app-passwords:write, and the account of the same tenant', async () => {
    const reads = await h.key({ scopes: ['accounts:read', 'accounts:write', 'console:write'] });
    const asReader = { authorization: `Bearer ${reads}` };
    expect((await h.call('POST', passwordsAt(WEI), { name: 'a' }, asReader)).body.code).toBe('missing-scope');
    expect((await h.call('DELETE', passwordsAt(WEI), undefined, asReader)).body.code).toBe('missing-scope');
    expect((await h.call('GET', passwordsAt(WEI), undefined, asReader)).status).toBe(200);
    expect((await h.call('POST', passwordsAt('nobody@lark.example'), { name: 'a' })).body.code).toBe('account-unknown');
  });
});

describe('afterwards', () => {
  it('CM-5.2 APW-03 nobody sees it again: not by reading, listing, the audit log or the same request once more', async () => {
    const key = { 'idempotency-key': 'make-1' };
    const made = await h.call('POST', passwordsAt(WEI), { name: 'Foxmail' }, key);
    const again = await h.call('POST', passwordsAt(WEI), { name: 'Foxmail' }, key);
    expect(again.body).toMatchObject({ status: 409, code: 'shown-once' });
    const { password, grouped, id } = made.body;
    const told = [
      again,
      await h.call('GET', passwordsAt(WEI)),
      await h.call('GET', `${passwordsAt(WEI)}/${id}`),
      await h.call('GET', `/v1/accounts/${encodeURIComponent(WEI)}`),
      await h.audit(),
      await h.outbox(),
    ].map((one) => JSON.stringify(one));
    for (const one of told) expect([one.includes(password), one.includes(grouped)]).toEqual([false, false]);
    expect((await h.call('GET', passwordsAt(WEI))).body.items).toHaveLength(1);
  });

  it('CM-5.3 the list shows name, made, last used (when, protocol, from where); a use is noted once a minute at most', async () => {
    const made = await anAppPassword(h, WEI, { protocols: ['imap', 'smtp'] });
    const list = async () => (await h.call('GET', passwordsAt(WEI))).body;
    expect(await list()).toMatchObject({
      enabled: true,
      most: 20,
      needed: false,
      items: [
        {
          id: made.id,
          name: 'Foxmail',
          protocols: ['imap', 'smtp'],
          createdAt: '2026-11-20T01:00:00.000Z',
          status: 'active',
        },
      ],
    });
    expect((await list()).items[0]).not.toHaveProperty('lastUsed');
    const login = mailbox(h, WEI);
    h.pass(5);
    await login(made.password);
    expect((await list()).items[0].lastUsed).toEqual({
      at: '2026-11-20T01:00:05.000Z',
      protocol: 'imap',
      ip: '203.0.113.7',
    });
    h.pass(30);
    await login(made.password, { protocol: 'smtp', ip: '2001:db8::9' });
    expect((await list()).items[0].lastUsed.at).toBe('2026-11-20T01:00:05.000Z');
    h.pass(30);
    await login(made.password, { protocol: 'smtp', ip: '2001:db8::9' });
    expect((await list()).items[0].lastUsed).toEqual({
      at: '2026-11-20T01:01:05.000Z',
      protocol: 'smtp',
      ip: '2001:db8::9',
    });
    const used = (await h.audit()).filter((e) => e.event === 'app-password.used');
    expect(used.map((e) => e.data)).toEqual([
      { protocol: 'imap', from: '203.0.113.7', appPassword: made.id },
      { protocol: 'smtp', from: '2001:db8::9', appPassword: made.id },
    ]);
  });

  it('CM-5.3 waiting for the first use ends with it', async () => {
    const made = await anAppPassword(h, WEI);
    const waiting = h.call('GET', `${passwordsAt(WEI)}/${made.id}?wait=20`);
    await mailbox(h, WEI)(made.password);
    expect((await waiting).body).toMatchObject({ id: made.id, lastUsed: { protocol: 'imap' } });
  });

  it('CM-5.3 revoking one, or all, ends them at once and tells the owner; a second time there is nothing to revoke', async () => {
    const [a, b, c] = [await anAppPassword(h, WEI), await anAppPassword(h, WEI), await anAppPassword(h, WEI)];
    const login = mailbox(h, WEI);
    expect((await h.call('DELETE', `${passwordsAt(WEI)}/${a.id}`)).status).toBe(204);
    expect(said(await login(a.password))).toBe('credentials');
    expect(said(await login(b.password))).toBe('accepted by app-password');
    expect((await h.call('DELETE', `${passwordsAt(WEI)}/${a.id}`)).status).toBe(404);
    expect((await h.call('DELETE', passwordsAt(WEI))).body.revoked.sort()).toEqual([b.id, c.id].sort());
    expect(said(await login(b.password))).toBe('credentials');
    expect(said(await login(c.password))).toBe('credentials');
    expect((await h.call('DELETE', passwordsAt(WEI))).body.revoked).toEqual([]);
    expect((await h.outbox()).filter((m) => m.text.includes('专用密码已停用'))).toHaveLength(4);
    const revoked = (await h.audit()).filter((e) => e.event === 'app-password.revoked');
    expect(revoked.map((e) => e.data['appPassword']).sort()).toEqual([a.id, b.id, c.id].sort());
  });

  it('CM-5.3 one account cannot revoke or see those of another', async () => {
    await h.account('other@lark.example');
    const made = await anAppPassword(h, WEI);
    expect((await h.call('DELETE', `${passwordsAt('other@lark.example')}/${made.id}`)).status).toBe(404);
    expect((await h.call('GET', `${passwordsAt('other@lark.example')}/${made.id}`)).status).toBe(404);
    expect(said(await mailbox(h, 'other@lark.example')(made.password))).toBe('credentials');
    expect(said(await mailbox(h, WEI)(made.password))).toBe('accepted by app-password');
  });

  it('CM-5.5 expires when it said, or when the policy says at the latest', async () => {
    await using own = await aHouse({ policy: presetText('mail').replace('most: 20', 'most: 20\n  expiresDays: 30') });
    await own.account(WEI);
    const late = await anAppPassword(own, WEI, { expiresAt: new Date(own.clock.now + 90 * 86_400_000).toISOString() });
    const login = mailbox(own, WEI);
    own.pass(30 * 86_400 - 1);
    expect(said(await login(late.password))).toBe('accepted by app-password');
    own.pass(1);
    expect(said(await login(late.password))).toBe('expired');
    expect((await own.call('GET', passwordsAt(WEI))).body.items[0].status).toBe('expired');
  });
});

describe('what ends them', () => {
  it('CM-5.4 they stay when methods change, and end in the same commit as the last method', async () => {
    const made = await anAppPassword(h, WEI);
    const { id } = await bindInWebmail(h, WEI);
    const login = mailbox(h, WEI);
    expect(said(await login(made.password))).toBe('accepted by app-password');
    const done = await h.call('POST', `/v1/console/accounts/${WEI}/unbind`, {
      authenticator: id,
      reason: 'phone lost',
      operator: 'lin',
    });
    expect(done.status).toBe(200);
    expect(said(await login(made.password))).toBe('credentials');
    expect(said(await login(MAIN_PASSWORD))).toBe('accepted by password');
    const ended = (await h.audit()).find((e) => e.event === 'app-password.ended');
    expect(ended).toMatchObject({ actor: 'operator:lin', data: { why: 'last-method', count: 1 } });
  });

  it('CM-5.4 two methods removed at the same moment end them as well', async () => {
    const made = await anAppPassword(h, WEI);
    const totp = await bindInWebmail(h, WEI);
    const at = `/v1/accounts/${WEI}`;
    h.pass(60);
    const login = await h.call('POST', '/v1/logins', { account: WEI, client: WEBMAIL, firstFactor: 'verified' });
    await h.call('POST', `/v1/logins/${login.body.id}/verify`, { type: 'totp', output: codeOf(totp.uri, h.clock.now) });
    const started = await h.call('POST', `${at}/bindings`, {
      type: 'email',
      client: WEBMAIL,
      address: 'wei@backup.example',
    });
    if (started.status !== 201) throw new Error(JSON.stringify(started.body));
    const code =
      /\d{3} \d{3}/.exec((await h.outbox()).find((m) => m.to === 'wei@backup.example')?.text ?? '')?.[0] ?? '';
    expect((await h.call('POST', `${at}/bindings/${started.body.id}/confirm`, { output: code })).status).toBe(200);
    const both = [totp.id, started.body.id].map((authenticator) =>
      h.call('POST', `/v1/console${at.slice(3)}/unbind`, { authenticator, reason: 'lost', operator: 'lin' }),
    );
    expect((await Promise.all(both)).map((answer) => answer.status)).toEqual([200, 200]);
    expect(said(await mailbox(h, WEI)(made.password))).toBe('credentials');
    expect((await h.audit()).filter((e) => e.event === 'app-password.ended')).toHaveLength(1);
  });

  it('CM-5.4 suspending the account ends them for good; the main password alone comes back with it', async () => {
    const made = await anAppPassword(h, WEI);
    const login = mailbox(h, WEI);
    await h.call('PUT', `/v1/accounts/${WEI}`, { status: 'suspended' });
    expect(said(await login(made.password))).toBe('credentials');
    expect(said(await login(MAIN_PASSWORD))).toBe('suspended');
    await h.call('PUT', `/v1/accounts/${WEI}`, { status: 'active' });
    expect(said(await login(made.password))).toBe('credentials');
    expect(said(await login(MAIN_PASSWORD))).toBe('accepted by password');
  });

  it('CM-5.4 a changed main password ends them only where the policy says so', async () => {
    for (const ends of [false, true]) {
      const policy = presetText('mail').replace('most: 20', `most: 20\n  endWith: [${ends ? 'password' : ''}]`);
      await using own = await aHouse({ policy });
      await own.account(WEI, { password: MAIN_PASSWORD });
      const made = await anAppPassword(own, WEI);
      await own.call('PUT', `/v1/accounts/${WEI}`, { password: 'another horse battery' });
      expect(said(await mailbox(own, WEI)(made.password))).toBe(ends ? 'credentials' : 'accepted by app-password');
    }
  });
});

describe('a thief', () => {
  it('CM-5.2 APW-12 finds no app password in any byte of the database or the log, and cannot tell by the tags without the key file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hufu-apw-'));
    try {
      const own = await aHouse({ preset: 'mail', folder, database: { sqlite: join(folder, 'hufu.db') } });
      await own.account(WEI, { password: MAIN_PASSWORD });
      const made = await anAppPassword(own, WEI, { profile: true });
      const login = mailbox(own, WEI);
      await login(made.password);
      await login('GdGneAF6iFvUg6rB');
      const row = async () =>
        (await own.house.db.query('SELECT tag FROM app_passwords WHERE id = @id', { id: made.id }))[0]!['tag'];
      const tag = await row();
      await own.close();
      for (const name of readdirSync(folder)) {
        const bytes = readFileSync(join(folder, name));
        for (const secret of [made.password, made.grouped, 'GdGneAF6iFvUg6rB', made.profile!.url.split('/').at(-1)!])
          expect([name, bytes.includes(secret)]).toEqual([name, false]);
      }
      // The same rows mean nothing under another key file.
      const elsewhere = mkdtempSync(join(tmpdir(), 'hufu-apw-'));
      const other = await aHouse({ preset: 'mail', folder: elsewhere });
      expect((await other.house.ports.appPasswords.tag('t1', 'acc_1', made.password)).tag).not.toBe(tag);
      await other.close();
      rmSync(elsewhere, { recursive: true });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('CM-5.2 APW-12 gains nothing by copying a row to an account of his own', async () => {
    const made = await anAppPassword(h, WEI);
    await h.account('thief@lark.example');
    await h.house.db.run([
      {
        sql: `INSERT INTO app_passwords (account_id, id, tenant_id, tag, pepper_id, name, protocols, created_at)
              SELECT (SELECT id FROM accounts WHERE canonical = @thief), 'apw_copy', tenant_id, tag, pepper_id, name, protocols, created_at FROM app_passwords WHERE id = @id`,
        rows: 'any',
        values: { thief: 'thief@lark.example', id: made.id },
      },
    ]);
    expect(said(await mailbox(h, 'thief@lark.example')(made.password))).toBe('credentials');
  });

  it('WEB-03 APW-01 an app password is refused as a password, a code and a key wherever people and programs log in', async () => {
    const made = await anAppPassword(h, WEI);
    await bindInWebmail(h, WEI);
    h.pass(60);
    for (const password of [made.password, made.grouped]) {
      const asPassword = await h.call('POST', '/v1/logins', {
        account: WEI,
        client: WEBMAIL,
        firstFactor: { password },
      });
      expect(asPassword.body).toMatchObject({ status: 403, code: 'first-factor-failed' });
      const login = await h.call('POST', '/v1/logins', { account: WEI, client: WEBMAIL, firstFactor: 'verified' });
      const asCode = await h.call('POST', `/v1/logins/${login.body.id}/verify`, { output: password });
      expect(asCode.status).toBe(422);
      for (const authorization of [
        `Bearer ${password.replaceAll(' ', '')}`,
        `Basic ${Buffer.from(`${WEI}:${password}`).toString('base64')}`,
      ])
        expect((await h.call('GET', passwordsAt(WEI), undefined, { authorization })).status).toBe(401);
    }
    // A login that is still open is no password either.
    const open = (await h.call('POST', '/v1/logins', { account: WEI, client: WEBMAIL, firstFactor: 'verified' })).body;
    expect(said(await mailbox(h, WEI)(open.id))).toBe('credentials');
  });
});

describe('keys', () => {
  it('APW-12 NF-5 app passwords survive a rotation of all keys, and a key file from before there were any', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hufu-apw-'));
    const database = { sqlite: join(folder, 'hufu.db') };
    try {
      const first = await aHouse({ preset: 'mail', folder, database });
      await first.close();
      const file = join(folder, 'hufu.keys');
      const { peppers, ...old } = JSON.parse(readFileSync(file, 'utf8'));
      expect(Object.keys(peppers)).toHaveLength(1);
      writeFileSync(file, JSON.stringify(old));

      const second = await aHouse({ folder, database });
      await second.account(WEI);
      const made = await anAppPassword(second, WEI);
      const { house } = second;
      const kek = house.keyFile.current().id;
      await rotateKeys(house.db, house.keyFile, house.keys, { actor: 'test' });
      expect(house.keyFile.current().id).not.toBe(kek);
      expect(said(await mailbox(second, WEI)(made.password))).toBe('accepted by app-password');
      await second.close();

      const third = await aHouse({ folder, database });
      expect(said(await mailbox(third, WEI)(made.password))).toBe('accepted by app-password');
      await third.close();

      // Without its pepper nobody is let in, and nobody is told that the password was wrong.
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), peppers: {} }));
      const fourth = await aHouse({ folder, database });
      await expect(mailbox(fourth, WEI)(made.password)).rejects.toThrow(/has no pepper pep_/);
      await fourth.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
