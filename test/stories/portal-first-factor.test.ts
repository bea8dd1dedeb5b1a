// Passwords that somebody else checks: the relying party by a signed call. Whatever it does but say yes lets nobody in.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/contract/policy.ts';
import { aHouse, presetText, type TestHouse } from '../kit.ts';
import { aBrowser } from '../portal-kit.ts';

interface Seen {
  readonly token: string;
  readonly body: string;
}
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A relying party that answers as told. */
async function party(answer: (seen: Seen, response: ServerResponse) => void): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  server = createServer((request: IncomingMessage, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one = { token: (request.headers.authorization ?? '').slice(7), body: Buffer.concat(parts).toString() };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/check`, seen };
}
const says = (result: string) => (_: Seen, response: ServerResponse) => void response.end(JSON.stringify({ result }));

const policyWith = (url: string): string =>
  presetText('mail').replace(
    '  captcha: after-failures\n',
    `  captcha: off\n  password: external\n  external: { url: '${url}', timeoutSeconds: 1 }\n`,
  );
async function house(url: string): Promise<TestHouse & AsyncDisposable> {
  const h = await aHouse({ policy: policyWith(url) });
  await h.account('wei@lark.example', {});
  return h;
}
const login = (h: TestHouse, password: string, account = 'wei@lark.example') =>
  aBrowser(h).call('POST', '/v1/me/login', { account, password });

describe('MO-5.1 the relying party checks the password', () => {
  it('MO-5.1 is asked with a signature that it can check, and its yes is the first factor', async () => {
    const { url, seen } = await party(({ body }, response) =>
      response.end(JSON.stringify({ result: JSON.parse(body).password === 'right' ? 'accepted' : 'rejected' })),
    );
    await using h = await house(url);
    expect((await login(h, 'right')).body.status).toBe('allowed');
    expect((await login(h, 'wrong')).body.code).toBe('first-factor-failed');
    const [first] = seen;
    expect(JSON.parse(first!.body)).toEqual({ account: 'wei@lark.example', password: 'right', ip: '127.0.0.1' });
    const keys = createLocalJWKSet((await h.call('GET', '/.well-known/jwks.json')).body);
    const { payload } = await jwtVerify(first!.token, keys, {
      issuer: 'https://hufu.test',
      audience: url,
      currentDate: new Date(h.clock.now),
    });
    expect(payload).toMatchObject({ sub: 'check-password', tenant: 't1' });
    expect(payload['body']).toBe(createHash('sha256').update(first!.body).digest('base64url'));
    expect(payload.exp! - payload.iat!).toBeLessThanOrEqual(60);
  });

  it('MO-5.1 an answer that is late, odd, huge, redirected or no answer lets nobody in and counts for nobody', async () => {
    const odd: Record<string, (seen: Seen, response: ServerResponse) => void> = {
      late: () => {},
      'no JSON': (_, response) => void response.end('accepted'),
      'another word': says('ok'),
      'a list': (_, response) => void response.end('["accepted"]'),
      null: (_, response) => void response.end('null'),
      500: (_, response) => void response.writeHead(500).end('{"result":"accepted"}'),
      201: (_, response) => void response.writeHead(201).end('{"result":"accepted"}'),
      huge: (_, response) => void response.end(`{"result":"accepted","x":"${'x'.repeat(100_000)}"}`),
      moved: (_, response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
      gone: (_, response) => void response.destroy(),
    };
    for (const [what, answer] of Object.entries(odd)) {
      const { url } = await party(answer);
      await using h = await house(url);
      expect((await login(h, 'right')).body.code, what).toBe('unavailable');
      expect((await h.house.db.query('SELECT count(*) AS n FROM failures', {}))[0]?.['n'], what).toBe(0);
      server?.closeAllConnections();
      server?.close();
    }
    await using h = await house('http://127.0.0.1:1/');
    expect(await login(h, 'right')).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  });

  it('MO-5.1 BF-09 WEB-13 wrong passwords are throttled here, and an unknown account is asked about like any other', async () => {
    const { url, seen } = await party(says('rejected'));
    await using h = await house(url);
    const told = async (account: string) => {
      const codes = [];
      for (let i = 0; i < 6; i++) codes.push((await login(h, 'wrong', account)).body.code);
      return codes;
    };
    const known = await told('wei@lark.example');
    expect(known.slice(0, 4)).toEqual(Array(4).fill('first-factor-failed'));
    expect(known[5]).toBe('throttled');
    const before = seen.length;
    expect(await told('nobody@lark.example')).toEqual(known);
    expect(seen.length - before).toBe(before);
  });

  it('MO-5.1 a policy sends passwords over TLS or to this machine, or it is no policy', () => {
    for (const [url, holds] of [
      ['https://rp.example/check', true],
      ['http://localhost:8080/check', true],
      ['http://rp.example/check', false],
      ['http://localhost.evil.example/check', false],
      ['http://127.0.0.1.evil.example/', false],
      ['ftp://rp.example/', false],
    ] as const)
      expect(parsePolicy(policyWith(url)).errors === null, url).toBe(holds);
    expect(
      parsePolicy(presetText('mail').replace('captcha: after-failures', 'password: external')).errors,
    ).not.toBeNull();
  });
});
