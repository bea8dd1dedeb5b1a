// Two server processes on one PostgreSQL: whoever waits at one of them goes on within a second of what happened at the other.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putAccount } from '../../src/flows/accounts.ts';
import { issueTicket } from '../../src/flows/enrolment/issue-ticket.ts';
import { ACCOUNT, answer, claim, PASSWORD, TRUSTING } from '../approval-kit.ts';
import { firstPhone, PORTAL, signed } from '../enrolment-kit.ts';
import type { Answer, TestHouse } from '../kit.ts';
import type { TestPhone } from '../phone.ts';
import { solve } from '../portal-kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';
import { aServer, aTenant, type OpenTenant, type ServerProcess } from './nodes-kit.ts';

/** A node as the kits for one house know it: calls over the network, time as it passes. */
function houseAt(node: ServerProcess, token: string): TestHouse {
  const call: TestHouse['call'] = async (method, path, body, headers = {}) => {
    const given = Object.entries({ authorization: `Bearer ${token}`, ...headers }).filter(([, value]) => value !== '');
    const response = await fetch(node.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...Object.fromEntries(given) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text.startsWith('{') ? JSON.parse(text) : text,
      headers: Object.fromEntries(response.headers),
    };
  };
  const clock = {
    get now() {
      return Date.now();
    },
  };
  return { call, clock } as unknown as TestHouse;
}

describe('two nodes on one PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-approval-nodes-'));
  let server: TestPostgres;
  let nodes: readonly [ServerProcess, ServerProcess];
  let tenant: OpenTenant;
  let phone: TestPhone;
  let a: TestHouse;
  let b: TestHouse;

  beforeAll(async () => {
    server = await aPostgres();
    const place = { folder, postgres: await server.database() };
    tenant = await aTenant(place, TRUSTING);
    nodes = await Promise.all([aServer(place), aServer(place)]);
    [a, b] = [houseAt(nodes[0], tenant.token), houseAt(nodes[1], tenant.token)];
    const caller = { tenantId: 't1', actor: 'test', keyId: 'test', client: null };
    await putAccount(tenant.house.ports, caller, { account: ACCOUNT, password: PASSWORD, phone: '+85291230001' });
    const ticket = await issueTicket(tenant.house.ports, caller, { account: ACCOUNT, actor: 'test', as: 'issue' });
    if (ticket.kind !== 'issued') throw new Error(ticket.code);
    phone = await firstPhone(a, ticket.url.split('/s/')[1] ?? '', undefined, 'iPhone');
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await tenant.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What was answered, and how long after `event` it came. */
  const timed = async (waiting: Promise<Answer>, event: () => Promise<unknown>): Promise<readonly [Answer, number]> => {
    // The request is under way, and waits, before anything happens.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const done = waiting.then((told) => [told, performance.now()] as const);
    await event();
    const at = performance.now();
    const [told, then] = await done;
    return [told, then - at];
  };

  it('CM-3.2 a long poll at one node is answered within a second of the claim and of the answer at the other', async () => {
    const login = (await a.call('POST', '/v1/logins', { account: ACCOUNT, client: PORTAL, firstFactor: 'verified' }))
      .body;
    const { url } = (await a.call('POST', `/v1/logins/${login.id}/scan`, {})).body;
    const poll = (): Promise<Answer> => b.call('GET', `/v1/logins/${login.id}?wait=25`);
    let sheet: Answer | undefined;
    const [claimed, afterClaim] = await timed(poll(), async () => (sheet = await claim(a, phone, url.split('/s/')[1])));
    expect(claimed.body.approval).toMatchObject({ status: 'claimed', by: 'iPhone' });
    expect(afterClaim).toBeLessThan(1000);
    const [approved, afterAnswer] = await timed(poll(), () => answer(a, phone, sheet?.body, 'approve'));
    expect(approved.body).toMatchObject({ status: 'satisfied', assertion: expect.stringMatching(/^eyJ/) });
    expect(afterAnswer).toBeLessThan(1000);
  });

  it('CM-3.2 a page at one node hears of it as an event, and a phone at one node of a push at the other', async () => {
    const origin = nodes[1].url;
    const page = { authorization: '', origin, 'hufu-tenant': 't1' };
    const captcha = solve((await b.call('GET', '/v1/me/captcha', undefined, page)).body);
    const entered = await b.call('POST', '/v1/me/login', { account: ACCOUNT, password: PASSWORD, captcha }, page);
    expect(entered.status).toBe(201);
    const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
    const visitor = { ...page, cookie };

    const [pushed, afterPush] = await timed(signed(a, phone, 'GET', '/v1/app/approvals?wait=25'), () =>
      b.call('POST', '/v1/me/login/push', {}, visitor),
    );
    expect(pushed.body.items).toHaveLength(1);
    expect(afterPush).toBeLessThan(1000);

    const stream = await fetch(`${origin}/v1/me/login/events`, { headers: { 'hufu-tenant': 't1', cookie } });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const next = async (): Promise<string> => (await reader?.read())?.value ?? '';
    expect(await next()).toContain('"status":"waiting"');
    const heard = next();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [sheet] = pushed.body.items;
    expect((await answer(a, phone, sheet, 'deny')).body.status).toBe('denied');
    const at = performance.now();
    expect(await heard).toContain('"status":"denied"');
    expect(performance.now() - at).toBeLessThan(1000);
    await reader?.cancel();
  });
});
