// A disk with no room left: nothing is accepted that is not on record, and what was not accepted is not used up.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hotp } from '../../src/otp/hotp.ts';
import { accountRow, anId, authenticatorRow, challengeRow, eventsOf } from '../conformance/stores.ts';
import { aHouse } from '../kit.ts';

describe.each([{ where: 'in memory' }, { where: 'on disk' }])('SQLite $where', ({ where }) => {
  it('NF-4 STO-03 a full disk answers 503; no accept without its audit row; afterwards the refused codes work', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hufu-disk-'));
    await using h = await aHouse({
      folder,
      database: { sqlite: where === 'in memory' ? ':memory:' : join(folder, 'hufu.db') },
    });
    await h.phase('totp-only');
    const { db, ports } = h.house;
    if (db.dialect !== 'sqlite') throw new Error('this is about SQLite');
    const people = Array.from({ length: 400 }, (_, n) => ({
      id: anId('acc'),
      login: challengeRow('', h.clock.now),
      secret: new Uint8Array(20).fill(n % 251),
      n,
    }));
    for (const { id, login, secret } of people) {
      await ports.store.commit(id, [
        { op: 'insert-account', account: accountRow(id) },
        authenticatorRow(id, { secret }),
        { op: 'insert-challenge', challenge: { ...login, accountId: id } },
      ]);
    }
    const full = (): void => {
      const { page_count: pages } = db.raw.prepare('PRAGMA page_count').get() as { page_count: number };
      db.raw.exec(`PRAGMA max_page_count = ${pages}`);
    };
    const present = async (of: readonly (typeof people)[number][]): Promise<{ status: number; id: string }[]> =>
      Promise.all(
        of.map(async ({ id, login, secret }) => {
          const output = hotp(secret, Math.floor(h.clock.now / 30_000), { algorithm: 'SHA1', digits: 6 });
          const { status } = await h.call('POST', `/v1/logins/${login.id}/verify`, { output });
          return { status, id };
        }),
      );
    const accepted = new Set<string>();
    const refused = new Set<string>();
    full();
    for (let from = 0; from < people.length; from += 20) {
      for (const { status, id } of await present(people.slice(from, from + 20))) {
        expect([200, 503]).toContain(status);
        (status === 200 ? accepted : refused).add(id);
      }
    }
    expect(refused.size).toBeGreaterThan(20);
    const onRecord = async (): Promise<string[]> => {
      const found: string[] = [];
      for (const { id } of people) if ((await eventsOf(h, id)).length > 0) found.push(id);
      return found.toSorted();
    };
    expect(await onRecord()).toEqual([...accepted].toSorted());
    const [satisfied] = await db.query(`SELECT count(*) AS n FROM challenges WHERE status = 'satisfied'`, {});
    expect(Number(satisfied?.['n'])).toBe(accepted.size);

    // Room again: who was turned away gets in with the very same code, and who was let in does not get in twice.
    db.raw.exec('PRAGMA max_page_count = 1073741823');
    for (const { status, id } of await present(people))
      expect([status, accepted.has(id)]).toEqual(accepted.has(id) ? [expect.any(Number), true] : [200, false]);
    expect(await onRecord()).toHaveLength(people.length);
    const [spent] = await db.query('SELECT count(*) AS n FROM spent_steps', {});
    expect(Number(spent?.['n'])).toBe(people.length);
    rmSync(folder, { recursive: true, force: true });
  });
});
