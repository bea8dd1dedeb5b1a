// The flows' cryptography port over node:crypto: hashes, signatures of phones (ECDSA P-256, RFC 6979 or not) and secrets sealed to a phone's own key.
import {
  createCipheriv,
  createECDH,
  createHash,
  createHmac,
  createPublicKey,
  createSecretKey,
  ECDH,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import type { Crypto } from './core/crypto.ts';

const POINT_BYTES = 65;

function fromBase64url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

/** The public key of an SPKI, only when it is ECDSA's on P-256. */
function signKeyOf(spki: string): KeyObject | undefined {
  const der = fromBase64url(spki);
  if (der === undefined || der.length > 200) return undefined;
  try {
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
  } catch {
    return undefined;
  }
}

export const crypto: Crypto = {
  hash: (text) => createHash('sha256').update(text, 'utf8').digest('base64url'),
  mac: (key, message) => createHmac('sha256', createSecretKey(key)).update(message).digest(),
  sameBytes: (a, b) => a.length === b.length && timingSafeEqual(a, b),
  toBase64url: (bytes) => Buffer.from(bytes).toString('base64url'),
  fromBase64url,
  isSignKey: (spki) => signKeyOf(spki) !== undefined,
  isBoxKey(point) {
    const bytes = fromBase64url(point);
    if (bytes?.length !== POINT_BYTES || bytes[0] !== 4) return false;
    try {
      // Throws unless the point lies on the curve.
      ECDH.convertKey(Buffer.from(bytes), 'prime256v1');
      return true;
    } catch {
      return false;
    }
  },
  isSigned(spki, text, signature) {
    const key = signKeyOf(spki);
    const bytes = fromBase64url(signature);
    if (key === undefined || bytes?.length !== 64) return false;
    return verify('sha256', Buffer.from(text, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }, bytes);
  },
  box(boxKey, phoneId, secret) {
    const ephemeral = createECDH('prime256v1');
    const ephemeralKey = ephemeral.generateKeys();
    const shared = ephemeral.computeSecret(Buffer.from(boxKey, 'base64url'));
    const key = Buffer.from(hkdfSync('sha256', shared, Buffer.from(phoneId, 'utf8'), 'hufu/box/v1', 32));
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    cipher.setAAD(Buffer.from(phoneId, 'utf8'));
    const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
    shared.fill(0);
    key.fill(0);
    return {
      ephemeralKey: ephemeralKey.toString('base64url'),
      iv: iv.toString('base64url'),
      sealed: sealed.toString('base64url'),
    };
  },
};
