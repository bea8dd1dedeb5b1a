// The terminal's back end against a stub of Hufu: what a browser may do, what reaches Hufu, and what a browser is told.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { terminal } from './server.ts';

interface Seen {
  call: string;
  body: unknown;
  authorization: string | undefined;
  language: string | undefined;
}

const seat = '/demo/terminal/api/seats/star/star-9.5/pc';
const login = {
  id: 'lgn_1',
  account: '880001',
  purpose: 'login',
  status: 'challenge',
  phase: 'coexist',
  authenticators: [{ id: 'aut_1', type: 'totp', hint: '', sends: false }],
  recovery: [],
  offers: ['qr', 'uri'],
  codeSeconds: 30,
  help: { way: 'contact', contact: 'the desk' },
  expiresAt: '2026-11-20T09:00:00Z',
  trace: [{ rule: 'secret reasons', matched: true, conditions: [] }],
};

let hufu: Server;
let app: FastifyInstance;
let folder: string;
let seen: Seen[];
/** What Hufu answers, by call; a number alone is an empty reply. */
let replies: Record<string, { status: number; body: unknown }>;

beforeEach(async () => {
  seen = [];
  replies = {
    'POST /v1/logins': { status: 201, body: login },
    'POST /v1/logins/lgn_1/verify': { status: 200, body: { status: 'satisfied', assertion: 'a.b.c' } },
    'GET /v1/accounts/880001': { status: 200, body: { name: '陈晓明', authenticators: [] } },
  };
  hufu = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call = `${request.method} ${request.url}`;
      const text = Buffer.concat(chunks).toString();
      const { authorization, 'accept-language': language } = request.headers;
      seen.push({ call, body: text === '' ? undefined : JSON.parse(text), authorization, language });
      const reply = replies[call] ?? {
        status: 404,
        body: { code: 'not-found', title: 'Not found', detail: '', status: 404 },
      };
      response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((ready) => hufu.listen(0, '127.0.0.1', ready));
  folder = mkdtempSync(join(tmpdir(), 'terminal-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>terminal</title>');
  app = Fastify();
  const clients = [
    {
      id: 'star-9.5',
      name: '极星 9.5',
      kind: 'desktop' as const,
      minimumVersion: '9.5.8.5',
      offers: ['qr' as const],
      binds: ['totp' as const],
    },
    { id: 'estar-x', name: '易星 X', kind: 'phone' as const, offers: ['uri' as const], binds: [] },
  ];
  const baseUrl = `http://127.0.0.1:${(hufu.address() as AddressInfo).port}`;
  const tenants = [{ id: 'star', name: '极星国际', apiKey: 'hufu_secret', clients, keepsDevices: false }];
  await terminal(app, { baseUrl, webRoot: folder, tenants });
});
afterEach(async () => {
  await app.close();
  await new Promise((done) => hufu.close(done));
  rmSync(folder, { recursive: true });
});

type Method = 'GET' | 'POST' | 'DELETE';
async function ask(method: Method, url: string, payload?: object, headers: Record<string, string> = {}) {
  const reply = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  const cookie = String(reply.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>(), cookie, text: reply.body };
}
const person = { account: '880001', password: 'p', version: '9.5.8.5' };

describe('the terminal back end', () => {
  it('IN-1.1 signs in with two calls to Hufu, vouching for the client and its version', async () => {
    const started = await ask('POST', `${seat}/logins`, person, { 'accept-language': 'zh-HK', 'user-agent': 'test' });
    expect(started.status).toBe(200);
    expect(seen[0]).toMatchObject({
      call: 'POST /v1/logins',
      authorization: 'Bearer hufu_secret',
      language: 'zh-HK',
      body: {
        account: '880001',
        firstFactor: { password: 'p' },
        client: { id: 'star-9.5', version: '9.5.8.5', name: 'Trading PC', userAgent: 'test' },
      },
    });
    const code = { type: 'totp', output: '344 815' };
    const verified = await ask('POST', `${seat}/logins/lgn_1/verify`, code, { cookie: started.cookie });
    expect(verified.body).toMatchObject({
      status: 'satisfied',
      seat: { accounts: [{ account: '880001', by: 'totp' }] },
    });
    expect(seen[1]).toMatchObject({ call: 'POST /v1/logins/lgn_1/verify', body: code });
  });

  it('IN-1.1 tells the browser neither key nor assertion nor the reasons of a decision', async () => {
    const started = await ask('POST', `${seat}/logins`, person);
    const code = { type: 'totp', output: '344815' };
    const verified = await ask('POST', `${seat}/logins/lgn_1/verify`, code, { cookie: started.cookie });
    const tenants = await ask('GET', '/demo/terminal/api/tenants');
    for (const { text } of [started, verified, tenants]) expect(text).not.toMatch(/hufu_secret|a\.b\.c|secret reasons/);
  });

  it('IN-1.1 lets a browser go on only with a login it started itself, at the same place', async () => {
    const mine = await ask('POST', `${seat}/logins`, person);
    const code = { type: 'totp', output: '344815' };
    const other = await ask('POST', `${seat}/logins/lgn_1/verify`, code);
    expect(other).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    const elsewhere = seat.replace('star-9.5/pc', 'estar-x/phone-1');
    const moved = await ask('POST', `${elsewhere}/logins/lgn_1/verify`, code, { cookie: mine.cookie });
    expect(moved.status).toBe(400);
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['GET', '/accounts/880001'],
    ['POST', '/accounts/880001/bindings'],
    ['DELETE', '/accounts/880001/authenticators/aut_1'],
    ['GET', '/accounts/880001/devices'],
    ['DELETE', '/accounts/880001/devices/dev_1'],
  ] as const)('IN-1.1 answers %s %s only to whoever is logged in as that account', async (method, path) => {
    const reply = await ask(method, seat + path, method === 'POST' ? { type: 'totp' } : undefined);
    expect(reply).toMatchObject({ status: 401, body: { code: 'signed-out' } });
    expect(seen).toEqual([]);
  });

  it('IN-1.1 logging out takes the account off the seat', async () => {
    const { cookie } = await ask('POST', `${seat}/logins`, person);
    await ask('POST', `${seat}/logins/lgn_1/verify`, { type: 'totp', output: '1' }, { cookie });
    expect((await ask('GET', `${seat}/accounts/880001`, undefined, { cookie })).status).toBe(200);
    expect((await ask('POST', `${seat}/accounts/880001/logout`, {}, { cookie })).body).toEqual({ accounts: [] });
    expect((await ask('GET', `${seat}/accounts/880001`, undefined, { cookie })).status).toBe(401);
  });

  it('IN-1.1 a wrong code comes back as its problem and logs nobody in', async () => {
    const detail = 'Wait for the next code.';
    const body = { code: 'verification-failed', title: 'Wrong', detail, status: 422, attemptsLeft: 3, internal: 'x' };
    replies['POST /v1/logins/lgn_1/verify'] = { status: 422, body };
    const { cookie } = await ask('POST', `${seat}/logins`, person);
    const wrong = await ask('POST', `${seat}/logins/lgn_1/verify`, { type: 'totp', output: '1' }, { cookie });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toEqual({ code: 'verification-failed', status: 422, title: 'Wrong', detail, attemptsLeft: 3 });
    expect((await ask('GET', seat, undefined, { cookie })).body).toEqual({ accounts: [] });
  });

  it('IN-1.1 "right so far" is not let in', async () => {
    replies['POST /v1/logins/lgn_1/verify'] = { status: 200, body: { status: 'need', authenticators: [] } };
    const { cookie } = await ask('POST', `${seat}/logins`, person);
    await ask('POST', `${seat}/logins/lgn_1/verify`, { type: 'totp', output: '1' }, { cookie });
    expect((await ask('GET', seat, undefined, { cookie })).body).toEqual({ accounts: [] });
  });

  it('IN-1.1 without Hufu nobody is let in, and the page is told so', async () => {
    hufu.closeAllConnections();
    await new Promise((done) => hufu.close(done));
    const reply = await ask('POST', `${seat}/logins`, person);
    expect(reply).toMatchObject({ status: 503, body: { code: 'unreachable' } });
    await new Promise<void>((ready) => hufu.listen(0, '127.0.0.1', ready));
  });

  it.each<[string, object]>([
    ['a missing field', { account: '880001', version: '1' }],
    ['a number for text', { ...person, account: 880001 }],
    ['an endless password', { ...person, password: 'x'.repeat(1025) }],
    ['control characters', { ...person, account: '88\u00000001' }],
    ['a list', [person]],
    [
      'an inherited name',
      JSON.parse('{"__proto__": {"account": "880001", "password": "p", "version": "1"}}') as object,
    ],
  ])('IN-1.1 %s goes no further', async (_, body) => {
    expect(await ask('POST', `${seat}/logins`, body)).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    expect(seen).toEqual([]);
  });

  it('IN-1.1 hands on only the fields it knows', async () => {
    await ask('POST', `${seat}/logins`, { ...person, firstFactor: 'verified', purpose: 'x', client: { id: 'y' } });
    expect(Object.keys(seen[0]?.body as object).sort()).toEqual(['account', 'client', 'firstFactor']);
    expect(seen[0]?.body).toMatchObject({ firstFactor: { password: 'p' }, client: { id: 'star-9.5' } });
  });

  it.each(['no-such/star-9.5/pc', 'star/no-such/pc', 'star/star-9.5/toaster', 'star/constructor/pc'])(
    'IN-1.1 there is no seat %s',
    async (path) => {
      expect((await ask('GET', `/demo/terminal/api/seats/${path}`)).status).toBe(400);
    },
  );

  it('IN-1.1 other sites may not call, and the cookie is for this path only', async () => {
    const foreign = await ask('POST', `${seat}/logins`, person, { 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(400);
    const reply = await app.inject({ method: 'GET', url: seat });
    expect(reply.headers['set-cookie']).toMatch(
      /^terminal_session=[\w-]{43}; Path=\/demo\/terminal; HttpOnly; SameSite=Strict$/,
    );
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  it('IN-1.1 a phone has its own device id, the same each time', async () => {
    const phone = (device: string) => seat.replace('star-9.5/pc', `estar-x/${device}`);
    const { cookie } = await ask('POST', `${phone('phone-1')}/logins`, person);
    await ask('POST', `${phone('phone-1')}/logins`, person, { cookie });
    await ask('POST', `${phone('phone-2')}/logins`, person, { cookie });
    const ids = seen.map((one) => (one.body as { client: { deviceId: string } }).client.deviceId);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('IN-1.1 serves its pages under a strict policy, and sends the bare address there', async () => {
    const page = await app.inject({ method: 'GET', url: '/demo/terminal/' });
    expect(page.body).toContain('<title>terminal</title>');
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/);
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    const bare = await app.inject({ method: 'GET', url: '/demo/terminal' });
    expect(bare.headers['location']).toBe('/demo/terminal/');
    expect(
      (await app.inject({ method: 'GET', url: '/demo/terminal/..%2fserver.ts' })).statusCode,
    ).toBeGreaterThanOrEqual(400);
  });
});
