// The mini-program's page itself, in miniprogram-simulate, against the real server: WeChat is a stand-in, and so are wx.request, wx.login and wx.scanCode.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { showWhen } from '../../miniprogram/lib/when.ts';
import { buildMiniProgram } from '../../scripts/miniprogram.ts';
import { finish, me, push, scan } from '../approval-kit.ts';
import type { TestHouse } from '../kit.ts';
import { simulator } from '../mini-simulator.ts';
import {
  aWechatHouse,
  codeOf,
  confirm,
  entered,
  type Key,
  MAILBOX,
  scanToJoin,
  shownQr,
  type WechatHouse,
} from '../wechat-kit.ts';

const { simulate, parent } = simulator();
const folder = mkdtempSync(join(tmpdir(), 'hufu-mini-'));
beforeAll(() => buildMiniProgram('https://hufu.test', folder));
afterAll(() => rmSync(folder, { recursive: true }));

interface Mini {
  readonly text: () => string;
  tap(name: string): void;
  open(query?: object): Promise<void>;
  /** The next thing WeChat's scanner sees. */
  sees: string;
  /** The person comes back to it. */
  show(): void;
  leave(): void;
}

const storage = new Map<string, unknown>();
/** Who waits for the server's next answer to an address. */
const heard = new Map<string, () => void>();
const asked = (path: string): Promise<void> => new Promise((resolve) => heard.set(path, resolve));
let running: Mini | undefined;
afterEach(() => {
  running?.leave();
  running = undefined;
  storage.clear();
  heard.clear();
  vi.unstubAllEnvs();
});

/** Opens the page as that person's WeChat, with what it keeps. */
async function aMini(house: WechatHouse, person = 'wei', language = 'en'): Promise<Mini> {
  const { h, wechat } = house;
  const state = { sees: '' };
  Object.assign((globalThis as unknown as { wx: object }).wx, {
    getAppBaseInfo: () => ({ language }),
    getStorage: (o: Ask) => (storage.has(o.key) ? o.success({ data: storage.get(o.key) }) : o.fail({ errMsg: 'none' })),
    setStorage: (o: Ask) => {
      storage.set(o.key, structuredClone(o.data));
      o.success({});
    },
    login: (o: Ask) => o.success({ code: wechat.login(person) }),
    scanCode: (o: Ask) => o.success({ result: state.sees }),
    request: (o: Ask) => void answer(h, o),
  });
  const component = simulate.render(simulate.load(join(folder, 'pages/home/home')));
  component.attach(parent());
  const mini: Mini = {
    text: () => component.dom.textContent.replace(/\s+/g, ' '),
    tap: (name) => component.querySelector(`.${name}`).dispatchEvent('tap'),
    open: (query) => component.instance.onLoad(query),
    get sees() {
      return state.sees;
    },
    set sees(text) {
      state.sees = text;
    },
    show: () => component.instance.onShow(),
    leave: () => {
      component.instance.onUnload();
      component.detach();
    },
  };
  running = mini;
  return mini;
}

interface Asking {
  readonly tmplIds: readonly string[];
  readonly success: (told: Readonly<Record<string, string>>) => void;
}

interface Ask {
  readonly key: string;
  readonly data?: unknown;
  readonly url: string;
  readonly method: string;
  readonly header: Record<string, string>;
  readonly success: (told: object) => void;
  readonly fail: (told: object) => void;
}

async function answer(h: TestHouse, { url, method, header, data, success, fail }: Ask): Promise<void> {
  if (!url.startsWith('https://hufu.test/')) return fail({ errMsg: 'not a domain of ours' });
  const response = await h.app.inject({
    method: method as 'GET',
    url: url.slice('https://hufu.test'.length),
    headers: header,
    ...(data === undefined ? {} : { payload: data as string }),
  });
  const isJson = String(response.headers['content-type']).includes('json');
  success({ statusCode: response.statusCode, data: isJson ? response.json() : response.body });
  // What the page does with it is done at the next turn.
  setImmediate(() => heard.get(url.slice('https://hufu.test'.length))?.());
}

async function shows(mini: Mini, text: RegExp | string): Promise<void> {
  await expect.poll(() => mini.text(), { interval: 20, timeout: 5000 }).toMatch(text);
}

/** Binds through the page: WeChat opened it with the QR. */
async function boundMini(house: WechatHouse, language = 'en'): Promise<Mini> {
  const { token } = await shownQr(await entered(house.h));
  const mini = await aMini(house, 'wei', language);
  await mini.open({ q: encodeURIComponent(`https://hufu.test/s/${token}`) });
  mini.tap('join');
  await shows(mini, /Linked|已绑定|已綁定/);
  mini.tap('done');
  house.h.pass(60);
  return mini;
}

/** A bound mini-program that has just scanned the QR of a login. */
async function atScannedLogin(
  house: WechatHouse,
): Promise<{ mini: Mini; browser: Awaited<ReturnType<typeof entered>> }> {
  house.h.clock.now = Date.now();
  const mini = await boundMini(house);
  const browser = await entered(house.h);
  mini.sees = `https://hufu.test/s/${await scan(browser)}`;
  mini.tap('scan');
  return { mini, browser };
}

/** A bound mini-program, and the QR by which another takes its place. */
async function changing(house: WechatHouse): Promise<{ mini: Mini; qr: { token: string; id: string } }> {
  const { h } = house;
  const mini = await boundMini(house);
  const browser = await entered(h);
  const [kept] = storage.get('hufu-accounts') as { key: string; phone: string; code: Key['code'] }[];
  const output = codeOf(kept as Key, h.clock.now);
  expect((await browser.call('POST', '/v1/me/login/verify', { output })).body.status).toBe('satisfied');
  const { items } = (await browser.call('GET', '/v1/me/methods')).body;
  const { id } = items.find((m: { type: string }) => m.type === 'wechat').items[0];
  return { mini, qr: await shownQr(browser, id) };
}

describe('the mini-program', () => {
  it.each([
    ['zh_CN', '绑定此账号？', '已绑定'],
    ['zh_HK', '綁定此帳戶？', '已綁定'],
    ['en', 'Link this account?', 'Linked'],
  ])('CM-2.1 opened by the QR (%s) it asks, binds, and shows six digits', async (language, asks, done) => {
    await using house = await aWechatHouse();
    house.h.clock.now = Date.now();
    const browser = await entered(house.h);
    const { token, id } = await shownQr(browser);
    const mini = await aMini(house, 'wei', language);
    await mini.open({ q: encodeURIComponent(`https://hufu.test/s/${token}`) });
    expect(mini.text()).toContain(asks);
    expect(mini.text()).toContain(MAILBOX);
    mini.tap('join');
    await shows(mini, done);
    expect((await browser.call('GET', `/v1/me/bindings/${id}`)).body.status).toBe('bound');
    mini.tap('done');
    await shows(mini, /\d{3} \d{3}/);
  });

  it('CM-3.2 a scanned login is shown, and let in with "this time only"', async () => {
    await using house = await aWechatHouse();
    const { mini, browser } = await atScannedLogin(house);
    await shows(mini, 'Somebody is signing in');
    expect(mini.text()).toContain('Test Browser');
    mini.tap('once');
    await shows(mini, 'Approved');
    expect((await finish(browser)).body.status).toBe('satisfied');
    expect((await me(browser)).status).toBe(200);
  });

  it('CM-3.2 CM-3.3 "approve and trust this device" reaches the page, which may then trust the browser', async () => {
    await using house = await aWechatHouse();
    const { mini, browser } = await atScannedLogin(house);
    await shows(mini, 'Approve and trust this device');
    mini.tap('trust');
    await shows(mini, 'Approved');
    expect((await finish(browser)).body).toMatchObject({ status: 'satisfied', trust: true });
  });

  it('CM-3.4 SCN-16 with no network the code is shown; what needs the server says that it cannot be reached', async () => {
    await using house = await aWechatHouse();
    house.h.clock.now = Date.now();
    const mini = await boundMini(house);
    const { wx } = globalThis as unknown as { wx: { request(o: Ask): void } };
    wx.request = (o) => o.fail({ errMsg: 'request:fail' });
    mini.sees = 'https://hufu.test/s/4T8K2MQ9ZB7XN1R5C3VY0HWJ6D';
    mini.tap('scan');
    await shows(mini, 'The server cannot be reached. Codes still work.');
    mini.tap('done');
    await shows(mini, /\d{3} \d{3}/);
    const [kept] = storage.get('hufu-accounts') as Key[];
    const near = [-60_000, 0, 60_000, 120_000].map((ms) => codeOf(kept as Key, Date.now() + ms));
    expect(near).toContain(/\d{3} \d{3}/.exec(mini.text())?.[0].replace(' ', ''));
  });

  it('CM-3.2 "it wasn\'t me" refuses and offers to sign out everywhere', async () => {
    await using house = await aWechatHouse();
    const { mini, browser } = await atScannedLogin(house);
    await shows(mini, 'Somebody is signing in');
    mini.tap('not-me');
    await shows(mini, 'Refused');
    expect((await finish(browser)).body.code).toBe('closed');
    mini.tap('secure');
    await shows(mini, 'Signed out everywhere');
  });

  it('CM-4.1 NF-1 a scan names the operation, where and when by the phone’s own clock; put aside it is neither agreed to nor refused', async () => {
    vi.stubEnv('TZ', 'Asia/Shanghai');
    await using house = await aWechatHouse();
    const { h } = house;
    h.clock.now = Date.now();
    const browser = await entered(h);
    const { token } = await shownQr(browser);
    const mini = await aMini(house);
    await mini.open({ q: encodeURIComponent(`https://hufu.test/s/${token}`) });
    mini.tap('join');
    await shows(mini, 'Linked');
    mini.tap('done');
    h.pass(700);
    const { items } = (await browser.call('GET', '/v1/me/methods')).body;
    const { id } = items.find((m: { type: string }) => m.type === 'wechat').items[0];
    await browser.call('POST', '/v1/me/challenges', { purpose: 'unbind', authenticator: id });
    mini.sees = `https://hufu.test/s/${await scan(browser)}`;
    mini.tap('scan');
    await shows(mini, /Remove WeChat.*Is this you\?/);
    const time = { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    const at = new Intl.DateTimeFormat('en', time).format(h.clock.now);
    expect(mini.text()).toContain(`Place unknown 127.0.0.1today ${at}`);
    mini.tap('cancel');
    await shows(mini, /\d{3} \d{3}/);
    expect((await finish(browser)).body.status).not.toBe('satisfied');
    expect((await browser.call('DELETE', `/v1/me/authenticators/${id}`)).body.code).toBe('proof-required');
    mini.tap('scan');
    await shows(mini, 'Remove WeChat');
    mini.tap('once');
    await shows(mini, 'Approved');
    expect(mini.text()).not.toContain('Remind me');
    expect((await finish(browser)).body.status).toBe('satisfied');
  });

  it('SCN-06 a request that was put aside does not come up again by itself', async () => {
    await using house = await aWechatHouse();
    house.h.clock.now = Date.now();
    const mini = await boundMini(house);
    const { number } = await push(await entered(house.h));
    mini.show();
    await shows(mini, 'Type the number on the page');
    mini.tap('cancel');
    await shows(mini, /\d{3} \d{3}/);
    const looked = asked('/v1/app/approvals');
    mini.show();
    await looked;
    expect(mini.text()).toMatch(/\d{3} \d{3}/);
    const { number: next } = await push(await entered(house.h));
    expect(next).not.toBe(number);
    mini.show();
    await shows(mini, 'Type the number on the page');
  });

  it('SCN-01 opened by a QR that was scanned an hour ago it says so, and does nothing with it', async () => {
    await using house = await aWechatHouse();
    house.h.clock.now = Date.now();
    const { token } = await shownQr(await entered(house.h));
    const mini = await aMini(house);
    const scanned = String(Math.floor(Date.now() / 1000) - 3600);
    await mini.open({ q: encodeURIComponent(`https://hufu.test/s/${token}`), scancode_time: scanned });
    expect(mini.text()).toContain('That code was scanned a while ago, and nothing was done.');
    mini.tap('done');
    await shows(mini, 'No account yet');
  });

  it('SCN-06 a reminder is offered after a login, where one can be sent; what came of it is said', async () => {
    await using house = await aWechatHouse();
    const { mini, browser } = await atScannedLogin(house);
    const { wx } = globalThis as unknown as { wx: { requestSubscribeMessage(o: Asking): void } };
    let answer = 'reject';
    wx.requestSubscribeMessage = ({ tmplIds, success }) => success({ [tmplIds[0] ?? '']: answer });
    await shows(mini, 'Somebody is signing in');
    mini.tap('once');
    await shows(mini, 'Remind me at the next sign-in');
    mini.tap('remind');
    expect(mini.text()).toContain('Approved');
    expect((await finish(browser)).body.status).toBe('satisfied');
    answer = 'accept';
    mini.tap('remind');
    await shows(mini, 'WeChat will remind you at the next sign-in.');
    expect(mini.text()).not.toContain('Remind me');
    // Nothing to do with a login, or nothing to send: nothing is offered.
    mini.tap('done');
    await shows(mini, /\d{3} \d{3}/);
    mini.sees = 'https://elsewhere.example/x';
    mini.tap('scan');
    await shows(mini, 'not one of our codes');
    expect(mini.text()).not.toContain('Remind me');
    mini.leave();
    storage.set(
      'hufu-accounts',
      (storage.get('hufu-accounts') as object[]).map((one) => ({ ...one, reminder: null })),
    );
    const without = await aMini(house);
    await without.open();
    const again = await entered(house.h);
    without.sees = `https://hufu.test/s/${await scan(again)}`;
    without.tap('scan');
    await shows(without, 'Somebody is signing in');
    without.tap('once');
    await shows(without, 'Approved');
    expect(without.text()).not.toContain('Remind me');
  });

  it.each([
    ['zh-CN', '今天 23:05', '11月19日 23:05'],
    ['zh-HK', '今日 23:05', '11月19日 23:05'],
    ['en', 'today 23:05', '19 Nov 23:05'],
  ] as const)('NF-1 what happened when, in %s, by the phone’s own zone', (locale, today, before) => {
    vi.stubEnv('TZ', 'Asia/Hong_Kong');
    const now = Date.UTC(2026, 10, 20, 15, 10);
    expect(showWhen('2026-11-20T15:05:00.000Z', now, locale)).toBe(today);
    expect(showWhen('2026-11-19T15:05:00.000Z', now, locale)).toBe(before);
  });

  it('CM-3.4 storage cleared: it asks, and is given its accounts back; the code logs in', async () => {
    await using house = await aWechatHouse();
    house.h.clock.now = Date.now();
    (await boundMini(house)).leave();
    storage.clear();
    const mini = await aMini(house);
    await mini.open();
    expect(mini.text()).toContain('No account yet');
    mini.tap('restore');
    await shows(mini, /\d{3} \d{3}/);
    const code = /\d{3} \d{3}/.exec(mini.text())?.[0] ?? '';
    const login = await entered(house.h);
    const done = await login.call('POST', '/v1/me/login/verify', { output: code });
    expect(done.body).toMatchObject({ status: 'satisfied' });
  });

  it('CM-4.1 unbinding warns first, and ends it on the server', async () => {
    await using house = await aWechatHouse();
    house.h.clock.now = Date.now();
    const mini = await boundMini(house);
    mini.tap('unbind');
    await shows(mini, 'Deleting the mini-program alone does not unlink it');
    mini.tap('do-unbind');
    await shows(mini, 'Unlinked');
    expect((await house.h.audit()).some(({ event }) => event === 'phone.revoked')).toBe(true);
  });

  it('CM-4.2 changed to another WeChat: the one before says so when it is opened, and shows its worthless codes no more', async () => {
    await using house = await aWechatHouse();
    house.h.clock.now = Date.now();
    const { mini, qr } = await changing(house);
    const joined = await scanToJoin(house, 'wei-new', qr.token);
    mini.show();
    await expect.poll(() => mini.text()).toMatch(/\d{3} \d{3}/);
    expect((await confirm(house.h, joined.body)).status).toBe(200);
    mini.show();
    await shows(mini, `gone from here: ${MAILBOX}`);
    mini.tap('done');
    await shows(mini, 'No account yet');
    expect(storage.get('hufu-accounts')).toEqual([]);
  });

  it('CM-4.2 changed within the same WeChat: the account is there once, and its code logs in', async () => {
    await using house = await aWechatHouse();
    house.h.clock.now = Date.now();
    const { mini, qr } = await changing(house);
    mini.sees = `https://hufu.test/s/${qr.token}`;
    mini.tap('scan');
    await shows(mini, 'Link this account?');
    mini.tap('join');
    await shows(mini, 'Linked');
    mini.tap('done');
    await shows(mini, /\d{3} \d{3}/);
    expect(mini.text().match(/\d{3} \d{3}/g)).toHaveLength(1);
    expect(storage.get('hufu-accounts')).toHaveLength(1);
  });

  it('a QR of another site is named as such, and nothing is asked of anyone', async () => {
    await using house = await aWechatHouse();
    const mini = await aMini(house);
    await mini.open();
    mini.sees = 'https://hufu.test.evil.example/s/4T8K2MQ9ZB7XN1R5C3VY0HWJ6D';
    mini.tap('scan');
    await shows(mini, 'not one of our codes');
  });
});
