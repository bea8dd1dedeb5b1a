// Bytes, text and base64url (RFC 4648 §5, no padding) for the app's crypto. Nothing here is secret by itself.

/** Bytes that WebCrypto takes: never a view of shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Text as UTF-8. */
export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** The parts, one after another. */
export function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The texts as UTF-8 with one zero byte between them: none of ours contains one, so no two lists give the same bytes. */
export const zeroJoined = (...texts: readonly string[]): Bytes => utf8(texts.join('\0'));

/** Above this size a browser gives memory back to the system when it is freed. */
const ownPages = 2 << 20;

/**
 * Room for a PIN, in pages of its own that nobody touches but for the first. Small arrays lie in the heap, where the
 * collector moves them about and leaves copies; small buffers keep what was in them after they are freed, as when a worker
 * is ended in the middle. These are gone with their owner, wiped or not.
 */
export const roomFor = (length: number): Bytes => new Uint8Array(new ArrayBuffer(ownPages), 0, length);

/** Overwrites secrets with zeros as soon as they were used. */
export function wipe(...secrets: readonly (Uint8Array | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}

/** Bytes as base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The bytes of a base64url text. Throws for any other character. */
export function fromBase64Url(text: string): Bytes {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) throw new RangeError('not base64url');
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
}
