// Pruning: what no longer matters goes, and nothing that still does.
import { describe, expect, it } from 'vitest';
import { aHouse, aLogin, bindTotp, codeOf, ESTAR_X, presetText, STAR_95, type TestHouse, verify } from '../kit.ts';

const DAY = 24 * 3600;
const count = async (h: TestHouse, table: string, where = '1 = 1'): Promise<number> =>
  Number((await h.house.db.query(`SELECT count(*) AS n FROM ${table} WHERE ${where}`, {}))[0]!['n']);

describe('pruning', () => {
  it('OTP-01 leaves used codes refused: right after it, with the shortest and the longest period alike', async () => {
    for (const periodSeconds of [15, 30, 120]) {
      await using h = await aHouse({
        policy: presetText('star-rollout').replace('periodSeconds: 30', `periodSeconds: ${periodSeconds}`),
      });
      await h.account('700001');
      const { uri } = await bindTotp(h, '700001');
      h.pass(periodSeconds);
      const code = codeOf(uri, h.clock.now);
      expect((await verify(h, (await aLogin(h, '700001')).id, code)).status).toBe(200);
      await h.house.prune();
      expect(await count(h, 'spent_steps')).toBe(2);
      expect((await verify(h, (await aLogin(h, '700001')).id, code)).status).toBe(422);
      h.pass(DAY - 2 * periodSeconds);
      await h.house.prune();
      expect(await count(h, 'spent_steps')).toBe(2);
      h.pass(4 * periodSeconds);
      await h.house.prune();
      // SQLite keeps the newest row of its log, whatever its age.
      expect(await count(h, 'spent_steps')).toBe(1);
      // Long past, so wrong by its time alone.
      expect((await verify(h, (await aLogin(h, '700001')).id, code)).status).toBe(422);
    }
  });

  it('ES-4.3 keeps used recovery codes used for ever, and counts them rightly', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await bindTotp(h, '700001');
    const made = await h.call('POST', '/v1/accounts/700001/bindings', { type: 'recovery-code', client: STAR_95 });
    const [code] = made.body.codes as [string];
    expect((await verify(h, (await aLogin(h, '700001')).id, code)).status).toBe(200);
    h.pass(400 * DAY);
    await h.house.prune();
    expect(await count(h, 'spent', 'mark < 0')).toBe(1);
    expect((await verify(h, (await aLogin(h, '700001')).id, code)).status).toBe(422);
  });

  it('BF-01 keeps a freeze that nobody ended, and password failures while they count', async () => {
    await using h = await aHouse();
    await h.account('700001', { password: 'correct horse' });
    const login = await aLogin(h, '700001');
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    for (let n = 0; n < 3; n++) await verify(h, login.id, '000000');
    const wrong = () =>
      h.call('POST', '/v1/logins', { account: '700001', client: STAR_95, firstFactor: { password: 'wrong horse' } });
    await wrong();
    await h.call('POST', '/v1/logins', {
      account: 'nobody',
      client: STAR_95,
      firstFactor: { password: 'wrong horse' },
    });
    h.pass(29 * DAY);
    await h.house.prune();
    expect(await count(h, 'failures', `scope LIKE 'pw:%'`)).toBe(2);
    h.pass(2 * DAY);
    await h.house.prune();
    expect(await count(h, 'failures', `scope LIKE 'pw:%'`)).toBe(0);
    expect(await count(h, 'failures', `scope LIKE 'aut%'`)).toBe(3);
  });

  it('BF-01 keeps password failures for ever where only an operator ends a freeze', async () => {
    await using h = await aHouse({
      policy: `${presetText('star-rollout')}\npasswordThrottle: { delaysSeconds: [0], freezeAfter: 2 }\n`,
    });
    await h.account('700001', { password: 'correct horse' });
    for (let n = 0; n < 3; n++)
      await h.call('POST', '/v1/logins', {
        account: '700001',
        client: STAR_95,
        firstFactor: { password: 'wrong horse' },
      });
    h.pass(400 * DAY);
    await h.house.prune();
    expect(
      (
        await h.call('POST', '/v1/logins', {
          account: '700001',
          client: STAR_95,
          firstFactor: { password: 'correct horse' },
        })
      ).body.code,
    ).toBe('throttled');
  });

  it('OP-2.1 clears old challenges, messages, sent codes, remembered replies and unfinished bindings, and never the audit log', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.account('700002', { phone: '+85291230002' });
    const sent = await aLogin(h, '700001');
    await h.call('POST', `/v1/logins/${sent.id}/send`, {}, { 'idempotency-key': 'one' });
    const code = await h.smsCode();
    await h.house.prune();
    // What is at hand is not touched.
    expect([
      await count(h, 'challenges'),
      await count(h, 'sent_codes'),
      await count(h, 'idempotency'),
      await count(h, 'outbox'),
    ]).toEqual([1, 1, 1, 1]);
    expect((await verify(h, sent.id, code)).status).toBe(200);
    for (let n = 0; n < 2; n++) await h.call('POST', '/v1/accounts/700001/bindings', { type: 'totp', client: STAR_95 });
    expect(await count(h, 'authenticators', `status IN ('void', 'pending')`)).toBe(2);
    h.pass(DAY - 60);
    await h.house.prune();
    expect(await count(h, 'authenticators', `status IN ('void', 'pending')`)).toBe(2);
    h.pass(DAY);
    await h.house.prune();
    expect(await count(h, 'authenticators', `status IN ('void', 'pending')`)).toBe(0);
    expect(await count(h, 'authenticators')).toBe(2);
    expect([
      await count(h, 'challenges'),
      await count(h, 'sent_codes'),
      await count(h, 'idempotency'),
      await count(h, 'outbox'),
    ]).toEqual([1, 0, 0, 1]);
    const events = await count(h, 'audit_events');
    h.pass(31 * DAY);
    const fresh = await aLogin(h, '700002', ESTAR_X);
    await h.house.prune();
    expect([await count(h, 'challenges'), await count(h, 'outbox')]).toEqual([1, 0]);
    expect((await h.call('GET', `/v1/logins/${fresh.id}`)).status).toBe(200);
    expect(await count(h, 'audit_events')).toBeGreaterThan(events);
    expect(await h.house.prune()).toBe(0);
  });

  it('OP-2.1 clears more than one batch, and leaves messages that wait', async () => {
    await using h = await aHouse();
    const insert = `INSERT INTO outbox (id, tenant_id, account_id, channel, sent_to, text_sealed, sealed_by, purpose, status, attempts, next_at, created_at, expires_at)
      VALUES (@id, 't1', 'a', 'sms', '1', NULL, '', 'notice', @status, 1, @now, @now, @now)`;
    await h.house.db.run(
      Array.from({ length: 1200 }, (_, n) => ({
        sql: insert,
        rows: 'any',
        values: { id: `msg_${String(n).padStart(5, '0')}`, status: n === 3 ? 'waiting' : 'sent' },
      })),
    );
    h.pass(31 * DAY);
    expect(await h.house.prune()).toBe(1199);
    expect(await count(h, 'outbox')).toBe(1);
  });
});
