// A person's WeChat with our mini-program, played by a test: the mini-program's own keys and signatures, without its screens.
import { fromBase64url } from '../miniprogram/lib/bytes.ts';
import { codeAt, type Answer as Given, signAnswer, signRequest } from '../miniprogram/lib/keys.ts';
import { open } from './enrolment-kit.ts';
import { type Answer, aHouse, presetText, type TestHouse, type TestOptions } from './kit.ts';
import { aBrowser, type Browser } from './portal-kit.ts';
import { aWechat, type WechatStandIn } from './wechat-stand-in.ts';

export const MAILBOX = 'wei@lark.example';
export const PASSWORD = 'wei-lark-2026';

export interface Key {
  readonly phone: string;
  readonly key: string;
  readonly code: { readonly digits: number; readonly periodSeconds: number };
}

export interface WechatHouse extends AsyncDisposable {
  readonly h: TestHouse;
  readonly wechat: WechatStandIn;
}

/** A mail tenant whose WeChat is a stand-in, with one mailbox. */
export async function aWechatHouse(options: TestOptions = {}): Promise<WechatHouse> {
  const wechat = await aWechat();
  const h = await aHouse({ policy: presetText('mail'), wechat: wechat.options, ...options });
  await h.account(MAILBOX, { password: PASSWORD, email: MAILBOX });
  return {
    h,
    wechat,
    async [Symbol.asyncDispose]() {
      await h[Symbol.asyncDispose]();
      await wechat[Symbol.asyncDispose]();
    },
  };
}

/** A browser whose person typed account and password. */
export async function entered(h: TestHouse, account = MAILBOX, password = PASSWORD): Promise<Browser> {
  const browser = aBrowser(h);
  const login = await browser.login(account, password);
  if (login.status !== 201) throw new Error(JSON.stringify(login.body));
  return browser;
}

/** The QR of a binding on the settings page; with `replaces`, of one that takes another's place. */
export async function shownQr(
  browser: Browser,
  replaces?: string,
): Promise<{ readonly token: string; readonly id: string }> {
  const started = await browser.call('POST', '/v1/me/bindings', {
    type: 'wechat',
    ...(replaces === undefined ? {} : { replaces }),
  });
  if (started.status !== 201) throw new Error(JSON.stringify(started.body));
  return { token: started.body.uri.split('/s/')[1], id: started.body.id };
}

/** What WeChat does with the QR: opens the mini-program, which joins as that person. */
export const scanToJoin = (
  { h, wechat }: Pick<WechatHouse, 'h' | 'wechat'>,
  person: string,
  token: string,
): Promise<Answer> => open(h, 'wechat:join', { token, code: wechat.login(person) });

export const restore = ({ h, wechat }: WechatHouse, person: string): Promise<Answer> =>
  open(h, 'wechat:restore', { code: wechat.login(person) });

export const codeOf = ({ key, code }: Key, at: number): string => codeAt(fromBase64url(key), code, at);

/** A call signed as the mini-program signs. */
export async function called(h: TestHouse, key: Key, method: string, path: string, body?: unknown): Promise<Answer> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = signRequest(fromBase64url(key.key), key.phone, { method, path, body: text, at: h.clock.now });
  return h.call(method, path, body, { authorization: '', ...headers });
}

export const confirm = (h: TestHouse, key: Key): Promise<Answer> =>
  called(h, key, 'POST', `/v1/app/phones/${key.phone}/confirm`, { output: codeOf(key, h.clock.now) });

/** A mailbox bound to a person's WeChat; the step of that instant is spent. */
export async function bound(house: WechatHouse, person = 'wei', browser?: Browser): Promise<Key> {
  const { token } = await shownQr(browser ?? (await entered(house.h)));
  const joined = await scanToJoin(house, person, token);
  if (joined.status !== 201) throw new Error(JSON.stringify(joined.body));
  const done = await confirm(house.h, joined.body);
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  house.h.pass(60);
  return joined.body;
}

export async function answered(
  h: TestHouse,
  key: Key,
  sheet: { id: string; canonical: string },
  answer: Given,
  number?: string,
): Promise<Answer> {
  return called(h, key, 'POST', `/v1/app/approvals/${sheet.id}`, {
    answer,
    ...(number === undefined ? {} : { number }),
    signature: signAnswer(fromBase64url(key.key), key.phone, sheet.canonical, answer, number),
  });
}
