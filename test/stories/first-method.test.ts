// The first method of an account: what somebody with the password alone began before it does not become a second one after it (ENR-09, ENR-10).
import { describe, expect, it } from 'vitest';
import type { Write } from '../../src/core/commit.ts';
import { join, mailedCode } from '../enrolment-kit.ts';
import { aHouse, codeOf, presetText, type TestHouse } from '../kit.ts';
import { MAIN_PASSWORD } from '../mail-kit.ts';
import { anOperator } from '../operator-kit.ts';
import { aBrowser, bindInPortal } from '../portal-kit.ts';

const WEI = 'wei@lark.example';
const THIEF = 'thief@elsewhere.example';
const methods = async (h: TestHouse): Promise<string[]> =>
  (await h.call('GET', `/v1/accounts/${WEI}`)).body.authenticators
    .map((a: { type: string }) => a.type)
    .filter((type: string) => type !== 'sms');
const mailed = async (h: TestHouse): Promise<string> => {
  const mail = (await h.outbox()).find((m) => m.to === THIEF && /\d{3} \d{3}/.test(m.text));
  return /\d{3} \d{3}/.exec(mail?.text ?? '')?.[0] ?? 'none';
};

describe('the first method', () => {
  it('ENR-09 a binding begun in a session by password alone is void when the owner has bound another kind', async () => {
    await using h = await aHouse({ preset: 'mail' });
    await h.account(WEI, { password: MAIN_PASSWORD, email: 'wei@home.example' });
    const thief = aBrowser(h);
    await thief.login(WEI, MAIN_PASSWORD);
    const begun = await thief.call('POST', '/v1/me/bindings', { type: 'email', address: THIEF });
    expect(begun.status).toBe(201);
    const owner = aBrowser(h);
    await owner.login(WEI, MAIN_PASSWORD);
    await bindInPortal(h, owner);
    const told = await thief.call('POST', `/v1/me/bindings/${begun.body.id}/confirm`, { output: await mailed(h) });
    expect([told.status, told.body.code]).toEqual([409, 'superseded']);
    expect(await methods(h)).toEqual(['totp']);
    h.pass(61);
    // What is begun beside a method goes on beside another.
    const second = await owner.call('POST', '/v1/me/bindings', { type: 'email', address: 'wei@backup.example' });
    expect(second.status).toBe(201);
  });

  it('ENR-09 a registration asked for by password alone ends with it, and a phone that has joined with it is out', async () => {
    await using h = await aHouse({ preset: 'mail' });
    await h.account(WEI, { password: MAIN_PASSWORD, email: 'wei@home.example' });
    const thief = aBrowser(h);
    await thief.login(WEI, MAIN_PASSWORD);
    const token = (await thief.call('POST', '/v1/me/enrolment', {})).body.url.split('/s/')[1];
    expect((await join(h, { token })).answer.status).toBe(201);
    const owner = aBrowser(h);
    await owner.login(WEI, MAIN_PASSWORD);
    await bindInPortal(h, owner);
    expect((await join(h, { token })).answer.status).toBeGreaterThanOrEqual(400);
    expect((await h.call('GET', `/v1/accounts/${WEI}`)).body.authenticators).toHaveLength(2);
    expect((await owner.call('GET', '/v1/me/phones')).body.items).toEqual([]);
  });

  it('ENR-09 a registration that was mailed to the owner stays good beside their first method', async () => {
    await using h = await aHouse({ preset: 'mail' });
    await h.account(WEI, { password: MAIN_PASSWORD, email: 'wei@home.example' });
    const lin = await anOperator(h, { roles: ['support'] });
    const sent = await lin.call('POST', `/v1/console/accounts/${WEI}/registration`, { reason: 'R02' });
    expect(sent.status).toBeLessThan(300);
    const code = await mailedCode(h);
    const owner = aBrowser(h);
    await owner.login(WEI, MAIN_PASSWORD);
    await bindInPortal(h, owner);
    expect((await join(h, { account: WEI, code })).answer.status).toBe(201);
  });

  it('ENR-09 ENR-10 of two logins that each bind a first method in one moment, one does', async () => {
    const policy = presetText('mail')
      .replace('phase: coexist', 'phase: totp-only')
      .replace('enrol: [totp]', 'enrol: [totp, email]');
    await using h = await aHouse({ policy });
    await h.account(WEI, { password: MAIN_PASSWORD, email: 'wei@home.example' });
    const enrol = async (body: object) => {
      const login = (
        await h.call('POST', '/v1/logins', { account: WEI, client: { id: 'webmail' }, firstFactor: 'verified' })
      ).body;
      const started = await h.call('POST', `/v1/logins/${login.id}/bindings`, body);
      expect([login.status, started.status]).toEqual(['enrol', 201]);
      return {
        ...started.body,
        confirm: (output: string) =>
          h.call('POST', `/v1/logins/${login.id}/bindings/${started.body.id}/confirm`, { output }),
      };
    };
    const theirs = await enrol({ type: 'email', address: THIEF });
    const mine = await enrol({ type: 'totp' });
    // The thief's confirmation is decided and not yet written when the owner's is.
    const { store } = h.house.ports;
    const commit = store.commit.bind(store);
    let go: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    let reached: () => void = () => {};
    const isThere = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const isTheirs = (writes: readonly Write[]): boolean =>
      writes.some((w) => w.op === 'confirm-authenticator' && w.id === theirs.id);
    store.commit = async (id, writes) => {
      if (isTheirs(writes)) {
        reached();
        await held;
      }
      return commit(id, writes);
    };
    const late = theirs.confirm(await mailed(h));
    await isThere;
    expect((await mine.confirm(codeOf(mine.uri, h.clock.now))).status).toBe(200);
    go();
    const told = await late;
    store.commit = commit;
    expect(told.status).toBeGreaterThanOrEqual(400);
    expect(await methods(h)).toEqual(['totp']);
  });
});
