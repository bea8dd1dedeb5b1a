// Operators for tests: signed in at the admin listener of a test house, called without a socket.
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { canonicalAccount } from '../src/core/account/account.ts';
import { makeId } from '../src/core/ids.ts';
import { OPERATORS } from '../src/core/operator/operator.ts';
import type { Role } from '../src/core/operator/roles.ts';
import { type Answer, codeOf, type TestHouse } from './kit.ts';

export const CONSOLE_URL = 'https://console.test';
const COOKIE = '__Host-hufu-operator';

export interface TestOperator {
  readonly id: string;
  readonly login: string;
  /** A call at the console as its page sends it; for the operator's first tenant, another, or none (null). */
  call(
    method: string,
    path: string,
    body?: unknown,
    more?: { tenant?: string | null; headers?: Readonly<Record<string, string | undefined>> },
  ): Promise<Answer>;
  /** The cookie it is signed in with. */
  readonly cookie: string;
}

export interface Desk {
  readonly admin: FastifyInstance;
  /** An operator with these roles, in force and signed in; in `t1` unless `tenants` says otherwise. */
  operator(options?: {
    roles?: readonly Role[];
    login?: string;
    tenants?: Readonly<Record<string, readonly Role[]>>;
    name?: string;
    /** Who made them an operator: an operator's id, or `cli`. */
    by?: string;
  }): Promise<TestOperator>;
  /** A call of nobody in particular, as a page of the console sends it. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string | undefined>>,
  ): Promise<Answer>;
}

const desks = new WeakMap<TestHouse, Promise<Desk>>();

/** The admin listener of a test house, one for each house; it is closed with the test's process. */
export function deskOf(h: TestHouse): Promise<Desk> {
  const held = desks.get(h) ?? open(h);
  desks.set(h, held);
  return held;
}

/** An operator of the house, signed in. */
export const anOperator = async (h: TestHouse, options: Parameters<Desk['operator']>[0] = {}): Promise<TestOperator> =>
  (await deskOf(h)).operator(options);

async function open(h: TestHouse): Promise<Desk> {
  const { house } = h;
  const admin = await house.admin();
  let made = 0;
  let calls = 0;

  const call: Desk['call'] = async (method, path, body, headers = {}) => {
    const given = { origin: CONSOLE_URL, 'sec-fetch-site': 'same-origin', ...headers };
    calls++;
    const response = await admin.inject({
      // A test makes more calls than people behind one address do: each hundred comes from another.
      remoteAddress: `10.0.${Math.floor(calls / 100) % 250}.1`,
      method: method as 'GET',
      url: path,
      headers: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Record<
        string,
        string
      >,
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const isJson = /json(;|$)/.test(String(response.headers['content-type'] ?? ''));
    return { status: response.statusCode, body: isJson ? response.json() : response.body, headers: response.headers };
  };

  return {
    admin,
    call,
    async operator(options = {}) {
      const { roles = ['support'], login = `op${++made}`, by = 'cli' } = options;
      const { tenants = { [h.tenant]: roles } as Readonly<Record<string, readonly Role[]>>, name = login } = options;
      const { ports } = house;
      const now = await ports.store.now();
      const id = makeId('acc', now, randomBytes(18));
      const { token, hash } = ports.tokens.fresh();
      const session = makeId('ses', now, randomBytes(18));
      const written = await ports.store.commit(id, [
        {
          op: 'insert-account',
          account: {
            id,
            tenantId: OPERATORS,
            canonical: canonicalAccount(login),
            account: login,
            name,
            phone: null,
            email: null,
            cohort: null,
            locale: 'en',
            status: 'active',
            passwordHash: null,
          },
        },
        { op: 'insert-operator', id, by },
        ...Object.entries(tenants).flatMap(([tenantId, held]) =>
          held.map((role) => ({ op: 'grant-role', operatorId: id, tenantId, role, by }) as const),
        ),
        {
          op: 'insert-session',
          session: {
            id: session,
            hash,
            tenantId: OPERATORS,
            accountId: id,
            loginId: '',
            clientId: 'console',
            verified: ['totp'],
            trustId: null,
            ip: '127.0.0.1',
            userAgent: null,
            expiresAt: now + 12 * 3600_000,
          },
        },
      ]);
      if (written.kind !== 'done') throw new Error(`no operator: ${written.op}`);
      const cookie = `${COOKIE}=${token}`;
      const first = Object.keys(tenants)[0] ?? h.tenant;
      return {
        id,
        login,
        cookie,
        call: (method, path, body, { tenant = first, headers = {} } = {}) =>
          call(method, path, body, {
            cookie,
            ...(tenant === null ? {} : { 'hufu-tenant': tenant }),
            ...headers,
          }),
      };
    },
  };
}

/** A browser at the console that keeps its cookies. */
export interface ConsoleBrowser {
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string | undefined>>,
  ): Promise<Answer>;
  readonly cookies: Map<string, string>;
}

export async function aConsoleBrowser(h: TestHouse): Promise<ConsoleBrowser> {
  const desk = await deskOf(h);
  const cookies = new Map<string, string>();
  return {
    cookies,
    async call(method, path, body, headers = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await desk.call(method, path, body, { ...(cookie === '' ? {} : { cookie }), ...headers });
      for (const line of [answer.headers['set-cookie'] ?? []].flat() as string[]) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    },
  };
}

/** The token in a one-time link. */
export const tokenIn = (link: string): string => link.split('/#/join/')[1] ?? '';

export const PASSWORD = 'correct horse battery';

/** Joins by a link with a password and an authenticator app; gives its otpauth URI. The step of now is then spent. */
export async function joinByTotp(
  h: TestHouse,
  link: string,
  browser?: ConsoleBrowser,
): Promise<{ uri: string; browser: ConsoleBrowser }> {
  const b = browser ?? (await aConsoleBrowser(h));
  const token = tokenIn(link);
  const began = await b.call('POST', '/v1/operator/join/start', { token, name: 'Mei Lam', password: PASSWORD });
  if (began.status !== 200) throw new Error(JSON.stringify(began.body));
  const binding = await b.call('POST', '/v1/operator/join/bindings', { type: 'totp' });
  const output = codeOf(binding.body.uri, h.clock.now);
  const done = await b.call('POST', `/v1/operator/join/bindings/${binding.body.id}/confirm`, { token, output });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return { uri: binding.body.uri, browser: b };
}
