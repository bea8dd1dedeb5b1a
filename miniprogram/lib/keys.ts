// What a mini-program does with its secret: codes (RFC 6238, HMAC-SHA-256) and signatures by HMAC-SHA-256 under a key made of it (HKDF, RFC 5869). There is no
// Web Crypto here, so both come from @noble/hashes. The texts that are signed are those of the app, byte for byte.
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Digits, hotp } from '../../src/otp/hotp.ts';
import { toBase64url, utf8 } from './bytes.ts';

export type Answer = 'approve' | 'approve-trust' | 'deny';

export interface Codes {
  readonly digits: number;
  readonly periodSeconds: number;
}

const hmacSha256 = (_algorithm: string, key: Uint8Array, message: Uint8Array): Uint8Array => hmac(sha256, key, message);

/** The code of an instant (ms by the server's clock). */
export const codeAt = (secret: Uint8Array, { digits, periodSeconds }: Codes, at: number): string =>
  hotp(secret, Math.floor(at / 1000 / periodSeconds), { algorithm: 'SHA256', digits: digits as Digits }, hmacSha256);

/** Seconds until the code changes. */
export const secondsLeft = ({ periodSeconds }: Codes, at: number): number =>
  periodSeconds - (Math.floor(at / 1000) % periodSeconds);

function sign(secret: Uint8Array, phone: string, text: string): string {
  const key = hkdf(sha256, secret, utf8(phone), utf8('hufu/wechat-sign/v1'), 32);
  const signature = toBase64url(hmac(sha256, key, utf8(text)));
  key.fill(0);
  return signature;
}

/** The headers that prove a request; `path` with its query, `body` the very text that is sent, `at` ms by the server's clock. */
export function signRequest(
  secret: Uint8Array,
  phone: string,
  request: { readonly method: string; readonly path: string; readonly body: string; readonly at: number },
): Record<string, string> {
  const time = String(Math.round(request.at));
  const digest = toBase64url(sha256(utf8(request.body)));
  const text = ['hufu/request/v1', request.method, request.path, time, digest].join('\n');
  return { 'Hufu-Phone': phone, 'Hufu-Time': time, 'Hufu-Signature': sign(secret, phone, text) };
}

/** The signature of an answer: the server's own text, the answer, and the number that was typed. */
export const signAnswer = (
  secret: Uint8Array,
  phone: string,
  canonical: string,
  answer: Answer,
  number?: string,
): string => sign(secret, phone, `${canonical}\n${answer}\n${number ?? ''}`);

/** How a QR names a phone to itself alone (POST /v1/app/approvals:look). */
export function markOf(token: string, phone: string): string {
  const scanned = toBase64url(sha256(utf8(`hufu/scan/v1\0${token}`)));
  return toBase64url(sha256(utf8(`hufu/look/v1\n${scanned}\n${phone}`)));
}
