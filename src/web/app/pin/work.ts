// What is done with M, from the moment it exists until it is wiped. Runs inside the worker (pin.worker.ts) and nowhere
// else in the app, so that no PIN, M, mask or K is ever on the page; the worker is ended after use and its memory with it.
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Box, type DeviceKey, openBox } from './box.ts';
import { type Bytes, utf8, wipe, zeroJoined } from './bytes.ts';
import { codeFrom, masked, type Place, proofOf, tagOf } from './pin.ts';
import { type Kdf, stretch } from './stretch.ts';

/** M, sealed under a key that only the phone's fingerprint or face gives (WebAuthn PRF). */
export interface Wrapped {
  readonly iv: Bytes;
  readonly sealed: Bytes;
}

/** Where M comes from. */
export type Source =
  | { readonly from: 'pin'; readonly pin: Bytes; readonly salt: Bytes; readonly kdf: Kdf }
  | { readonly from: 'prf'; readonly prf: Bytes; readonly wrapped: Wrapped; readonly place: Place };

/** What is asked of M. Each answer holds only what may leave. */
export type Act =
  | { readonly act: 'code'; readonly store: Bytes; readonly place: Place; readonly at: number }
  | { readonly act: 'set'; readonly box: Box; readonly boxKey: DeviceKey; readonly place: Place; readonly at: number }
  | { readonly act: 'proof'; readonly nonce: Bytes; readonly place: Place }
  | {
      readonly act: 'change';
      readonly store: Bytes;
      readonly pin: Bytes;
      readonly kdf: Kdf;
      readonly box: Box;
      readonly boxKey: DeviceKey;
      readonly place: Place;
      readonly at: number;
    }
  | { readonly act: 'wrap'; readonly prf: Bytes; readonly place: Place };

/** The answers, by act (the page wipes a tag once it is sent): `code` six digits; `store` C; `tag` T for the server's sealed keeping; `proof` for its nonce; `first` a code of the new C. */
export interface Done {
  readonly code?: string;
  readonly first?: string;
  readonly store?: Bytes;
  readonly tag?: Bytes;
  readonly proof?: Bytes;
  readonly wrapped?: Wrapped;
}

/** M from its source. Wipes the PIN or the PRF's output it was given. Throws when the PRF key does not fit. */
export async function open(source: Source): Promise<Bytes> {
  if (source.from === 'pin') {
    const m = await stretch(source.pin, source.salt, source.kdf);
    wipe(source.pin);
    return m;
  }
  const key = await wrappingKey(source.prf, source.place);
  const how = { name: 'AES-GCM', iv: source.wrapped.iv, additionalData: utf8(source.place.phone) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, source.wrapped.sealed));
}

/** Does one thing with M. Everything secret made on the way is wiped; M itself stays the caller's to wipe. */
export async function perform(m: Bytes, act: Act): Promise<Done> {
  switch (act.act) {
    case 'code':
      return { code: codeFrom(act.store, m, act.place, act.at) };
    case 'set':
      return cover(m, act.box, act.boxKey, act.place, act.at);
    case 'proof': {
      const tag = tagOf(m, act.place);
      const proof = proofOf(tag, act.nonce, act.place);
      wipe(tag);
      return { proof };
    }
    case 'change': {
      // The old PIN's code goes with it: the server lets nothing change before that is right. The new PIN covers a new K:
      // two C of one K, side by side on a stolen phone, would betray both PINs.
      const code = codeFrom(act.store, m, act.place, act.at);
      const next = await open({ from: 'pin', pin: act.pin, salt: act.place.salt, kdf: act.kdf });
      const done = await cover(next, act.box, act.boxKey, act.place, act.at);
      wipe(next);
      return { code, store: done.store, tag: done.tag, first: done.code };
    }
    case 'wrap': {
      const key = await wrappingKey(act.prf, act.place);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const how = { name: 'AES-GCM', iv, additionalData: utf8(act.place.phone) };
      return { wrapped: { iv, sealed: new Uint8Array(await crypto.subtle.encrypt(how, key, m)) } };
    }
  }
}

/** Opens the box and covers its K: C, the tag of this PIN, and a first code. */
async function cover(m: Bytes, box: Box, boxKey: DeviceKey, place: Place, at: number) {
  const key = await openBox(box, boxKey, place.phone);
  const store = masked(key, m, place);
  wipe(key);
  return { store, tag: tagOf(m, place), code: codeFrom(store, m, place, at) };
}

/** HKDF-SHA-256(PRF output, salt, "hufu/biometric/v1" 0 account 0 phone, 32) as an AES-256-GCM key. */
async function wrappingKey(prf: Bytes, { account, phone, salt }: Place): Promise<DeviceKey> {
  const bytes = Uint8Array.from(hkdf(sha256, prf, salt, zeroJoined('hufu/biometric/v1', account, phone), 32));
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  wipe(prf, bytes);
  return key;
}
