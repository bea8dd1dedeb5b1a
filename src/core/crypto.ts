// The platform's cryptography as flows need it. Small and named by purpose, so that a reader can check each use against docs/reference/app-protocol.md.

/** A secret sealed to a phone's own key: ECDH P-256, HKDF-SHA-256, AES-256-GCM. All base64url. */
export interface Box {
  readonly ephemeralKey: string;
  readonly iv: string;
  readonly sealed: string;
}

export interface Crypto {
  /** SHA-256 of UTF-8, base64url: what is kept of a token with at least 128 random bits. */
  readonly hash: (text: string) => string;
  /** HMAC-SHA-256. */
  readonly mac: (key: Uint8Array, message: Uint8Array) => Uint8Array;
  /** Whether two byte strings are equal, in a time that does not tell where they differ. */
  readonly sameBytes: (a: Uint8Array, b: Uint8Array) => boolean;
  readonly toBase64url: (bytes: Uint8Array) => string;
  /** The bytes of base64url; undefined for anything else, padding included. */
  readonly fromBase64url: (text: string) => Uint8Array | undefined;
  /** Whether this is the SPKI (base64url) of an ECDSA P-256 key. */
  readonly isSignKey: (spki: string) => boolean;
  /** Whether this is the uncompressed raw point (base64url) of an ECDH P-256 key. */
  readonly isBoxKey: (point: string) => boolean;
  /** Whether a raw 64-byte signature (base64url) over UTF-8 text is the key's. Never throws. */
  readonly isSigned: (spki: string, text: string, signature: string) => boolean;
  /** Seals a secret to a phone's box key; the phone's id is salt and associated data. */
  readonly box: (boxKey: string, phoneId: string, secret: Uint8Array) => Box;
}
