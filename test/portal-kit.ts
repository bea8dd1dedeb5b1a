// A browser at a tenant's pages: keeps cookies as browsers do, sends what our pages send, and solves captchas.
import { createHash } from 'node:crypto';
import { type Answer, codeOf, type TestHouse } from './kit.ts';

export const ORIGIN = 'https://hufu.test';
export const SESSION = '__Host-hufu-t1';
export const VISIT = '__Host-hufu-login.t1';

export interface Browser {
  /** Where it sits. */
  ip: string;
  readonly cookies: Map<string, string>;
  /** Every Set-Cookie line seen, in order. */
  readonly set: string[];
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Account and password, with a solved captcha. */
  login(account: string, password: string, more?: object): Promise<Answer>;
  captcha(): Promise<string>;
}

/** A fresh browser at the pages of a tenant. Headers given as the empty string are left out. */
export function aBrowser(h: TestHouse, tenant = 't1'): Browser {
  const cookies = new Map<string, string>();
  const set: string[] = [];
  const call: Browser['call'] = async (method, path, body, headers = {}) => {
    const sent = Object.entries({
      origin: ORIGIN,
      'hufu-tenant': tenant,
      'user-agent': 'Test Browser 1.0',
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...headers,
    }).filter(([, value]) => value !== '');
    const response = await h.app.inject({
      method: method as 'GET',
      remoteAddress: browser.ip,
      url: path,
      headers: Object.fromEntries(sent),
      ...(body === undefined ? {} : { payload: body as object }),
    });
    for (const line of [response.headers['set-cookie'] ?? []].flat()) {
      set.push(line);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0\b/.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const isJson = /^application\/(\w+\+)?json\b/.test(String(response.headers['content-type'] ?? ''));
    return { status: response.statusCode, body: isJson ? response.json() : response.body, headers: response.headers };
  };
  const captcha = async (): Promise<string> => solve((await call('GET', '/v1/me/captcha')).body);
  const browser: Browser = {
    ip: '127.0.0.1',
    cookies,
    set,
    call,
    captcha,
    async login(account, password, more = {}) {
      return call('POST', '/v1/me/login', { account, password, captcha: await captcha(), ...more });
    },
  };
  return browser;
}

/** The solution of an ALTCHA challenge, as its widget sends it. */
export function solve(given: {
  algorithm: string;
  challenge: string;
  salt: string;
  signature: string;
  maxnumber: number;
}): string {
  for (let number = 0; number <= given.maxnumber; number++)
    if (
      createHash('sha256')
        .update(given.salt + number)
        .digest('hex') === given.challenge
    ) {
      const { algorithm, challenge, salt, signature } = given;
      return Buffer.from(JSON.stringify({ algorithm, challenge, number, salt, signature })).toString('base64');
    }
  throw new Error('no number solves it');
}

/** Logs in with an SMS code and gives the browser with its session. */
export async function aSession(h: TestHouse, account: string, password: string): Promise<Browser> {
  const b = aBrowser(h);
  const login = await b.login(account, password);
  if (login.body.status === 'challenge') {
    await b.call('POST', '/v1/me/login/send', {});
    await b.call('POST', '/v1/me/login/verify', { output: await h.smsCode() });
  }
  if (!b.cookies.has(SESSION)) throw new Error(JSON.stringify(login.body));
  return b;
}

/** Binds an authenticator app from a session. */
export async function bindInPortal(h: TestHouse, b: Browser): Promise<{ uri: string; id: string }> {
  const started = await b.call('POST', '/v1/me/bindings', { type: 'totp' });
  if (started.status !== 201) throw new Error(JSON.stringify(started.body));
  const { uri, id } = started.body;
  const done = await b.call('POST', `/v1/me/bindings/${id}/confirm`, { output: codeOf(uri, h.clock.now) });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return { uri, id };
}
