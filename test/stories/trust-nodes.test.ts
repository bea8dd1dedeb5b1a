// Two nodes on one PostgreSQL: what ends trust at one of them is followed by the very next login at either (TD-06).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aHouse, codeOf, type TestHouse } from '../kit.ts';
import { aBrowser, type Browser, bindInPortal } from '../portal-kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';
import { type Kept, loginTrusted, trustIt } from '../trust-kit.ts';

const PASSWORD = 'correct horse battery';
const ANOTHER = 'another horse battery';

describe('TD-06 two nodes on one PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-trust-nodes-'));
  let server: TestPostgres;
  let nodes: readonly [TestHouse, TestHouse];
  beforeAll(async () => {
    server = await aPostgres();
    const options = { database: { postgres: await server.database() }, folder, preset: 'mail' };
    const first = await aHouse(options);
    nodes = [first, await aHouse(options)];
  });
  afterAll(async () => {
    for (const node of nodes) await node.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const pass = (seconds: number): void => {
    for (const node of nodes) node.pass(seconds);
  };

  interface Person {
    readonly account: string;
    /** The session that asks, at the first node. */
    readonly mine: Browser;
    readonly kept: Kept;
    readonly totp: { readonly id: string; readonly uri: string };
  }
  /** Somebody with an authenticator app, whose other browser is trusted. */
  async function aPerson(account: string): Promise<Person> {
    const [one] = nodes;
    await one.account(account, { password: PASSWORD, phone: '+85291230001' });
    const first = aBrowser(one);
    await first.login(account, PASSWORD);
    const totp = await bindInPortal(one, first);
    const enter = async (): Promise<Browser> => {
      pass(60);
      const b = aBrowser(one);
      await b.login(account, PASSWORD);
      const done = await b.call('POST', '/v1/me/login/verify', { output: codeOf(totp.uri, one.clock.now) });
      if (done.status !== 200) throw new Error(JSON.stringify(done.body));
      return b;
    };
    const kept = await trustIt(await enter());
    return { account, mine: await enter(), kept, totp };
  }
  async function stepUp({ mine, totp }: Person, purpose: 'change' | 'unbind'): Promise<void> {
    pass(60);
    await mine.call('POST', '/v1/me/challenges', { purpose });
    await mine.call('POST', '/v1/me/login/verify', { output: codeOf(totp.uri, nodes[0].clock.now) });
  }
  async function change(person: Person): Promise<void> {
    await stepUp(person, 'change');
    const { mine, totp } = person;
    const started = await mine.call('POST', '/v1/me/bindings', { type: 'totp', replaces: totp.id });
    const done = await mine.call('POST', `/v1/me/bindings/${started.body.id}/confirm`, {
      output: codeOf(started.body.uri, nodes[0].clock.now),
    });
    if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  }
  const operated =
    (what: string, body: object) =>
    async ({ account }: Person) => {
      const done = await nodes[0].call('POST', `/v1/console/accounts/${account}/${what}`, {
        ...body,
        operator: 'desk',
      });
      if (done.status >= 300) throw new Error(JSON.stringify(done.body));
    };

  /** What happens at the first node, and what the next login is then asked for at either. */
  const ends: Readonly<Record<string, { at: (person: Person) => Promise<unknown>; next: string }>> = {
    'the browser is revoked': {
      at: ({ mine, kept }) => mine.call('DELETE', `/v1/me/trusted-devices/${kept.id}`),
      next: 'challenge',
    },
    'all browsers are': { at: ({ mine }) => mine.call('DELETE', '/v1/me/trusted-devices'), next: 'challenge' },
    'the password is set anew': {
      at: ({ account }) => nodes[0].call('PUT', `/v1/accounts/${account}`, { password: ANOTHER }),
      next: 'challenge',
    },
    'the method is changed': { at: change, next: 'challenge' },
    'an operator ends trust': {
      at: operated('trusted-devices/all/revoke', { reason: 'R01' }),
      next: 'challenge',
    },
    'an operator removes the method': { at: operated('unbind', { reason: 'R01' }), next: 'allowed' },
  };

  it.each(Object.keys(ends))(
    'TD-06 TD-02 %s: the next login at either node skips nothing, and the session that trust gave is over',
    async (what) => {
      const [one, two] = nodes;
      const { at, next } = ends[what] ?? { at: async () => {}, next: '' };
      const person = await aPerson(`p${Object.keys(ends).indexOf(what)}@lark.example`);
      const { account, kept } = person;
      const trusted = aBrowser(two);
      expect((await loginTrusted(trusted, kept, account, PASSWORD)).body.status).toBe('allowed');
      expect((await trusted.call('GET', '/v1/me')).body.session).toMatchObject({ trusted: true });
      await at(person);
      // The method that was removed leaves a password alone, which this tenant allows: but not by trust.
      for (const node of [two, one]) {
        const answer = await loginTrusted(
          aBrowser(node),
          { ...kept },
          account,
          what.includes('password') ? ANOTHER : PASSWORD,
        );
        expect(answer.body.status).toBe(next);
        expect(answer.body).not.toHaveProperty('trusted');
      }
      expect((await trusted.call('GET', '/v1/me')).status).toBe(401);
    },
  );
});
