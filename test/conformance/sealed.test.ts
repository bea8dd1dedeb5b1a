// Secrets at rest on every store: a row that was copied, changed or lost its key opens for nobody, and nobody is let in by it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse } from '../../src/compose.ts';
import { parseOtpauthUri } from '../../src/otp/otpauth.ts';
import { aLogin, bindTotp, codeOf, verify } from '../kit.ts';
import { STORES, type StoreUnderTest } from './stores.ts';

describe.each(STORES)('$name', ({ open }) => {
  let store: StoreUnderTest;
  let people = 0;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  const someone = async (): Promise<{ account: string; uri: string; id: string }> => {
    const account = `90000${++people}`;
    await store.nodes[0].account(account);
    const bound = await bindTotp(store.nodes[0], account);
    store.pass(60_000);
    return { account, ...bound };
  };
  const damage = (sql: string, values: Record<string, string | Uint8Array>): Promise<number> =>
    store.nodes[0].house.db.run([{ sql, rows: 'any', values }]);
  const sealedOf = async (id: string): Promise<Uint8Array> => {
    const [row] = await store.nodes[0].house.db.query('SELECT sealed FROM authenticators WHERE id = @id', { id });
    return new Uint8Array(row?.['sealed'] as Uint8Array);
  };
  /** Presents the right code on both nodes: a 5xx problem, no assertion, nothing spent, nothing satisfied. */
  const admitsNobody = async (account: string, uri: string): Promise<void> => {
    for (const node of store.nodes) {
      const login = await aLogin(node, account);
      const answer = await verify(node, login.id, codeOf(uri, store.now()), { type: 'totp' });
      expect(answer.status).toBeGreaterThanOrEqual(500);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(JSON.stringify(answer.body)).not.toMatch(/assertion|seal|key/i);
      const [row] = await node.house.db.query('SELECT status FROM challenges WHERE id = @id', { id: login.id });
      expect(row?.['status']).toBe('pending');
    }
  };
  const admits = async (account: string, uri: string): Promise<void> => {
    const login = await aLogin(store.nodes[1], account);
    expect((await verify(store.nodes[1], login.id, codeOf(uri, store.now()))).status).toBe(200);
  };

  it('NF-5 STO-05 the ciphertext of A copied into the row of B opens for neither code; A is untouched', async () => {
    const [a, b] = [await someone(), await someone()];
    await damage('UPDATE authenticators SET sealed = @sealed WHERE id = @id', {
      id: b.id,
      sealed: await sealedOf(a.id),
    });
    await admitsNobody(b.account, a.uri);
    await admitsNobody(b.account, b.uri);
    await admits(a.account, a.uri);
  });

  it('NF-5 STO-05 a row under another account, type, id or parameters does not open', async () => {
    const changes: readonly string[] = [`params = 'SHA1/6/60'`, `id = 'aut_moved' || id`];
    for (const change of changes) {
      const one = await someone();
      await damage(`UPDATE authenticators SET ${change} WHERE id = @id`, { id: one.id });
      await admitsNobody(one.account, one.uri);
    }
  });

  it.each([
    ['the tag', -1],
    ['the ciphertext', 14],
    ['the nonce', 0],
  ])('NF-5 STO-04 one flipped bit in %s is never skipped: the login fails closed', async (_, at) => {
    const one = await someone();
    const sealed = await sealedOf(one.id);
    const index = at < 0 ? sealed.length + at : at;
    sealed[index] = sealed[index]! ^ 1;
    await damage('UPDATE authenticators SET sealed = @sealed WHERE id = @id', { id: one.id, sealed });
    await admitsNobody(one.account, one.uri);
  });

  it('NF-5 STO-04 an emptied or cut secret fails closed', async () => {
    const one = await someone();
    await damage('UPDATE authenticators SET sealed = @sealed WHERE id = @id', {
      id: one.id,
      sealed: new Uint8Array(0),
    });
    await admitsNobody(one.account, one.uri);
    await damage('UPDATE authenticators SET sealed = @sealed WHERE id = @id', {
      id: one.id,
      sealed: new Uint8Array(20),
    });
    await admitsNobody(one.account, one.uri);
  });

  it('NF-5 STO-17 no row of any table holds a secret in the clear, as bytes, hex, Base32 or Base64', async () => {
    const one = await someone();
    const { secret } = parseOtpauthUri(one.uri);
    const written = new URL(one.uri).searchParams.get('secret')!;
    const tables = [
      'accounts',
      'authenticators',
      'challenges',
      'audit_events',
      'data_keys',
      'outbox',
      'idempotency',
      'sent_codes',
    ];
    const bytes = Buffer.from(secret);
    for (const table of tables) {
      for (const row of await store.nodes[0].house.db.query(`SELECT * FROM ${table}`, {})) {
        for (const value of Object.values(row)) {
          const held = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value));
          for (const form of [bytes, written, bytes.toString('hex'), bytes.toString('base64')])
            expect(held.includes(form)).toBe(false);
        }
      }
    }
  });
});

// What lives in memory is gone when it is closed: nobody can open it with another key.
describe.each(STORES.filter(({ name }) => name !== 'SQLite in memory'))('$name without its key', ({ open }) => {
  it('NF-5 without its key-encryption key the database opens for nobody, in plain words', async () => {
    const store = await open();
    const folder = mkdtempSync(join(tmpdir(), 'hufu-other-key-'));
    const opened = openHouse({
      database: store.again!.database,
      keyFile: join(folder, 'hufu.keys'),
      baseUrl: 'https://hufu.test',
      channels: {},
      requestsPerSecond: 1,
    });
    await expect(opened).rejects.toThrow(/restore the key file that belongs to this database/);
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
