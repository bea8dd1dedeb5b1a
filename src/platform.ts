// What the flows' ports need of Node and of libraries: keyed hashes, passwords, phone numbers, QR pictures.
import {
  createHmac,
  createPublicKey,
  createSecretKey,
  hash as digest,
  randomBytes,
  timingSafeEqual,
  verify as verifySignature,
} from 'node:crypto';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import type * as Numbers from 'libphonenumber-js/min';
import type { Mac } from './authenticators/mac.ts';
import type { SignatureCheck } from './authenticators/passkey/signature.ts';
import type { Passwords } from './core/ports.ts';
import type { Tokens } from './core/session/tokens.ts';

export const mac: Mac = {
  hmac: (algorithm, key, message) => createHmac(algorithm.toLowerCase(), createSecretKey(key)).update(message).digest(),
  sameText(a, b) {
    const one = Buffer.from(a, 'utf8');
    const other = Buffer.from(b, 'utf8');
    return one.length === other.length && timingSafeEqual(one, other);
  },
};

// OWASP's second recommendation: 19 MiB, two passes, one lane.
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// The hash of a random password nobody has: compared with where there is none, so that an unknown account takes as long as a known one.
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$qBQY+yI0Gyrno887XiKvnw$PaJJbs3rOE5X0KIGfq60OPRnqiKpPmRVWDW+3a1BUF8';

/** Argon2id, at most as many at once as there are cores: more would stall everything else that uses the thread pool. */
export function passwords(): Passwords {
  const free = { slots: Math.max(1, availableParallelism() - 1) };
  const queue: (() => void)[] = [];
  const limited = async <T>(work: () => Promise<T>): Promise<T> => {
    if (free.slots > 0) free.slots--;
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) free.slots++;
      else next();
    }
  };
  return {
    hash: (password) => limited(() => hash(password.normalize('NFC'), ARGON2ID)),
    async verify(stored, password) {
      const against = stored ?? NOBODY;
      const isRight = await limited(() => verify(against, password.normalize('NFC')));
      return isRight && stored !== null;
    },
  };
}

const hashOf = (token: string): string => digest('sha256', token, 'base64url');

/** Tokens for browsers: base64url, 43 characters. */
export const tokens: Tokens = {
  fresh() {
    const token = randomBytes(32).toString('base64url');
    return { token, hash: hashOf(token) };
  },
  hash: hashOf,
};

/** The plans of all countries, read with the first number: half a megabyte that a start need not wait for. */
const numbers = (): typeof Numbers => createRequire(import.meta.url)('libphonenumber-js/min') as typeof Numbers;

/** E.164, or undefined. */
export function phoneNumber(typed: string, country: string): string | undefined {
  const parsed = numbers().parsePhoneNumberFromString(typed.normalize('NFKC'), country as 'HK');
  return parsed?.isValid() ? parsed.number : undefined;
}

export function reaches(phone: string, countries: readonly string[]): boolean {
  const country = numbers().parsePhoneNumberFromString(phone)?.country;
  return country !== undefined && countries.includes(country);
}

/** A text as QR: PNG data URI (for <img> and scanners) and SVG markup. Level M, quiet zone of four modules (ISO/IEC 18004). */
export async function qr(text: string): Promise<{ png: string; svg: string }> {
  // Loaded with the first picture: most houses draw few.
  const { default: QRCode } = await import('qrcode');
  const options = { errorCorrectionLevel: 'M', margin: 4 } as const;
  const [png, svg] = await Promise.all([
    QRCode.toDataURL(text, { ...options, scale: 6 }),
    QRCode.toString(text, { ...options, type: 'svg' }),
  ]);
  return { png, svg };
}

/** Hashes of the COSE algorithms we take; Ed25519 has its own. */
const COSE_HASH: Readonly<Record<number, string | null>> = { [-7]: 'sha256', [-8]: null, [-257]: 'sha256' };

export const signatures: SignatureCheck = {
  bytes(text) {
    if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new TypeError('not base64url');
    return Uint8Array.from(Buffer.from(text, 'base64url'));
  },
  text: (bytes) => Buffer.from(bytes).toString('base64url'),
  sha256: (bytes) => Uint8Array.from(digest('sha256', bytes, 'buffer')),
  verify(key, alg, data, signature) {
    const hashed = COSE_HASH[alg];
    return hashed !== undefined && verifySignature(hashed, data, createPublicKey({ key, format: 'jwk' }), signature);
  },
};
