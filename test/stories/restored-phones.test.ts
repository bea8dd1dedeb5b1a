// After a restore: what may have been used, changed or revoked since the backup is void, and a phone goes on with its next code.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { markRestored, replay } from '../../src/storage/restored.ts';
import { firstPhone, furtherPhone, logInBy, open, PIN, register, signed } from '../enrolment-kit.ts';
import { aHouse } from '../kit.ts';

describe('STO-08 a restore', () => {
  it('STO-08 voids registrations and every code up to then; a phone goes on with its next one', async () => {
    await using h = await aHouse({ preset: 'mobile-otp' });
    await h.account('700004');
    const { token } = await register(h, '700004');
    const phone = await firstPhone(h, token);
    h.pass(60);
    const before = await phone.codeFrom(PIN, h.clock.now);
    const done = await markRestored(h.house.db, 'test', {});
    expect(done.tickets).toBe(1);
    expect((await open(h, 'tickets:open', { token })).body.code).toBe('superseded');
    expect((await logInBy(h, '700004', before)).status).toBe(422);
    h.pass(120);
    expect((await logInBy(h, '700004', await phone.codeFrom(PIN, h.clock.now))).status).toBe(200);
  });

  it('STO-08 REB-08 carries over phones revoked since, and has a PIN that was changed since set anew', async () => {
    const folder = mkdtempSync(path(tmpdir(), 'hufu-restored-'));
    const present = path(folder, 'present.db');
    const copy = path(folder, 'copy.db');
    try {
      const h = await aHouse({ preset: 'mobile-otp', database: { sqlite: present }, folder });
      await h.account('700004');
      const { token } = await register(h, '700004');
      const main = await firstPhone(h, token);
      const lost = await furtherPhone(h, token);
      h.pass(60);
      await h.house.db.query(`VACUUM INTO '${copy}'`, {});
      expect((await signed(h, main, 'DELETE', `/v1/app/phones/${lost.id}`)).status).toBe(204);
      const change = await signed(h, main, 'POST', `/v1/app/phones/${main.id}/pin-change`, {
        output: await main.codeFrom(PIN, h.clock.now),
        tag: await main.tagOf('314159'),
      });
      expect(change.status).toBe(200);
      const { now } = h.clock;
      await h.close();

      const db = new DatabaseSync(present);
      expect(replay(db, copy)).toMatchObject({ phones: 1, pins: 1 });
      db.close();
      await using again = await aHouse({ database: { sqlite: copy }, folder, now: now + 180_000 });
      await markRestored(again.house.db, 'test', {});
      expect((await signed(again, lost, 'GET', `/v1/app/phones/${lost.id}`)).body.code).toBe('phone-revoked');
      expect((await logInBy(again, '700004', await lost.codeFrom(PIN, again.clock.now))).status).not.toBe(200);
      const begun = await signed(again, main, 'POST', `/v1/app/phones/${main.id}/sync`, {});
      expect(begun.body.state).toBe('needs-pin');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
