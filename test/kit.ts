// A whole house for tests: the real store, real HTTP (injected, no socket), time that stands still until it is moved, a captured outbox.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type DemoMessage, demoOutbox } from '../src/channels/demo-outbox.ts';
import { type House, type HouseOptions, openHouse } from '../src/compose.ts';
import { SCOPE_NAMES, type Scope } from '../src/contract/scopes.ts';
import { putAccount } from '../src/flows/accounts.ts';
import { createKey } from '../src/flows/registry.ts';
import { hotp } from '../src/otp/hotp.ts';
import { parseOtpauthUri } from '../src/otp/otpauth.ts';
import { hashKey, keyToken } from '../src/storage/registry.ts';

/** 2026-11-20 09:00:00 in Hong Kong, the beginning of a 30-second step. */
export const NINE = Date.UTC(2026, 10, 20, 1, 0, 0);
export const STAR_95 = { id: 'star-9.5', version: '9.5.8.5' };
export const STAR_93 = { id: 'star-9.3', version: '9.3.43.1175' };
export const ESTAR_X = { id: 'estar-x', version: '3.6.21' };

export interface Answer {
  readonly status: number;
  // Test code reads members of JSON it knows the shape of.
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface TestHouse {
  readonly house: House;
  readonly app: FastifyInstance;
  readonly clock: { now: number };
  /** Moves time on. */
  pass(seconds: number): void;
  /** A call with the tenant's full API key, or another. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** A further API key of a tenant. */
  key(options?: {
    tenant?: string;
    scopes?: readonly Scope[];
    client?: string;
    version?: string;
    expiresAt?: number;
  }): Promise<string>;
  account(account: string, more?: Readonly<Record<string, unknown>>, tenant?: string): Promise<void>;
  /** Delivers what waits and gives everything sent so far, newest first. */
  outbox(): Promise<readonly DemoMessage[]>;
  /** The six digits in the newest SMS. */
  smsCode(): Promise<string>;
  /** What the house told its log as faults, oldest first. */
  readonly faults: readonly unknown[];
  /** Switches the tenant's phase. */
  phase(phase: string, tenant?: string): Promise<void>;
  audit(): Promise<
    readonly { event: string; actor: string; data: Record<string, unknown>; account_id: string | null }[]
  >;
  readonly tenant: string;
  readonly token: string;
  close(): Promise<void>;
}

export interface TestOptions {
  readonly push?: NonNullable<HouseOptions['push']>;
  readonly placeOf?: NonNullable<HouseOptions['placeOf']>;
  readonly preset?: string;
  /** A policy document in place of a preset. */
  readonly policy?: string;
  readonly database?: HouseOptions['database'];
  readonly channels?: HouseOptions['channels'];
  readonly mail?: NonNullable<HouseOptions['mail']>;
  readonly wechat?: NonNullable<HouseOptions['wechat']>;
  readonly now?: number;
  readonly requestsPerSecond?: number;
  readonly folder?: string;
  /** A folder of built pages. */
  readonly webRoot?: string;
  readonly proxies?: readonly string[];
  /** Where it is reached, for tests with real browsers. */
  readonly baseUrl?: string;
  readonly consoleUrl?: string;
}

export const presetText = (name: string): string =>
  readFileSync(join(import.meta.dirname, `../presets/${name}.yaml`), 'utf8');

/** Opens a house with one tenant, `t1`, on a preset (star-rollout by default). Close it in `afterEach`, or use `await using`. */
export async function aHouse(options: TestOptions = {}): Promise<TestHouse & AsyncDisposable> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'hufu-test-'));
  const clock = { now: options.now ?? NINE };
  const sent = demoOutbox(() => clock.now);
  const faults: unknown[] = [];
  const house = await openHouse({
    database: options.database ?? { sqlite: ':memory:' },
    keyFile: join(folder, 'hufu.keys'),
    baseUrl: options.baseUrl ?? 'https://hufu.test',
    consoleUrl: options.consoleUrl ?? 'https://console.test',
    channels: options.channels ?? { sms: sent.channel, email: sent.channel },
    requestsPerSecond: options.requestsPerSecond ?? 100_000,
    clock: () => clock.now,
    ...(options.push === undefined ? {} : { push: options.push }),
    ...(options.placeOf === undefined ? {} : { placeOf: options.placeOf }),
    ...(options.mail === undefined ? {} : { mail: options.mail }),
    ...(options.wechat === undefined ? {} : { wechat: options.wechat }),
    webRoot: options.webRoot ?? join(folder, 'web'),
    proxies: options.proxies ?? [],
    onFault: (error) => faults.push(error),
  });
  const app = house.http();
  const tenant = 't1';
  if (!(await house.registry.ids()).includes(tenant))
    await house.registry.create({
      id: tenant,
      name: 'Tenant',
      document: options.policy ?? presetText(options.preset ?? 'star-rollout'),
      actor: 'test',
    });
  await house.keys.ready(tenant);

  const key: TestHouse['key'] = async (k = {}) => {
    const secret = randomBytes(24).toString('base64url');
    const made = await createKey(
      house.ports,
      {
        tenantId: k.tenant ?? tenant,
        name: 'test',
        scopes: k.scopes ?? SCOPE_NAMES,
        clientId: k.client ?? null,
        clientVersion: k.version ?? null,
        expiresAt: k.expiresAt ?? null,
        actor: 'test',
      },
      (id) => hashKey(id, secret),
    );
    if (made.kind !== 'key') throw new Error(made.code);
    return keyToken(made.id, secret);
  };
  const token = await key();

  const call: TestHouse['call'] = async (method, path, body, headers = {}) => {
    const response = await app.inject({
      method: method as 'GET',
      url: path,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const isJson = /json(;|$)/.test(String(response.headers['content-type'] ?? ''));
    return { status: response.statusCode, body: isJson ? response.json() : response.body, headers: response.headers };
  };
  const outbox = async (): Promise<readonly DemoMessage[]> => {
    await house.deliver();
    return sent.messages();
  };
  const close = async (): Promise<void> => {
    await app.close();
    await house.close();
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    if (faults.length > 0 && process.env['HUFU_TEST_FAULTS'] !== undefined) console.error(faults);
  };

  return {
    faults,
    house,
    app,
    clock,
    tenant,
    token,
    pass(seconds) {
      clock.now += seconds * 1000;
    },
    call,
    key,
    async account(account, more = {}, of = tenant) {
      const put = await putAccount(
        house.ports,
        { tenantId: of, actor: 'test', keyId: 'test', client: null },
        { account, phone: '+85291230001', ...more },
      );
      if (put.kind !== 'account') throw new Error(JSON.stringify(put));
    },
    outbox,
    async smsCode() {
      const newest = (await outbox()).find(
        (m) => m.channel === 'sms' && /\d{6}/.test(m.text) && /验证码|驗證碼|sign-in code/.test(m.text),
      );
      const code = /(?<!\d)\d{6}(?!\d)/.exec(newest?.text ?? '')?.[0];
      if (code === undefined) throw new Error('no SMS with a code was sent');
      return code;
    },
    async phase(phase, of) {
      const answer = await call(
        'POST',
        '/v1/rollout/phase',
        { phase, reason: 'test' },
        of === undefined ? {} : { authorization: `Bearer ${await key({ tenant: of })}` },
      );
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    },
    async audit() {
      const rows = await house.db.query('SELECT event, actor, data, account_id FROM audit_events ORDER BY seq', {});
      return rows.map((r) => ({
        event: String(r['event']),
        actor: String(r['actor']),
        account_id: r['account_id'] as string | null,
        data: JSON.parse(String(r['data'])),
      }));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The code of an otpauth URI at an instant, as an authenticator app shows it. `step` counts steps from there. */
export function codeOf(uri: string, at: number, step = 0): string {
  const key = parseOtpauthUri(uri);
  return hotp(key.secret, Math.floor(at / 1000 / key.periodSeconds) + step, {
    algorithm: key.algorithm,
    digits: key.digits,
  });
}

/** Logs an account in by SMS in coexist, binds an authenticator on star-9.5 and gives its URI; the step of `at` is then spent. */
export async function bindTotp(
  h: TestHouse,
  account: string,
  client: { id: string; version: string } = STAR_95,
): Promise<{ uri: string; id: string }> {
  const login = await h.call('POST', '/v1/logins', { account, client, firstFactor: 'verified' });
  if (login.body.status === 'enrol') {
    const started = await h.call('POST', `/v1/logins/${login.body.id}/bindings`, { type: 'totp' });
    const done = await h.call('POST', `/v1/logins/${login.body.id}/bindings/${started.body.id}/confirm`, {
      output: codeOf(started.body.uri, h.clock.now),
    });
    if (done.status !== 200) throw new Error(JSON.stringify(done.body));
    return { uri: started.body.uri, id: started.body.id };
  }
  await h.call('POST', `/v1/logins/${login.body.id}/send`, {});
  const verified = await h.call('POST', `/v1/logins/${login.body.id}/verify`, { output: await h.smsCode() });
  if (verified.status !== 200) throw new Error(JSON.stringify(verified.body));
  const started = await h.call('POST', `/v1/accounts/${account}/bindings`, { type: 'totp', client });
  const done = await h.call('POST', `/v1/accounts/${account}/bindings/${started.body.id}/confirm`, {
    output: codeOf(started.body.uri, h.clock.now),
  });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return { uri: started.body.uri, id: started.body.id };
}

/** Starts a login with the first factor done; throws unless it was accepted. */
export async function aLogin(h: TestHouse, account: string, client: object = STAR_95): Promise<Answer['body']> {
  const login = await h.call('POST', '/v1/logins', { account, client, firstFactor: 'verified' });
  if (login.status !== 201) throw new Error(JSON.stringify(login.body));
  return login.body;
}

/** Presents an output for a login. */
export const verify = (h: TestHouse, login: string, output: string, more: object = {}): Promise<Answer> =>
  h.call('POST', `/v1/logins/${login}/verify`, { output, ...more });
