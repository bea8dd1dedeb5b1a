// What passkeys need of the platform's cryptography.

/** A public key as JSON (RFC 7517). */
export interface JsonWebKey {
  readonly kty?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly n?: string;
  readonly e?: string;
}

export interface SignatureCheck {
  /** base64url to bytes; throws on anything else. */
  bytes(text: string): Uint8Array;
  text(bytes: Uint8Array): string;
  sha256(bytes: Uint8Array): Uint8Array;
  /** Whether the signature over `data` is by that key; false for algorithms we do not take. */
  verify(key: JsonWebKey, alg: number, data: Uint8Array, signature: Uint8Array): boolean;
}
