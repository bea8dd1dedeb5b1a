// Whether a phone signed a text. The app signs with a key that never leaves the phone (ECDSA P-256). A mini-program can make no such key: it shows that
// it knows the secret it was bound with, by HMAC-SHA-256 under a key made of it (HKDF-SHA-256, RFC 5869). Both sign the same texts.
import { isWechat, type StoredPhone } from '../../core/enrolment/enrolment.ts';
import type { Ports } from '../../core/ports.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The key a mini-program signs under: HKDF-SHA-256 of its secret, salt the phone's id, one block long. */
export function hmacKey({ crypto }: Pick<Ports, 'crypto'>, secret: Uint8Array, phoneId: string): Uint8Array {
  const pseudoRandom = crypto.mac(utf8(phoneId), secret);
  const key = crypto.mac(pseudoRandom, utf8('hufu/wechat-sign/v1\u0001'));
  pseudoRandom.fill(0);
  return key;
}

/** Whether the signature (base64url) over a text is the phone's. A phone without a secret has signed nothing. */
export async function isSignedBy(ports: Ports, phone: StoredPhone, text: string, signature: string): Promise<boolean> {
  if (!isWechat(phone)) return ports.crypto.isSigned(phone.signKey, text, signature);
  const given = ports.crypto.fromBase64url(signature);
  const secret = given?.length === 32 ? await ports.enrolment.secretOf(phone) : undefined;
  if (given === undefined || secret === undefined) return false;
  const key = hmacKey(ports, secret, phone.id);
  secret.fill(0);
  const right = ports.crypto.mac(key, utf8(text));
  key.fill(0);
  return ports.crypto.sameBytes(right, given);
}
