// How the server hands K to this phone and to nobody else: sealed to the phone's own P-256 key.
// ECDH (ephemeral × box key), HKDF-SHA-256(salt = phone id, info "hufu/box/v1"), AES-256-GCM with the phone id as AAD.
import { type Bytes, fromBase64Url, utf8, wipe } from './bytes.ts';

/** A WebCrypto key; the types of browsers and of Node name it differently. */
export type DeviceKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** As it comes over the wire: all base64url. `ephemeralKey` is an uncompressed point, `sealed` ends with the tag. */
export interface Box {
  readonly ephemeralKey: string;
  readonly iv: string;
  readonly sealed: string;
}

/** K, 32 bytes, which the caller wipes. Throws when the box was not made for this phone. */
export async function openBox(box: Box, boxKey: DeviceKey, phone: string): Promise<Bytes> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const theirs = await crypto.subtle.importKey('raw', fromBase64Url(box.ephemeralKey), curve, false, []);
  const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, boxKey, 256));
  const seed = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  wipe(shared);
  const derive = { name: 'HKDF', hash: 'SHA-256', salt: utf8(phone), info: utf8('hufu/box/v1') };
  const key = await crypto.subtle.deriveKey(derive, seed, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
  const how = { name: 'AES-GCM', iv: fromBase64Url(box.iv), additionalData: utf8(phone) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, fromBase64Url(box.sealed)));
}
