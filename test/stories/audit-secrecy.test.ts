// A long story with every kind of secret in it, and then a search for them: in the audit log, in every table, and in the bytes of the file.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseOtpauthUri } from '../../src/otp/otpauth.ts';
import { aHouse, aLogin, bindTotp, codeOf, STAR_95, verify } from '../kit.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-secrecy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('secrets', () => {
  it('OP-2.1 STO-17 ENR-06 are in no audit event, no row and no byte of the database file', async () => {
    const file = join(folder, 'hufu.db');
    // Strings that must be nowhere at all; and codes, which are too short not to occur by chance among ciphertext and ids.
    const secrets: string[] = [];
    const codes: string[] = [];
    const h = await aHouse({ folder, database: { sqlite: file } });
    secrets.push(h.token, h.token.split('.')[1]!);
    await h.account('700001', { password: 'correct horse battery' });
    secrets.push('correct horse battery', 'wrong horse battery');

    const withPassword = (password: string) =>
      h.call('POST', '/v1/logins', { account: '700001', client: STAR_95, firstFactor: { password } });
    await withPassword('wrong horse battery');
    const bySms = (await withPassword('correct horse battery')).body;
    await h.call('POST', `/v1/logins/${bySms.id}/send`, {}, { 'idempotency-key': 'send-1' });
    codes.push(await h.smsCode(), '987601');
    await verify(h, bySms.id, '987601');
    await verify(h, bySms.id, codes[0]!);
    h.pass(60);

    const { uri } = await bindTotp(h, '700001');
    codes.push(codeOf(uri, h.clock.now));
    const key = parseOtpauthUri(uri);
    const base32 = new URL(uri).searchParams.get('secret')!;
    secrets.push(
      uri,
      base32,
      Buffer.from(key.secret).toString('hex'),
      Buffer.from(key.secret).toString('base64'),
      base32.replace(/(.{4})(?=.)/g, '$1 '),
    );

    h.pass(60);
    const byTotp = await aLogin(h, '700001');
    const code = codeOf(uri, h.clock.now);
    codes.push(code, '123450');
    await h.call('POST', `/v1/logins/${byTotp.id}/verify`, { output: '123450' }, { 'idempotency-key': 'wrong-1' });
    const satisfied = await h.call(
      'POST',
      `/v1/logins/${byTotp.id}/verify`,
      { output: code },
      { 'idempotency-key': 'right-1' },
    );
    expect(satisfied.status).toBe(200);
    secrets.push(satisfied.body.assertion);
    await verify(h, (await aLogin(h, '700001')).id, code);

    const made = await h.call(
      'POST',
      '/v1/accounts/700001/bindings',
      { type: 'recovery-code', client: STAR_95 },
      { 'idempotency-key': 'codes-1' },
    );
    expect(made.status).toBe(201);
    const recovery = made.body.codes as string[];
    expect(recovery).toHaveLength(10);
    secrets.push(
      ...recovery,
      ...recovery.map((one) => one.replace('-', '')),
      ...recovery.map((one) => one.toLowerCase()),
    );
    const byRecovery = await aLogin(h, '700001');
    expect((await verify(h, byRecovery.id, recovery[3]!)).status).toBe(200);
    await verify(h, (await aLogin(h, '700001')).id, 'ABCDE-FGHJK');
    secrets.push('ABCDE-FGHJK', 'ABCDEFGHJK');

    // Abandoned, and never opened again.
    const abandoned = await h.call('POST', '/v1/accounts/700001/bindings', { type: 'totp', client: STAR_95 });
    if (abandoned.status === 201) secrets.push(new URL(abandoned.body.uri).searchParams.get('secret')!);
    const texts = (await h.outbox()).map((m) => m.text);
    expect(texts.length).toBeGreaterThan(2);
    secrets.push(...texts);
    await h.house.checkpoint();

    // The audit log: not even a code, in any cell of it.
    const events = await h.house.db.query('SELECT * FROM audit_events', {});
    expect(events.length).toBeGreaterThan(12);
    const log = JSON.stringify(events);
    for (const secret of secrets) expect(log.includes(secret), secret).toBe(false);
    // Ids and times hold digits too: a code must not stand by itself anywhere.
    const alone = (one: string): RegExp => new RegExp(`(?<![0-9A-Za-z_-])${one}(?![0-9A-Za-z_-])`);
    for (const one of codes) expect(log).not.toMatch(alone(one));
    const tables = await h.house.db.query(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`,
      {},
    );
    for (const { name } of tables)
      for (const row of await h.house.db.query(`SELECT * FROM ${String(name)}`, {}))
        for (const [column, cell] of Object.entries(row)) {
          const text = cell instanceof Uint8Array ? Buffer.from(cell).toString('latin1') : String(cell);
          for (const secret of secrets) expect(text.includes(secret), `${String(name)}.${column}`).toBe(false);
          if (typeof cell === 'string')
            for (const one of codes) expect(alone(one).test(text), `${String(name)}.${column}`).toBe(false);
        }

    // The bytes: database, write-ahead log and all, while it runs and after it has ended; the raw seed as well.
    const bytes = (): Buffer[] =>
      readdirSync(folder)
        .filter((one) => one.startsWith('hufu.db'))
        .map((one) => readFileSync(join(folder, one)));
    const search = (): void => {
      for (const content of bytes()) {
        for (const secret of secrets) expect(content.includes(Buffer.from(secret, 'utf8')), secret).toBe(false);
        expect(content.includes(Buffer.from(key.secret))).toBe(false);
      }
    };
    expect(bytes().length).toBeGreaterThan(1);
    expect(bytes().some((content) => content.includes('700001'))).toBe(true);
    search();
    await h.close();
    search();
  });
});
