// Two server processes, one PostgreSQL: a code is used once across nodes, and a switch on one is followed by the other's next attempt.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revokeKey } from '../../src/flows/registry.ts';
import { presetText } from '../kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';
import {
  aServer,
  aTenant,
  call,
  codeNow,
  ONLY_TOTP,
  type OpenTenant,
  type Place,
  type ServerProcess,
} from './nodes-kit.ts';

const AT_ONCE = 64;

describe('two nodes on one PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-nodes-'));
  let server: TestPostgres;
  beforeAll(async () => {
    server = await aPostgres();
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (
    policy: string,
  ): Promise<{ nodes: [ServerProcess, ServerProcess]; tenant: OpenTenant } & AsyncDisposable> => {
    const place: Place = { folder, postgres: await server.database() };
    const tenant = await aTenant(place, policy);
    const nodes: [ServerProcess, ServerProcess] = await Promise.all([aServer(place), aServer(place)]);
    return {
      nodes,
      tenant,
      async [Symbol.asyncDispose]() {
        await Promise.all(nodes.map((node) => node.stop()));
        await tenant.close();
      },
    };
  };

  describe.each([
    { name: 'the same login', logins: 1 },
    { name: 'a login of its own each', logins: AT_ONCE },
  ])('with $name', ({ logins: each }) => {
    it(`NF-3 OTP-02 OTP-03 one code sent to both ${AT_ONCE} times at once is accepted once, in each of 100 rounds`, async () => {
      await using setting = await open(ONLY_TOTP);
      const { nodes, tenant } = setting;
      const people = await tenant.people(100);
      for (const person of people) {
        const logins = await tenant.logins(person, each);
        const code = codeNow(person);
        const told = await Promise.all(
          Array.from({ length: AT_ONCE }, (_, n) =>
            call(nodes[n % 2]!, tenant.token, `/v1/logins/${logins[n % each]}/verify`, { output: code }),
          ),
        );
        expect(told.filter((t) => t.status === 200)).toHaveLength(1);
        // Everyone else is refused in so many words; nothing broke.
        expect(told.filter((t) => t.status >= 500 || t.status === 401)).toEqual([]);
      }
      const { db } = tenant.house;
      const accepted = await db.query(
        `SELECT account_id, count(*) AS n FROM audit_events WHERE event = 'login.satisfied' GROUP BY account_id`,
        {},
      );
      expect(accepted.map((row) => Number(row['n']))).toEqual(people.map(() => 1));
      const [satisfied] = await db.query(`SELECT count(*) AS n FROM challenges WHERE status = 'satisfied'`, {});
      expect(Number(satisfied?.['n'])).toBe(people.length);
    });
  });

  it('NF-3 ES-6.1 a phase switched on one node is followed by the very next attempt on the other, there and back', async () => {
    await using setting = await open(presetText('star-rollout'));
    const { nodes, tenant } = setting;
    const account = 'first';
    await fetch(`${nodes[0].url}/v1/accounts/${account}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${tenant.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ phone: '+85291230001' }),
    });
    const attempt = async (node: ServerProcess): Promise<unknown> =>
      (
        await call(node, tenant.token, '/v1/logins', {
          account,
          client: { id: 'star-9.5', version: '9.5.8.5' },
          firstFactor: 'verified',
        })
      ).body.status;
    expect([await attempt(nodes[0]), await attempt(nodes[1])]).toEqual(['challenge', 'challenge']);
    for (let round = 0; round < 10; round++) {
      const [one, other] = round % 2 === 0 ? nodes : [nodes[1], nodes[0]];
      for (const [phase, asks] of [
        ['totp-only', 'enrol'],
        ['coexist', 'challenge'],
      ] as const) {
        expect((await call(one, tenant.token, '/v1/rollout/phase', { phase, reason: 'test' })).status).toBe(200);
        expect(await attempt(other)).toBe(asks);
      }
    }
  });

  it('NF-3 KEY-01 a key revoked on one node is refused by the very next attempt on the other', async () => {
    await using setting = await open(ONLY_TOTP);
    const { nodes, tenant } = setting;
    const [person] = await tenant.people(1);
    const login = { account: person!.account, client: { id: 'star-9.5', version: '9.5.8.5' }, firstFactor: 'verified' };
    for (const node of nodes) expect((await call(node, tenant.token, '/v1/logins', login)).status).toBe(201);
    const revoked = await revokeKey(tenant.house.ports, { tenantId: 't1', id: tenant.keyId, actor: 'test' });
    expect(revoked).toMatchObject({ kind: 'revoked' });
    for (const node of nodes) expect((await call(node, tenant.token, '/v1/logins', login)).status).toBe(401);
  });
});
