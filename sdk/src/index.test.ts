// The SDK against a tiny server that records what arrives and answers what the test says.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Hufu, type HufuOptions, HufuProblem, HufuUnreachable } from './index.ts';

interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}
type Reply = (response: ServerResponse) => void;

let stop: (() => Promise<void>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
});

/** A server that gives the replies in turn (the last one again and again), and a client for it. */
async function house(replies: readonly Reply[], options: Partial<HufuOptions> = {}) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      replies[Math.min(seen.length, replies.length) - 1]?.(response);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  stop = () =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  const { port } = server.address() as AddressInfo;
  const hufu = new Hufu({ baseUrl: `http://127.0.0.1:${port}/`, apiKey: 'hufu_test', ...options });
  return { hufu, seen };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
const problem = (status: number, code: string, members: Record<string, unknown> = {}): Reply =>
  json(status, { type: 'about:blank', title: code, status, detail: `${code}.`, instance: 'req_1', code, ...members });
const hangUp: Reply = (response) => response.destroy();
const client = { id: 'star-9.5', version: '9.5.8.5' };
const keyOf = (one: Seen | undefined) => one?.headers['idempotency-key'];

describe('IN-1.1 the SDK', () => {
  it('IN-1.1 completes a login in two calls', async () => {
    const { hufu, seen } = await house([
      json(201, { id: 'lgn_1', status: 'challenge' }),
      json(200, { status: 'satisfied', assertion: 'a.b.c' }),
    ]);
    const login = await hufu.logins.start({ account: '700004', client, firstFactor: 'verified' }, { locale: 'zh-HK' });
    const verified = await hufu.logins.verify(login.id, { output: '344 815' });
    expect(verified).toEqual({ status: 'satisfied', assertion: 'a.b.c' });
    expect(seen.map((one) => `${one.method} ${one.url}`)).toEqual(['POST /v1/logins', 'POST /v1/logins/lgn_1/verify']);
    expect(seen[0]?.body).toEqual({ account: '700004', client, firstFactor: 'verified' });
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer hufu_test',
      'accept-language': 'zh-HK',
      'content-type': 'application/json',
    });
    expect(keyOf(seen[0])).toMatch(/^[0-9a-f-]{36}$/);
    expect(keyOf(seen[1])).not.toBe(keyOf(seen[0]));
  });

  it('IN-1.1 hands a refusal over with its code and members, and never repeats it', async () => {
    const { hufu, seen } = await house([problem(422, 'verification-failed', { attemptsLeft: 3 })]);
    const failed = await hufu.logins.verify('lgn_1', { output: '000000' }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(HufuProblem);
    expect(failed).toMatchObject({
      code: 'verification-failed',
      status: 422,
      detail: 'verification-failed.',
      instance: 'req_1',
      members: { attemptsLeft: 3 },
    });
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['the header', problem(429, 'throttled'), { 'retry-after': '7' }],
    ['the member', problem(429, 'throttled', { retryAfter: 7 }), {}],
  ])('IN-1.1 reads Retry-After from %s and leaves the waiting to the caller', async (_, reply, headers) => {
    const { hufu, seen } = await house([
      (response) => {
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        reply(response);
      },
    ]);
    await expect(hufu.logins.verify('lgn_1', { output: '1' })).rejects.toMatchObject({
      code: 'throttled',
      retryAfter: 7,
    });
    expect(seen).toHaveLength(1);
  });

  it('IN-1.1 repeats a POST whose reply was lost under the same idempotency key', async () => {
    const { hufu, seen } = await house([hangUp, json(200, { status: 'satisfied' })]);
    await expect(hufu.logins.verify('lgn_1', { output: '344815' })).resolves.toEqual({ status: 'satisfied' });
    expect(seen).toHaveLength(2);
    expect(keyOf(seen[1])).toBe(keyOf(seen[0]));
  });

  it('IN-1.1 waits as long as a 503 asks, and gives up after the retries', async () => {
    const { hufu, seen } = await house([problem(503, 'unavailable', { retryAfter: 0 })], { retries: 2 });
    await expect(hufu.accounts.get('700004')).rejects.toMatchObject({ code: 'unavailable', status: 503 });
    expect(seen).toHaveLength(3);
  });

  it('IN-1.1 asks for a new secret when the lost reply held one', async () => {
    const { hufu, seen } = await house([hangUp, problem(409, 'shown-once'), json(201, { id: 'aut_2' })]);
    await expect(hufu.logins.startBinding('lgn_1')).resolves.toEqual({ id: 'aut_2' });
    expect(keyOf(seen[1])).toBe(keyOf(seen[0]));
    expect(keyOf(seen[2])).not.toBe(keyOf(seen[0]));
  });

  it('IN-1.1 takes "not found" for done when the reply to its own first removal was lost', async () => {
    const lost = await house([hangUp, problem(404, 'not-found')]);
    await expect(lost.hufu.accounts.unbind('700004', 'aut_1')).resolves.toBeUndefined();
    await stop?.();
    const plain = await house([problem(404, 'not-found')]);
    await expect(plain.hufu.accounts.unbind('700004', 'aut_1')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('IN-1.1 says unreachable when nobody answers, when the time is up, and when something else answers', async () => {
    const silent = await house([() => undefined], { timeoutMs: 40, retries: 1 });
    await expect(silent.hufu.rollout.get()).rejects.toBeInstanceOf(HufuUnreachable);
    expect(silent.seen).toHaveLength(2);
    await stop?.();
    await expect(silent.hufu.rollout.get()).rejects.toBeInstanceOf(HufuUnreachable);
    const other = await house([(response) => response.writeHead(200).end('<html>hello</html>')]);
    await expect(other.hufu.rollout.get()).rejects.toThrow("not Hufu's API");
    expect(other.seen).toHaveLength(1);
  });

  it('IN-1.1 stops when the caller does', async () => {
    const { hufu, seen } = await house([problem(503, 'unavailable', { retryAfter: 60 })]);
    const control = new AbortController();
    const call = hufu.accounts.get('700004', { signal: control.signal });
    setTimeout(() => control.abort(new Error('enough')), 20);
    await expect(call).rejects.toThrow('enough');
    expect(seen).toHaveLength(1);
  });

  it('IN-1.1 escapes what it puts into an address', async () => {
    const { hufu, seen } = await house([json(200, {})]);
    await hufu.accounts.get('a/../b?c@140.com');
    expect(seen[0]?.url).toBe('/v1/accounts/a%2F..%2Fb%3Fc%40140.com');
    expect(() => hufu.accounts.unbind('700004', '..')).toThrow(TypeError);
  });

  it('IN-1.1 calls every address with what belongs there', async () => {
    const { hufu, seen } = await house([json(200, {})]);
    await hufu.logins.get('lgn_1');
    await hufu.logins.wait('lgn_1', 5);
    await hufu.logins.send('lgn_1');
    await hufu.logins.confirmBinding('lgn_1', 'aut_1', { output: '1' });
    await hufu.accounts.put('7', { name: 'Chan' });
    await hufu.accounts.list({ after: 'x', limit: 5 });
    await hufu.accounts.import([{ account: '7' }]);
    await hufu.accounts.startBinding('7', { type: 'totp', client });
    await hufu.accounts.confirmBinding('7', 'aut_1', { output: '1' });
    await hufu.accounts.startChallenge('7', { purpose: 'unbind', client });
    await hufu.accounts.unbind('7', 'aut_1', { client: 'star-9.5' });
    await hufu.accounts.clientDevices('7');
    await hufu.accounts.revokeClientDevice('7', 'dev-1');
    await hufu.console.unbind('7', { reason: 'lost', operator: 'Li' });
    await hufu.console.unlock('7', { reason: 'called back', operator: 'Li' });
    await hufu.rollout.get();
    await hufu.rollout.switchPhase({ phase: 'totp-only' });
    await hufu.jwks();
    expect(seen.map((one) => `${one.method} ${one.url}`)).toEqual([
      'GET /v1/logins/lgn_1',
      'GET /v1/logins/lgn_1?wait=5',
      'POST /v1/logins/lgn_1/send',
      'POST /v1/logins/lgn_1/bindings/aut_1/confirm',
      'PUT /v1/accounts/7',
      'GET /v1/accounts?after=x&limit=5',
      'POST /v1/accounts:import',
      'POST /v1/accounts/7/bindings',
      'POST /v1/accounts/7/bindings/aut_1/confirm',
      'POST /v1/accounts/7/challenges',
      'DELETE /v1/accounts/7/authenticators/aut_1?client=star-9.5',
      'GET /v1/accounts/7/client-devices',
      'DELETE /v1/accounts/7/client-devices/dev-1',
      'POST /v1/console/accounts/7/unbind',
      'POST /v1/console/accounts/7/unlock',
      'GET /v1/rollout',
      'POST /v1/rollout/phase',
      'GET /.well-known/jwks.json',
    ]);
    expect(seen.filter((one) => (keyOf(one) !== undefined) !== (one.method === 'POST'))).toEqual([]);
  });
});
