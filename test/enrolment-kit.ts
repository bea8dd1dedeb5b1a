// Phones and registrations for tests: what a person, an operator and a phone do with them, over HTTP, with the app's own crypto.
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import type { DemoMessage } from '../src/channels/demo-outbox.ts';
import type { Box } from '../src/web/app/pin/box.ts';
import type { Answer, TestHouse } from './kit.ts';
import { newPhone, type TestPhone } from './phone.ts';

export const PIN = '271828';
export const PORTAL = { id: 'portal' };

/** Logs an account in by SMS on the portal. */
export async function logIn(h: TestHouse, account: string): Promise<string> {
  const login = await h.call('POST', '/v1/logins', { account, client: PORTAL, firstFactor: 'verified' });
  await h.call('POST', `/v1/logins/${login.body.id}/send`, {});
  const done = await h.call('POST', `/v1/logins/${login.body.id}/verify`, { output: await h.smsCode() });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return login.body.id;
}

export interface Registration {
  readonly token: string;
  readonly code: string;
  readonly expiresAt: string;
}

/** A registration, asked for on the portal by the person, who is logged in by SMS. */
export async function register(h: TestHouse, account: string): Promise<Registration> {
  const login = await logIn(h, account);
  const made = await h.call('POST', `/v1/accounts/${account}/registration`, { client: PORTAL, login });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return { token: made.body.url.split('/s/')[1], code: made.body.activationCode, expiresAt: made.body.expiresAt };
}

/** A call by nobody in particular: the app before it is a phone of ours. */
export const open = (h: TestHouse, path: string, body: unknown): Promise<Answer> =>
  h.call('POST', `/v1/app/${path}`, body, { authorization: '' });

/** A call signed by a phone. */
export async function signed(
  h: TestHouse,
  phone: TestPhone,
  method: string,
  path: string,
  body?: unknown,
  at = h.clock.now,
): Promise<Answer> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = await phone.signRequest(method, path, text, at);
  return h.call(method, path, body, { authorization: '', ...headers });
}

/** Joins with a ticket, as a fresh phone. */
export async function join(
  h: TestHouse,
  ticket: object,
  name = 'Phone',
  kdfs?: readonly string[],
): Promise<{ readonly phone: TestPhone; readonly answer: Answer }> {
  const phone = await newPhone();
  const { signKey, boxKey } = phone;
  const answer = await open(h, 'phones', {
    ...ticket,
    name,
    platform: 'test',
    signKey,
    boxKey,
    ...(kdfs && { kdfs }),
  });
  if (answer.status === 201) phone.joined({ ...answer.body, phone: answer.body.phone });
  return { phone, answer };
}

/** The first phone of a registration, complete with its PIN. The step of that instant is spent. */
export async function firstPhone(h: TestHouse, ticket: string | object, pin = PIN, name = 'First'): Promise<TestPhone> {
  const { phone, answer } = await join(h, typeof ticket === 'string' ? { token: ticket } : ticket, name);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  await phone.makeStore(answer.body.box as Box, pin);
  const done = await signed(h, phone, 'POST', `/v1/app/phones/${phone.id}/pin`, {
    tag: await phone.tagOf(pin),
    output: await phone.codeFrom(pin, h.clock.now),
  });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return phone;
}

/** Synchronises a joined phone under a PIN; gives the answer to its proof, and keeps the key when it was right. */
export async function prove(h: TestHouse, phone: TestPhone, pin = PIN): Promise<Answer> {
  const path = `/v1/app/phones/${phone.id}/sync`;
  const begun = await signed(h, phone, 'POST', path, {});
  const { nonce } = begun.body;
  const given = await signed(h, phone, 'POST', path, { nonce, proof: await phone.proofOf(pin, nonce) });
  if (given.status === 200) await phone.makeStore(given.body.box as Box, pin);
  return given;
}

/** A further phone of a registration, complete. */
export async function furtherPhone(h: TestHouse, token: string, pin = PIN, name = 'Further'): Promise<TestPhone> {
  const { phone } = await join(h, { token }, name);
  const given = await prove(h, phone, pin);
  if (given.status !== 200) throw new Error(JSON.stringify(given.body));
  const done = await confirm(h, phone, pin);
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return phone;
}

export const confirm = async (h: TestHouse, phone: TestPhone, pin = PIN): Promise<Answer> =>
  signed(h, phone, 'POST', `/v1/app/phones/${phone.id}/confirm`, { output: await phone.codeFrom(pin, h.clock.now) });

/** A login on the portal that asks for a code; presents one. */
export async function logInBy(h: TestHouse, account: string, output: string): Promise<Answer> {
  const login = await h.call('POST', '/v1/logins', { account, client: PORTAL, firstFactor: 'verified' });
  if (login.status !== 201) return login;
  return h.call('POST', `/v1/logins/${login.body.id}/verify`, { output });
}

/** The newest registration mail. */
export async function registrationMail(h: TestHouse): Promise<DemoMessage> {
  const mail = (await h.outbox()).find((m) => m.channel === 'email' && CODE.test(m.text));
  if (mail === undefined) throw new Error('no registration was mailed');
  return mail;
}
const CODE = /(?<=[：:] ?)[0-9A-Z]{5}-[0-9A-Z]{5}/;

/** The activation code in it. */
export const mailedCode = async (h: TestHouse): Promise<string> =>
  CODE.exec((await registrationMail(h)).text)?.[0] ?? '';

/** What the QR in a PNG (base64) says. */
export function readQr(png: string): string {
  const image = PNG.sync.read(Buffer.from(png, 'base64'));
  return jsqr.default(new Uint8ClampedArray(image.data), image.width, image.height)?.data ?? '';
}
