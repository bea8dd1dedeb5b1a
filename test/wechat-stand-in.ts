// WeChat's servers, played by a test as their documentation has them: code2session, getStableAccessToken, sendMessage of subscribe messages. Errors are
// 200 with an errcode. It stands in for what the documentation says, no more: only WeChat's own servers show what they really do.

import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export const APP_ID = 'wx0123456789abcdef';
export const APP_SECRET = 'd6e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7';
export const TEMPLATE = 'tmpl-login-asks';

export interface WechatStandIn {
  readonly endpoint: string;
  /** Options for a house with this WeChat. */
  readonly options: {
    readonly endpoint: string;
    readonly appId: string;
    readonly appSecret: string;
    readonly timeoutMs: number;
    readonly reminder: {
      readonly template: string;
      readonly fields: { readonly who: string; readonly at: string };
      readonly page: string;
      readonly state: 'formal';
    };
  };
  /** What `wx.login` gives that person: good once. */
  login(person: string): string;
  /** The person tapped "allow" once more. */
  allow(person: string): void;
  /** Every answer of that path is this error from now on; undefined: as usual. */
  failing(path: string, errcode: number | undefined): void;
  /** The access tokens given out, newest last. */
  readonly tokens: readonly string[];
  /** Tokens before are worthless, as after a refresh elsewhere. */
  dropTokens(): void;
  /** Subscribe messages that reached people. */
  readonly sent: readonly { readonly to: string; readonly body: Record<string, unknown> }[];
  /** Calls, newest last: method and path, without the query. */
  readonly calls: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

const openidOf = (person: string): string => `o6_${Buffer.from(person).toString('hex').padEnd(25, 'x').slice(0, 25)}`;

export async function aWechat(): Promise<WechatStandIn> {
  const codes = new Map<string, { person: string; used: boolean }>();
  const consents = new Map<string, number>();
  const failing = new Map<string, number>();
  const tokens: string[] = [];
  const sent: { to: string; body: Record<string, unknown> }[] = [];
  const calls: string[] = [];
  let valid = 0;

  const answer = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
    const url = new URL(request.url ?? '/', 'http://wechat.test');
    calls.push(`${request.method} ${url.pathname}`);
    const failed = failing.get(url.pathname);
    if (failed !== undefined) return { errcode: failed, errmsg: 'as asked for' };
    const q = (name: string): string => url.searchParams.get(name) ?? '';
    if (url.pathname === '/sns/jscode2session') {
      if (q('appid') !== APP_ID) return { errcode: 40013, errmsg: 'invalid appid' };
      if (q('secret') !== APP_SECRET) return { errcode: 40125, errmsg: 'invalid appsecret' };
      if (q('grant_type') !== 'authorization_code') return { errcode: 40002, errmsg: 'invalid grant_type' };
      const code = codes.get(q('js_code'));
      if (code === undefined) return { errcode: 40029, errmsg: 'invalid code' };
      if (code.used) return { errcode: 40163, errmsg: 'code been used' };
      code.used = true;
      return { openid: openidOf(code.person), session_key: randomBytes(16).toString('base64') };
    }
    const body = JSON.parse(await textOf(request)) as Record<string, unknown>;
    if (url.pathname === '/cgi-bin/stable_token') {
      if (body['appid'] !== APP_ID || body['secret'] !== APP_SECRET)
        return { errcode: 40125, errmsg: 'invalid appsecret' };
      if (tokens.length === valid) tokens.push(randomBytes(32).toString('hex'));
      return { access_token: tokens.at(-1), expires_in: 7200 };
    }
    if (url.pathname === '/cgi-bin/message/subscribe/send') {
      if (tokens.length === valid || q('access_token') !== tokens.at(-1))
        return { errcode: 40001, errmsg: 'invalid credential, access_token is invalid or not latest' };
      const to = String(body['touser']);
      if (body['template_id'] !== TEMPLATE) return { errcode: 40037, errmsg: 'invalid template_id' };
      const data = body['data'] as Record<string, { value: string }>;
      for (const [name, { value }] of Object.entries(data))
        if (name.startsWith('thing') && [...value].length > 20) return { errcode: 47003, errmsg: 'argument invalid' };
      const left = consents.get(to) ?? 0;
      if (left === 0) return { errcode: 43101, errmsg: 'user refuse to accept the msg' };
      consents.set(to, left - 1);
      sent.push({ to, body });
      return { errcode: 0, errmsg: 'ok' };
    }
    return { errcode: 40066, errmsg: 'invalid url' };
  };

  const server = createServer((request, response) => {
    answer(request).then(
      (told) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(told)),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    options: {
      endpoint,
      appId: APP_ID,
      appSecret: APP_SECRET,
      timeoutMs: 2000,
      reminder: {
        template: TEMPLATE,
        fields: { who: 'thing1', at: 'time2' },
        page: 'pages/home/home',
        state: 'formal',
      },
    },
    login(person) {
      const code = randomBytes(16).toString('hex');
      codes.set(code, { person, used: false });
      return code;
    },
    allow: (person) => consents.set(openidOf(person), (consents.get(openidOf(person)) ?? 0) + 1),
    failing(path, errcode) {
      if (errcode === undefined) failing.delete(path);
      else failing.set(path, errcode);
    },
    tokens,
    dropTokens() {
      valid = tokens.length;
    },
    sent,
    calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
