// The owner's first method, and what somebody with the password alone begins at the same instant: whichever is written first, nothing of theirs stands beside
// it (ENR-09). On both databases.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Write } from '../../src/core/commit.ts';
import { join } from '../enrolment-kit.ts';
import { type Answer, aHouse, codeOf, type TestHouse } from '../kit.ts';
import { MAIN_PASSWORD } from '../mail-kit.ts';
import { aBrowser, type Browser } from '../portal-kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await aPostgres();
});
afterAll(() => server.close());

const WEI = 'wei@lark.example';
const THIEF = 'thief@elsewhere.example';

describe.each(['SQLite', 'PostgreSQL'])('on %s', (name) => {
  let h: TestHouse & AsyncDisposable;
  let thief: Browser;
  let owner: Browser;
  /** Completes the owner's first method. */
  let bind: () => Promise<Answer>;
  beforeEach(async () => {
    const database = name === 'SQLite' ? {} : { database: { postgres: await server.database() } };
    h = await aHouse({ preset: 'mail', ...database });
    await h.account(WEI, { password: MAIN_PASSWORD, email: 'wei@home.example' });
    [thief, owner] = [aBrowser(h), aBrowser(h)];
    for (const one of [thief, owner]) await one.login(WEI, MAIN_PASSWORD);
    const { body } = await owner.call('POST', '/v1/me/bindings', { type: 'totp' });
    bind = () => owner.call('POST', `/v1/me/bindings/${body.id}/confirm`, { output: codeOf(body.uri, h.clock.now) });
    return () => h.close();
  });

  /** Does `act` when the first commit with that write is decided and not yet written. */
  function meanwhile(isIt: (write: Write) => boolean, act: () => Promise<void>): () => boolean {
    const { store } = h.house.ports;
    const commit = store.commit.bind(store);
    let isDone = false;
    store.commit = async (id, writes) => {
      if (!isDone && writes.some(isIt)) {
        isDone = true;
        await act();
      }
      return commit(id, writes);
    };
    return () => isDone;
  }
  const methods = async (): Promise<string[]> =>
    (await h.call('GET', `/v1/accounts/${WEI}`)).body.authenticators
      .map((a: { type: string }) => a.type)
      .filter((type: string) => type !== 'sms');

  const register = {
    what: 'a registration',
    begin: () => thief.call('POST', '/v1/me/enrolment', {}),
    isIt: (w: Write) => w.op === 'insert-ticket',
    finish: async (begun: Answer) => (await join(h, { token: begun.body.url.split('/s/')[1] })).answer,
  };
  const mailbox = {
    what: 'a backup mailbox',
    begin: () => thief.call('POST', '/v1/me/bindings', { type: 'email', address: THIEF }),
    isIt: (w: Write) => w.op === 'insert-authenticator' && w.type === 'email',
    finish: async (begun: Answer) => {
      const mail = (await h.outbox()).find((m) => m.to === THIEF && /\d{3} \d{3}/.test(m.text));
      const output = /\d{3} \d{3}/.exec(mail?.text ?? '')?.[0] ?? 'none';
      return thief.call('POST', `/v1/me/bindings/${begun.body.id}/confirm`, { output });
    },
  };

  it.each([register, mailbox])(
    'ENR-09 $what, decided before the first method and written after it, is not begun',
    async ({ begin, isIt }) => {
      const done = meanwhile(isIt, async () => expect((await bind()).status).toBe(200));
      expect((await begin()).status).toBeGreaterThanOrEqual(400);
      expect(done()).toBe(true);
      expect(await methods()).toEqual(['totp']);
      const { body } = await owner.call('GET', '/v1/me/enrolment');
      expect(body.status ?? 'none').not.toBe('open');
    },
  );

  it.each([register, mailbox])(
    'ENR-09 $what, begun when the first method is decided and not yet written, ends with it',
    async ({ begin, finish }) => {
      const begun: Answer[] = [];
      const done = meanwhile(
        (w) => w.op === 'confirm-authenticator',
        async () => void begun.push(await begin()),
      );
      expect((await bind()).status).toBe(200);
      expect([done(), begun[0]?.status]).toEqual([true, 201]);
      expect((await finish(begun[0] as Answer)).status).toBeGreaterThanOrEqual(400);
      expect(await methods()).toEqual(['totp']);
    },
  );

  it('ENR-09 a phone that joins with such a registration in that moment is out with it', async () => {
    const begun = await register.begin();
    const joined: Answer[] = [];
    meanwhile(
      (w) => w.op === 'confirm-authenticator',
      async () => void joined.push(await register.finish(begun)),
    );
    expect((await bind()).status).toBe(200);
    expect(joined[0]?.status).toBe(201);
    expect((await owner.call('GET', '/v1/me/phones')).body.items).toEqual([]);
  });

  it.each([register, mailbox])(
    'ENR-09 $what and the first method at one instant: only the method stands',
    async (one) => {
      const [begun, bound] = await Promise.all([one.begin(), bind()]);
      expect(bound.status).toBe(200);
      if (begun.status === 201) expect((await one.finish(begun)).status).toBeGreaterThanOrEqual(400);
      expect(await methods()).toEqual(['totp']);
    },
  );

  it('ENR-09 CM-2.4 recovery codes are made beside a method, never before the first one nor in its moment', async () => {
    const make = () => thief.call('POST', '/v1/me/bindings', { type: 'recovery-code' });
    expect((await make()).body.code).toBe('binding-not-allowed');
    const { rows } = (await thief.call('GET', '/v1/me/methods')).body;
    expect(JSON.stringify(rows?.find((r: { type: string }) => r.type === 'recovery-code') ?? {})).not.toContain(
      '"bind"',
    );
    const [early, bound] = await Promise.all([make(), bind()]);
    expect(bound.status).toBe(200);
    expect(early.status).toBeGreaterThanOrEqual(400);
    expect((await make()).status).toBeGreaterThanOrEqual(400);
    expect(await methods()).toEqual(['totp']);
  });

  it('ENR-09 recovery codes from before the first method, made before an update, let nobody in after it', async () => {
    const { id } = (await h.call('GET', `/v1/accounts/${WEI}`)).body;
    await h.house.ports.store.commit(id, [
      {
        op: 'insert-authenticator',
        tenantId: h.tenant,
        accountId: id,
        id: 'aut_before',
        type: 'recovery-code',
        status: 'active',
        params: '10',
        label: null,
        secret: new Uint8Array(32),
        expiresAt: null,
      },
    ]);
    expect(await methods()).toEqual(['recovery-code']);
    expect((await bind()).body).toMatchObject({ offerRecoveryCodes: true });
    expect(await methods()).toEqual(['totp']);
  });
});
