// The rollout cockpit: what an operator sees before switching, told of accounts that logged in through the API, and borne out by what then happens.
import { describe, expect, it } from 'vitest';
import { aHouse, aLogin, bindTotp, codeOf, ESTAR_X, STAR_95, type TestHouse, verify } from '../kit.ts';
import { aPostgres } from '../postgres.ts';

const OLD = { id: 'star-9.5', version: '9.5.8.4' };

async function loginBySms(h: TestHouse, account: string, client: { id: string; version: string }): Promise<void> {
  const login = await aLogin(h, account, client);
  await h.call('POST', `/v1/logins/${login.id}/send`, {});
  expect((await verify(h, login.id, await h.smsCode())).status).toBe(200);
}

/** One bound trader, three unbound ones on new, old and phone clients, and one who never came. */
async function aBrokerage(database?: { postgres: string }): Promise<TestHouse & AsyncDisposable & { uri: string }> {
  const h = await aHouse(database === undefined ? {} : { database });
  for (const [account, cohort] of [
    ['700001', 'A'],
    ['700002', 'A'],
    ['700003', 'B'],
    ['700004', 'B'],
    ['700005', 'B'],
  ] as const)
    await h.account(account, { cohort, phone: `+8529123000${account.slice(-1)}`, email: `${account}@example.hk` });
  const { uri } = await bindTotp(h, '700001');
  for (let day = 0; day < 6; day++) {
    await loginBySms(h, '700002', STAR_95);
    h.pass(24 * 3600);
  }
  await loginBySms(h, '700003', OLD);
  await loginBySms(h, '700004', ESTAR_X);
  await h.house.seal();
  await h.house.count();
  return Object.assign(h, { uri });
}

describe('ES-6.2 the cockpit', () => {
  it('ES-6.2 shows who has moved, per cohort, and how often the others log in', async () => {
    await using h = await aBrokerage();
    const { body } = await h.call('GET', '/v1/console/rollout');
    expect(body).toMatchObject({
      phase: 'coexist',
      accounts: 5,
      bound: 1,
      frequency: { often: 1, rarely: 3, never: 1 },
    });
    expect(body.cohorts).toEqual([
      { cohort: 'A', phase: 'coexist', accounts: 2, bound: 1, unbound: { often: 1, rarely: 0, never: 0 } },
      { cohort: 'B', phase: 'coexist', accounts: 3, bound: 0, unbound: { often: 0, rarely: 2, never: 1 } },
    ]);
    expect(body.adoption[0].days.at(-1)).toMatchObject({ date: '2026-11-26', accounts: 5, bound: 1 });
    expect(body.hours.reduce((n: number, hour: { bySms: number }) => n + hour.bySms, 0)).toBe(9);
  });

  it('ES-6.2 foretells what a switch does to each account, and each then meets it', async () => {
    await using h = await aBrokerage();
    const seen = await h.call('POST', '/v1/console/rollout/preview', { phase: 'totp-only' });
    expect(seen.body).toMatchObject({
      effects: { same: 1, forced: 3, 'too-old': 1, 'shut-out': 0 },
      often: { same: 0, forced: 1, 'too-old': 0, 'shut-out': 0 },
      oldClients: [{ client: 'star-9.5', version: '9.5.8.4', accounts: 1 }],
    });
    expect(seen.body.within7Days.forced).toBeGreaterThanOrEqual(1);
    const met: Record<string, string> = {};
    for (const effect of ['same', 'forced', 'too-old', 'shut-out']) {
      const list = await h.call('GET', `/v1/console/rollout/affected?phase=totp-only&effect=${effect}`);
      for (const one of list.body.items) met[one.account] = effect;
    }
    expect(met).toEqual({
      '700001': 'same',
      '700002': 'forced',
      '700003': 'too-old',
      '700004': 'forced',
      '700005': 'forced',
    });
    // Nothing was switched by looking.
    expect((await h.call('GET', '/v1/rollout')).body.phase).toBe('coexist');
    await h.phase('totp-only');
    const next = (account: string, client: object) =>
      h.call('POST', '/v1/logins', { account, client, firstFactor: 'verified' });
    expect((await next('700001', STAR_95)).body.status).toBe('challenge');
    expect((await next('700002', STAR_95)).body.status).toBe('enrol');
    expect((await next('700003', OLD)).body.code).toBe('client-too-old');
    expect((await next('700004', ESTAR_X)).body.status).toBe('enrol');
  });

  it('ES-6.2 a cohort is foretold by itself', async () => {
    await using h = await aBrokerage();
    const seen = await h.call('POST', '/v1/console/rollout/preview', { phase: 'totp-only', cohort: 'B' });
    expect(seen.body.effects).toEqual({ same: 0, forced: 2, 'too-old': 1, 'shut-out': 0 });
  });

  it('ET-1.2 ES-6.2 a desktop-only brokerage is told who would be shut out on the phone, and those are', async () => {
    await using h = await aHouse({ preset: 'star-desktop-bind' });
    await h.phase('coexist');
    const desk = { id: 'star-9.3', version: '9.3.43.1175' };
    const phone = { ...ESTAR_X, deviceId: 'phone-1' };
    for (const [account, client] of [
      ['800001', phone],
      ['800002', desk],
    ] as const) {
      await h.account(account, { phone: `+8529123000${account.slice(-1)}` });
      await loginBySms(h, account, client);
    }
    await h.house.seal();
    await h.house.count();
    const affected = async (effect: string): Promise<string[]> =>
      (await h.call('GET', `/v1/console/rollout/affected?phase=totp-only&effect=${effect}`)).body.items.map(
        (one: { account: string }) => one.account,
      );
    expect(await affected('shut-out')).toEqual(['800001']);
    expect(await affected('forced')).toEqual(['800002']);
    await h.phase('totp-only');
    const next = (account: string, client: object) =>
      h.call('POST', '/v1/logins', { account, client, firstFactor: 'verified' });
    expect((await next('800001', phone)).body.code).toBe('bind-elsewhere');
    expect((await next('800002', desk)).body.status).toBe('enrol');
    // Both meet that already now: the same switch once more changes nothing for them.
    expect((await affected('same')).sort()).toEqual(['800001', '800002']);
  });

  it('ES-6.2 reminders go once to unbound accounts that log in, on every channel, up to the cap', async () => {
    await using h = await aBrokerage();
    const before = (await h.outbox()).length;
    const first = await h.call('POST', '/v1/console/rollout/reminders', { most: 2, reason: 'wave 1' });
    expect(first.body).toMatchObject({ reminded: 2, more: true });
    const second = await h.call('POST', '/v1/console/rollout/reminders', { most: 100, reason: 'wave 1' });
    expect(second.body).toMatchObject({ reminded: 1, more: false });
    expect((await h.call('POST', '/v1/console/rollout/reminders', { most: 100, reason: 'again' })).body.reminded).toBe(
      0,
    );
    const sent = (await h.outbox()).slice(0, (await h.outbox()).length - before);
    expect(sent.map((m) => m.to).sort()).toEqual([
      '+85291230002',
      '+85291230003',
      '+85291230004',
      '700002@example.hk',
      '700003@example.hk',
      '700004@example.hk',
    ]);
    for (const message of sent.filter((m) => m.channel === 'sms')) expect(message.text.length).toBeLessThanOrEqual(70);
    h.pass(3 * 24 * 3600 + 1);
    expect((await h.call('POST', '/v1/console/rollout/reminders', { most: 100, reason: 'wave 2' })).body.reminded).toBe(
      3,
    );
    const audit = (await h.audit()).filter((e) => e.event === 'reminder.sent');
    expect(audit.map((e) => e.data['reason'])).toEqual(['wave 1', 'wave 1', 'wave 1', 'wave 2', 'wave 2', 'wave 2']);
  });

  it('ES-6.2 ten calls at once remind nobody twice', async () => {
    await using h = await aBrokerage();
    const before = (await h.outbox()).length;
    const all = await Promise.all(
      Array.from({ length: 10 }, () => h.call('POST', '/v1/console/rollout/reminders', { most: 100, reason: 'race' })),
    );
    expect(all.reduce((n, one) => n + one.body.reminded, 0)).toBe(3);
    expect((await h.outbox()).length - before).toBe(6);
  });

  it('ES-6.2 NF-4 counting goes on where it stopped, and counts nothing twice', async () => {
    await using h = await aBrokerage();
    await Promise.all([h.house.count(), h.house.count(), h.house.count()]);
    const seen = await h.call('GET', '/v1/console/rollout');
    expect(seen.body.hours.reduce((n: number, hour: { satisfied: number }) => n + hour.satisfied, 0)).toBe(9);
    const login = await aLogin(h, '700001', STAR_95);
    h.pass(60);
    const again = await aLogin(h, '700001', STAR_95);
    expect((await verify(h, again.id, codeOf(h.uri, h.clock.now))).status).toBe(200);
    expect(login.id).not.toBe(again.id);
    await h.house.seal();
    await h.house.count();
    const later = await h.call('GET', '/v1/console/rollout');
    expect(later.body.hours.reduce((n: number, hour: { satisfied: number }) => n + hour.satisfied, 0)).toBe(10);
  });

  it('ES-6.2 NF-3 PostgreSQL tells the same', async () => {
    const pg = await aPostgres();
    try {
      await using h = await aBrokerage({ postgres: await pg.database() });
      const { body } = await h.call('GET', '/v1/console/rollout');
      expect(body).toMatchObject({ accounts: 5, bound: 1, frequency: { often: 1, rarely: 3, never: 1 } });
      const seen = await h.call('POST', '/v1/console/rollout/preview', { phase: 'totp-only' });
      expect(seen.body.effects).toEqual({ same: 1, forced: 3, 'too-old': 1, 'shut-out': 0 });
      const told = await h.call('POST', '/v1/console/rollout/reminders', { most: 2, reason: 'wave 1' });
      expect(told.body.reminded).toBe(2);
    } finally {
      await pg.close();
    }
  });

  it('ES-6.2 only a key that may look does, and nobody sees another tenant', async () => {
    await using h = await aBrokerage();
    const key = await h.key({ scopes: ['logins:write'] });
    const refused = await h.call('GET', '/v1/console/rollout', undefined, { authorization: `Bearer ${key}` });
    expect(refused.body.code).toBe('missing-scope');
    await h.house.registry.create({
      id: 't2',
      name: 'Two',
      document: (await h.house.registry.get('t1', 0)).document,
      actor: 'test',
    });
    const other = await h.key({ tenant: 't2' });
    const empty = await h.call('GET', '/v1/console/rollout', undefined, { authorization: `Bearer ${other}` });
    expect(empty.body).toMatchObject({ accounts: 0, bound: 0, cohorts: [] });
  });
});

describe('NF-2 a large tenant', () => {
  it('ES-6.2 NF-2 is told from the last count taken beside requests, the same as when it is counted at once', async () => {
    const { accountSteps, countSteps } = await import('../../src/commands/demo-data/history-rows.ts');
    const { madeHistory } = await import('../../src/commands/demo-data/history.ts');
    await using h = await aHouse();
    const history = madeHistory(h.clock.now, '9');
    await h.house.db.run(accountSteps(h.house, 't1', history.accounts(0, 25_000), false));
    await h.house.db.run(countSteps(h.house, 't1', history));
    const seen = async () => ({
      cockpit: (await h.call('GET', '/v1/console/rollout')).body,
      preview: (await h.call('POST', '/v1/console/rollout/preview', { phase: 'totp-only', cohort: 'vip' })).body,
      funnel: await h.house.ports.steps.groups('t1', undefined),
    });
    const live = await seen();
    await h.house.count();
    const kept = await h.house.db.query('SELECT kind FROM group_snapshots ORDER BY kind', {});
    expect(kept.map((row) => row['kind'])).toEqual(['activity', 'steps']);
    const told = await seen();
    for (const of of ['accounts', 'bound', 'cohorts', 'frequency']) expect(told.cockpit[of]).toEqual(live.cockpit[of]);
    expect(told.preview.effects).toEqual(live.preview.effects);
    const sum = (groups: readonly { count: number; step: number }[]) =>
      groups.reduce((n, { count, step }) => n + count * step, 0);
    expect(sum(told.funnel)).toBe(sum(live.funnel));
  });
});
