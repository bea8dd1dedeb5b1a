// A mail provider's house with a relying party that logs people in at its hosted pages, and browsers that follow redirects there.
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import { oidcStore } from '../src/storage/oidc.ts';
import { type Answer, aHouse, type TestHouse } from './kit.ts';
import { type Browser, ORIGIN } from './portal-kit.ts';

export const RP = 'https://webmail.example/callback';
export const PASSWORD = 'mailbox-password';

export async function aProvider(): Promise<TestHouse & AsyncDisposable> {
  // The provider's own clock is the machine's.
  const h = await aHouse({ preset: 'mail', now: Date.now() });
  await oidcStore(h.house.db, h.house.keys).addClient('t1', {
    id: 'webmail',
    name: 'Webmail',
    metadata: { redirect_uris: [RP] },
    secret: 'a-secret-of-the-webmail',
  });
  await h.account('wei@lark.example', { password: PASSWORD });
  return h;
}

/** What a browser sends that goes to an address, and is not our page. */
export const NAVIGATING = { origin: '', 'hufu-tenant': '', accept: 'text/html', 'accept-language': 'en' };

/** Follows redirects on our own origin as a browser does. */
export async function open(b: Browser, url: string): Promise<{ url: URL; last: Answer | null }> {
  let at = new URL(url, ORIGIN);
  for (let hops = 0; hops < 8; hops++) {
    if (at.origin !== ORIGIN || at.pathname.startsWith('/t/')) return { url: at, last: null };
    const last = await b.call('GET', at.pathname + at.search, undefined, NAVIGATING);
    const next = last.headers['location'];
    if (typeof next !== 'string') return { url: at, last };
    at = new URL(next, at);
  }
  throw new Error('too many redirects');
}

export function authorize(more: Record<string, string> = {}): { url: string; verifier: string } {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: 'webmail',
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: RP,
    state: 'some-state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  return { url: `/oidc/t1/auth?${query.toString()}`, verifier };
}

export const redeem = (h: TestHouse, code: string, verifier: string) =>
  h.app.inject({
    method: 'POST',
    url: '/oidc/t1/token',
    headers: {
      authorization: `Basic ${Buffer.from('webmail:a-secret-of-the-webmail').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: RP,
      code_verifier: verifier,
    }).toString(),
  });

export async function claimsOf(h: TestHouse, code: string, verifier: string): Promise<Record<string, unknown>> {
  const reply = await redeem(h, code, verifier);
  expect(reply.statusCode, reply.body).toBe(200);
  return decodeJwt(reply.json().id_token);
}

/** A relying party that listens for ended sessions: `told` is what it hears first. */
export async function aListener(): Promise<AsyncDisposable & { url: string; told: Promise<string> }> {
  const server = createServer();
  const told = new Promise<string>((resolve) => {
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        response.end();
        resolve(body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${port}/out`, told, [Symbol.asyncDispose]: close };
}

export const uidOf = (url: URL): string => /#oidc=([\w-]+)/.exec(url.href)?.[1] ?? '';
