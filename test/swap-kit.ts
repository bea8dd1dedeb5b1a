// A session thief who changes its owner's methods, and the owner who takes it back by the code in the notice.
import { type Answer, aHouse, codeOf, type TestHouse, type TestOptions } from './kit.ts';
import { MAIN_PASSWORD } from './mail-kit.ts';
import { aBrowser, type Browser, bindInPortal } from './portal-kit.ts';

/** Whose methods somebody changes. */
export const WEI = 'wei@lark.example';
const DAY = 24 * 3600;

/** An owner whose first method is older than any objection, and somebody in their session. */
export async function aSwap(options: TestOptions = { preset: 'mail' }) {
  const h = await aHouse(options);
  await h.account(WEI, { password: MAIN_PASSWORD, email: 'wei@home.example' });
  const owner = aBrowser(h);
  await owner.login(WEI, MAIN_PASSWORD);
  const a = await bindInPortal(h, owner);
  h.pass(7 * DAY);
  const thief = await enter(h, a.uri);
  return { h, a, thief };
}

/** Logs in by password and authenticator. */
export async function enter(h: TestHouse, uri: string): Promise<Browser> {
  h.pass(60);
  const b = aBrowser(h);
  await b.login(WEI, MAIN_PASSWORD);
  const done = await b.call('POST', '/v1/me/login/verify', { output: codeOf(uri, h.clock.now) });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return b;
}
export const worksAtLogin = (h: TestHouse, uri: string): Promise<boolean> =>
  enter(h, uri).then(
    () => true,
    () => false,
  );

export async function stepUp(h: TestHouse, b: Browser, purpose: 'change' | 'unbind', uri: string): Promise<void> {
  h.pass(60);
  await b.call('POST', '/v1/me/challenges', { purpose });
  const done = await b.call('POST', '/v1/me/login/verify', { output: codeOf(uri, h.clock.now) });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
}
/** Another authenticator app in the place of one. */
export async function swap(h: TestHouse, b: Browser, from: { id: string; uri: string }, seconds = 60) {
  await stepUp(h, b, 'change', from.uri);
  const started = await b.call('POST', '/v1/me/bindings', { type: 'totp', replaces: from.id });
  if (started.status !== 201) throw new Error(JSON.stringify(started.body));
  h.pass(seconds);
  const { id, uri } = started.body;
  const done = await b.call('POST', `/v1/me/bindings/${id}/confirm`, { output: codeOf(uri, h.clock.now) });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return { id, uri } as { id: string; uri: string };
}
export const CODE = /(?:否决码|否決碼|[Ss]top code) ([0-9A-Z]{5}-[0-9A-Z]{5})/;
/** The codes in mails and messages so far, newest first, each once. */
export const codes = async (h: TestHouse): Promise<readonly string[]> => [
  ...new Set((await h.outbox()).flatMap((m) => CODE.exec(m.text)?.[1] ?? [])),
];
export const newest = async (h: TestHouse): Promise<string> => (await codes(h))[0] ?? 'none';
export const object = (h: TestHouse, code: string): Promise<Answer> =>
  h.call('POST', '/v1/objections', { account: WEI, code });
export const methods = async (h: TestHouse): Promise<readonly string[]> =>
  (await h.call('GET', `/v1/accounts/${WEI}`)).body.authenticators
    .filter((one: { type: string }) => !['sms'].includes(one.type))
    .map((one: { id: string }) => one.id)
    .sort();
