// REB-04 on two nodes over one PostgreSQL: objections at both, and the thief at it again in that very moment.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, aHouse, codeOf } from '../kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';
import { aSwap, enter, methods, newest, object, stepUp, swap, WEI, worksAtLogin } from '../swap-kit.ts';

describe('two nodes on one PostgreSQL', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await aPostgres();
  });
  afterAll(() => server.close());

  it('CM-4.2 REB-04 NF-3 of objections at both one is taken, also while another change completes: the owner has what they had', async () => {
    for (let round = 0; round < 2; round++) {
      const folder = mkdtempSync(join(tmpdir(), 'hufu-taken-back-'));
      const options = { database: { postgres: await server.database() }, folder, preset: 'mail' };
      const { h: one, a, thief } = await aSwap(options);
      const two = await aHouse(options);
      try {
        two.clock.now = one.clock.now;
        const b = await swap(one, thief, a);
        const code = await newest(one);
        const again = await enter(one, b.uri);
        await stepUp(one, again, 'change', b.uri);
        const started = await again.call('POST', '/v1/me/bindings', { type: 'totp', replaces: b.id });
        one.pass(60);
        two.clock.now = one.clock.now;
        const confirm = (): Promise<Answer> =>
          again.call('POST', `/v1/me/bindings/${started.body.id}/confirm`, {
            output: codeOf(started.body.uri, one.clock.now),
          });
        const objections = [one, two, two, one].map((node) => object(node, code));
        const [, ...told] = await Promise.all([confirm(), ...objections]);
        expect(told.filter(({ status }) => status === 200)).toHaveLength(1);
        expect(told.filter(({ status }) => status >= 500)).toEqual([]);
        for (const node of [two, one]) expect(await methods(node)).toEqual([a.id]);
        for (const node of [two, one]) {
          node.clock.now = Math.max(one.clock.now, two.clock.now);
          expect(await worksAtLogin(node, b.uri)).toBe(false);
          expect(await worksAtLogin(node, started.body.uri)).toBe(false);
          expect(await worksAtLogin(node, a.uri)).toBe(true);
        }
        expect((await again.call('GET', '/v1/me')).status).toBe(401);
        expect((await two.call('GET', `/v1/accounts/${WEI}`)).body.status).toBe('active');
      } finally {
        await two.close();
        await one.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }
  });
});
