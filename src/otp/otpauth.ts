// The otpauth:// key URI that authenticator apps scan (Google's "Key Uri Format"; there is no RFC).
// Written for the strictest reader of each kind: the issuer stands in the label and in the parameter, equal, because
// Microsoft's app reads only the label; a space is %20, because some show `+` as it is; nothing is left to defaults.
// An issuer may not hold a ':' because readers split the label at the first one, before or after decoding. In an account
// it is written %3A: behind the first ':' it does no harm.

import { decodeBase32, encodeBase32 } from './base32.ts';
import type { Digits, HashAlgorithm } from './hotp.ts';

export interface OtpauthKey {
  /** Shown by the app above the code: who asks. Never holds ':'. May be '' in a URI from elsewhere. */
  readonly issuer: string;
  /** Shown by the app beside the code: which account. */
  readonly account: string;
  readonly secret: Uint8Array;
  readonly algorithm: HashAlgorithm;
  readonly digits: Digits;
  readonly periodSeconds: number;
}

/** A URI longer than this is no longer a QR code that phones read. */
const longest = 2048;

/**
 * The URI for a TOTP key. Third-party apps follow only SHA1, 6 digits, 30 seconds for sure.
 * Throws a RangeError, which never holds the secret, for an empty secret, issuer or account, a ':' in the issuer,
 * control characters, and text that is not well-formed UTF-16.
 */
export function buildOtpauthUri(key: OtpauthKey): string {
  const issuer = label('issuer', key.issuer);
  const account = label('account', key.account);
  if (issuer === '' || account === '') throw new RangeError('otpauth: issuer and account must not be empty');
  if (issuer.includes(':')) throw new RangeError("otpauth: an issuer must not hold ':', readers split the label there");
  if (key.secret.length === 0) throw new RangeError('otpauth: the secret is empty');
  const parameters = [
    `secret=${encodeBase32(key.secret)}`,
    `issuer=${percentEncode(issuer)}`,
    `algorithm=${algorithmOf(key.algorithm)}`,
    `digits=${digitsOf(String(key.digits))}`,
    `period=${periodOf(String(key.periodSeconds))}`,
  ];
  return `otpauth://totp/${percentEncode(issuer)}:${percentEncode(account)}?${parameters.join('&')}`;
}

/**
 * The key in a TOTP URI, ours or another's. What is absent has the format's defaults (SHA1, 6, 30); unknown parameters
 * (`image` …) are ignored; `+` is a plus. Throws a RangeError, which never holds the URI or the secret, for everything
 * else: another scheme or type, a repeated or malformed parameter, no secret, an issuer that contradicts the label.
 */
export function parseOtpauthUri(uri: string): OtpauthKey {
  if (uri.length > longest) throw new RangeError(`otpauth: longer than ${longest} characters`);
  const parts = /^otpauth:\/\/([^/?#]*)\/([^?#]*)\?([^#]*)$/i.exec(uri);
  if (parts === null) throw new RangeError('otpauth: not an otpauth://totp/label?parameters URI');
  const [type, rawLabel, query] = parts.slice(1) as [string, string, string];
  if (type.toLowerCase() !== 'totp') throw new RangeError('otpauth: only the type totp is supported');

  const parameters = readParameters(query);
  const secret = parameters.get('secret');
  if (secret === undefined || secret === '') throw new RangeError('otpauth: there is no secret');
  const names = splitLabel(label('label', percentDecode(rawLabel, 'label')));
  const issuer = label('issuer', parameters.get('issuer') ?? '');
  if (issuer !== '' && names.issuer !== '' && issuer !== names.issuer) {
    throw new RangeError('otpauth: the issuer parameter and the label name different issuers');
  }
  if (issuer.includes(':')) throw new RangeError("otpauth: an issuer must not hold ':'");
  if (names.account === '') throw new RangeError('otpauth: the label names no account');
  return {
    issuer: issuer === '' ? names.issuer : issuer,
    account: names.account,
    secret: decodeBase32(secret),
    algorithm: algorithmOf(parameters.get('algorithm') ?? 'SHA1'),
    digits: digitsOf(parameters.get('digits') ?? '6'),
    periodSeconds: periodOf(parameters.get('period') ?? '30'),
  };
}

function readParameters(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new RangeError('otpauth: a parameter is written name=value');
    const name = pair.slice(0, equals).toLowerCase();
    // The name is not echoed: in a mangled URI it may be a piece of the secret.
    if (parameters.has(name)) throw new RangeError('otpauth: a parameter is repeated');
    parameters.set(name, percentDecode(pair.slice(equals + 1), 'parameter'));
  }
  return parameters;
}

function splitLabel(text: string): { issuer: string; account: string } {
  const colon = text.indexOf(':');
  if (colon < 0) return { issuer: '', account: text };
  return { issuer: text.slice(0, colon).trim(), account: text.slice(colon + 1).trim() };
}

/** A name as apps show it: no white space around, nothing invisible that could break a line or hide a word. */
function label(what: string, text: string): string {
  if (!text.isWellFormed()) throw new RangeError(`otpauth: the ${what} is not well-formed Unicode`);
  if (/\p{Cc}/u.test(text)) throw new RangeError(`otpauth: the ${what} holds control characters`);
  return text.trim();
}

/** RFC 3986 §2.3: everything but the unreserved characters. encodeURIComponent leaves five more. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function percentDecode(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new RangeError(`otpauth: the ${what} is not percent-encoded UTF-8`, { cause });
  }
}

function algorithmOf(text: string): HashAlgorithm {
  const name = text.toUpperCase();
  if (name === 'SHA1' || name === 'SHA256' || name === 'SHA512') return name;
  throw new RangeError('otpauth: the algorithm is not SHA1, SHA256 or SHA512');
}

function digitsOf(text: string): Digits {
  if (text === '6') return 6;
  if (text === '7') return 7;
  if (text === '8') return 8;
  throw new RangeError('otpauth: digits are 6, 7 or 8');
}

function periodOf(text: string): number {
  if (/^[1-9][0-9]{0,3}$/.test(text)) return Number(text);
  throw new RangeError('otpauth: the period is 1 to 9999 whole seconds');
}
