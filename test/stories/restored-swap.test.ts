// After a restore nobody is left to the password alone because a method was changed, or a change taken back, between the backup and now (STO-08, REB-04).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { markRestored, replay } from '../../src/storage/restored.ts';
import { aHouse, type TestHouse } from '../kit.ts';
import { MAIN_PASSWORD } from '../mail-kit.ts';
import { anOperator } from '../operator-kit.ts';
import { aBrowser } from '../portal-kit.ts';
import { aSwap, methods, newest, object, swap, WEI, worksAtLogin } from '../swap-kit.ts';

describe('a restore between a change of methods and now', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path(tmpdir(), 'hufu-restored-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const present = () => path(folder, 'present.db');
  const copy = () => path(folder, 'copy.db');
  const aStore = () => aSwap({ preset: 'mail', database: { sqlite: present() }, folder });
  const backUp = (h: TestHouse) => h.house.db.query(`VACUUM INTO '${copy()}'`, {});
  /** The copy in the place of the present database, as `hufu restore` does it. */
  async function restored(h: TestHouse) {
    const { now } = h.clock;
    await h.close();
    const marked = await aHouse({ database: { sqlite: copy() }, folder, now: now + 60_000 });
    await markRestored(marked.house.db, 'test', {});
    await marked.close();
    const db = new DatabaseSync(present());
    const told = replay(db, copy());
    db.close();
    return { told, again: await aHouse({ database: { sqlite: copy() }, folder, now: now + 180_000 }) };
  }
  const byPassword = async (h: TestHouse) => {
    const { status, body } = await aBrowser(h).login(WEI, MAIN_PASSWORD);
    return { status, next: body.status };
  };

  it('STO-08 REB-04 REB-08 a change that was taken back after the backup is taken back still: the owner has the method they had', async () => {
    const { h, a, thief } = await aStore();
    const b = await swap(h, thief, a);
    const code = await newest(h);
    await backUp(h);
    expect((await object(h, code)).body.outcome).toBe('restored');
    const { told, again } = await restored(h);
    expect(told).toMatchObject({ authenticators: 1, unguarded: [] });
    await using _ = again;
    expect(await methods(again)).toEqual([a.id]);
    expect(await byPassword(again)).toEqual({ status: 201, next: 'challenge' });
    expect(await worksAtLogin(again, b.uri)).toBe(false);
    expect(await worksAtLogin(again, a.uri)).toBe(true);
  });

  it('STO-08 REB-08 a method that was changed after the backup leaves nobody to the password: suspended, listed, and opened by an operator', async () => {
    const { h, a, thief } = await aStore();
    await backUp(h);
    const b = await swap(h, thief, a);
    const { told, again } = await restored(h);
    expect(told).toMatchObject({ authenticators: 1, unguarded: [{ tenant: 't1', account: WEI }] });
    await using _ = again;
    expect((await byPassword(again)).status).toBe(403);
    expect((await again.call('GET', `/v1/accounts/${WEI}`)).body.status).toBe('suspended');
    expect(await worksAtLogin(again, a.uri)).toBe(false);
    expect(await worksAtLogin(again, b.uri)).toBe(false);
    const lin = await anOperator(again, { login: 'lin', roles: ['support'] });
    const opened = await lin.call('POST', `/v1/console/accounts/${WEI}/unlock`, { reason: 'R01' });
    expect(opened.status).toBe(200);
    expect((await again.call('GET', `/v1/accounts/${WEI}`)).body.status).toBe('active');
  });

  it('STO-08 REB-04 why somebody is suspended is carried over, each reason for itself: an unlock lifts one, the relying party the other', async () => {
    const { h, a, thief } = await aStore();
    await swap(h, thief, a);
    const code = await newest(h);
    const lin = await anOperator(h, { login: 'lin', roles: ['support'] });
    expect((await lin.call('POST', `/v1/console/accounts/${WEI}/unbind`, { reason: 'R01' })).status).toBe(200);
    const own = await newest(h);
    expect(own).not.toBe(code);
    await h.account('other@lark.example', { password: MAIN_PASSWORD });
    await backUp(h);
    expect((await object(h, own)).body.outcome).toBe('suspended');
    for (const name of [WEI, 'other@lark.example'])
      expect((await h.call('PUT', `/v1/accounts/${name}`, { status: 'suspended' })).status).toBe(200);
    const { told, again } = await restored(h);
    expect(told).toMatchObject({ suspended: 2, unguarded: [] });
    await using _ = again;
    const why = async (name: string): Promise<readonly string[]> =>
      (await again.call('GET', `/v1/accounts/${name}`)).body.suspensions.map((s: { by: string }) => s.by);
    expect(await why('other@lark.example')).toEqual(['relying-party']);
    expect(await why(WEI)).toEqual(['relying-party', 'objection']);
    const kim = await anOperator(again, { login: 'kim', roles: ['support'] });
    expect((await kim.call('POST', `/v1/console/accounts/${WEI}/unlock`, { reason: 'R01' })).status).toBe(200);
    expect(await why(WEI)).toEqual(['relying-party']);
    expect((await again.call('PUT', `/v1/accounts/${WEI}`, { status: 'active' })).body.status).toBe('active');
  });

  it('STO-08 whose method is the same then and now is let in by it', async () => {
    const { h, a } = await aStore();
    await backUp(h);
    const { told, again } = await restored(h);
    expect(told).toMatchObject({ authenticators: 0, unguarded: [] });
    await using _ = again;
    expect(await worksAtLogin(again, a.uri)).toBe(true);
  });
});
