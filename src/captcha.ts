// A proof of work before the password is looked at (ALTCHA, v1 format): no picture, no puzzle, nobody shut out. The key comes from the key file, so
// every node checks what another one made. What was solved is spent by whoever calls, once (core/portal).
import type { KeyObject } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib/v1';
import type { Captcha } from './core/portal/captcha.ts';
import { derivedKey } from './nonce.ts';

/** Seconds in which a challenge may be solved. */
const LIFE_SECONDS = 600;
/** Hashes to try at most: half of them on average, well under a second on a phone. */
const MOST = 50_000;

interface Keys {
  current(): { readonly id: string; readonly key: KeyObject };
  get(id: string): KeyObject;
}

/** Captchas under a key of the file; one made under a retired key is refused, and the page asks for another. */
export function captchas(file: Keys): Captcha {
  const keyOf = (key: KeyObject, tenantId: string): string =>
    derivedKey(key, 'hufu/captcha/v1', tenantId).toString('base64url');
  return {
    async challenge(tenantId, now) {
      const { id, key } = file.current();
      const { algorithm, challenge, salt, signature } = await createChallenge({
        algorithm: 'SHA-256',
        hmacKey: keyOf(key, tenantId),
        maxnumber: MOST,
        params: { key: id },
        expires: new Date(now + LIFE_SECONDS * 1000),
      });
      return { algorithm: algorithm as 'SHA-256', challenge, salt, signature, maxnumber: MOST };
    },
    async solved(tenantId, payload, now) {
      const given = read(payload);
      if (given === undefined) return undefined;
      const params = new URLSearchParams(given.salt.split('?')[1] ?? '');
      const expiresAt = Number(params.get('expires')) * 1000;
      if (!(expiresAt > now) || expiresAt > now + 2 * LIFE_SECONDS * 1000) return undefined;
      let key: KeyObject;
      try {
        key = file.get(params.get('key') ?? '');
      } catch {
        return undefined;
      }
      const isRight = await verifySolution({ ...given, algorithm: 'SHA-256' }, keyOf(key, tenantId), false);
      return isRight ? { id: given.challenge, expiresAt } : undefined;
    },
  };
}

/** The payload a page sends: base64 of JSON. Anything else is undefined. */
function read(
  payload: string,
):
  | { readonly challenge: string; readonly salt: string; readonly signature: string; readonly number: number }
  | undefined {
  let given: unknown;
  try {
    given = JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof given !== 'object' || given === null) return undefined;
  const { algorithm, challenge, salt, signature, number } = given as Record<string, unknown>;
  const isWhole = typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 && number <= MOST;
  return algorithm === 'SHA-256' &&
    typeof challenge === 'string' &&
    /^[0-9a-f]{64}$/.test(challenge) &&
    typeof salt === 'string' &&
    typeof signature === 'string' &&
    isWhole
    ? { challenge, salt, signature, number }
    : undefined;
}
