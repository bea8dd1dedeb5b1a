// Calls to the server by wx.request, signed where a phone calls. The server's time is what counts: it is learned from its replies.
import { fromBase64url } from './bytes.ts';
import { type Answer, codeAt, signAnswer, signRequest } from './keys.ts';
import type { Kept } from './store.ts';

declare const HUFU_BASE_URL: string;
export const BASE_URL: string = HUFU_BASE_URL;

export interface Reply {
  /** 0 when the server could not be reached. */
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface Sheet {
  readonly id: string;
  readonly purpose: string;
  readonly tenant: { readonly name: string };
  readonly account: string;
  readonly client: string;
  readonly browser: string;
  readonly ip: string;
  readonly place: string | null;
  readonly at: string;
  readonly needsNumber: boolean;
  readonly mayTrust: boolean;
  readonly canonical: string;
}

let offset = 0;

/** The server's time as far as it is known, ms. */
export const serverNow = (): number => Date.now() + offset;

const heard = (instant: unknown): void => {
  const at = typeof instant === 'string' ? Date.parse(instant) : Number.NaN;
  if (!Number.isNaN(at)) offset = at - Date.now();
};

const send = (method: 'GET' | 'POST' | 'DELETE', path: string, body: string, header: object): Promise<Reply> =>
  new Promise((resolve) =>
    wx.request({
      url: BASE_URL + path,
      method,
      header: { 'content-type': 'application/json', ...header },
      ...(body === '' ? {} : { data: body }),
      success: ({ statusCode, data }) => {
        const told = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
        const [first] = (told['items'] as { serverTime?: unknown }[] | undefined) ?? [];
        heard(told['serverTime'] ?? first?.serverTime);
        resolve({ status: statusCode, body: told });
      },
      fail: () => resolve({ status: 0, body: {} }),
    }),
  );

const textOf = (body: object | undefined): string => (body === undefined ? '' : JSON.stringify(body));

/** A call by nobody in particular. */
export const open = (path: string, body: object, language: string): Promise<Reply> =>
  send('POST', path, textOf(body), { 'accept-language': language });

/** A call signed by an account's phone; once again when the clock was off. */
export async function signed(
  kept: Kept,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  language: string,
  body?: object,
): Promise<Reply> {
  const text = textOf(body);
  const once = (): Promise<Reply> =>
    send(method, path, text, {
      'accept-language': language,
      ...signRequest(fromBase64url(kept.key), kept.phone, { method, path, body: text, at: serverNow() }),
    });
  const reply = await once();
  return reply.body['code'] === 'clock-off' ? once() : reply;
}

/** A fresh code of wx.login; rejects when WeChat gives none. */
export const loginCode = (): Promise<string> =>
  new Promise((resolve, reject) =>
    wx.login({ success: ({ code }) => resolve(code), fail: ({ errMsg }) => reject(new Error(errMsg)) }),
  );

/** The account in a reply of joining or restoring. */
export const keptFrom = (body: Record<string, unknown>): Kept => ({
  phone: String(body['phone']),
  account: String(body['account']),
  tenant: (body['tenant'] as { name?: string } | undefined)?.name ?? '',
  key: String(body['key']),
  code: body['code'] as Kept['code'],
  reminder: typeof body['reminder'] === 'string' ? body['reminder'] : null,
});

/** The account's code now. */
export const codeNow = (kept: Kept): string => codeAt(fromBase64url(kept.key), kept.code, serverNow());

/** Answers a sheet. */
export const answer = (kept: Kept, sheet: Sheet, given: Answer, language: string, number?: string): Promise<Reply> =>
  signed(kept, 'POST', `/v1/app/approvals/${sheet.id}`, language, {
    answer: given,
    ...(number === undefined ? {} : { number }),
    signature: signAnswer(fromBase64url(kept.key), kept.phone, sheet.canonical, given, number),
  });

/** The token of one of our QRs, or null for anything else. WeChat gives the address of a QR it opened us with encoded once. */
export function tokenIn(text: string): string | null {
  const prefix = `${BASE_URL}/s/`;
  const token = text.startsWith(prefix) ? text.slice(prefix.length).replace(/\/$/, '') : '';
  return /^[0-9A-Za-z]{26}$/.test(token) ? token : null;
}
