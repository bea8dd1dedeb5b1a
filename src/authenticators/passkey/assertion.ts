// Verifies a WebAuthn assertion (WebAuthn Level 3 §7.2, steps that concern the relying party). Everything the browser sends is judged against what
// we know: the challenge of this one login, our own origin, the key that was registered. Nothing of it is believed.
import type { JsonWebKey, SignatureCheck } from './signature.ts';

/** Where our pages are, as a browser names it. */
export interface Site {
  readonly origin: string;
  readonly rpId: string;
  readonly rpName: string;
}

/** What is kept of a registered passkey, sealed. */
export interface Passkey {
  /** Credential id, base64url. */
  readonly id: string;
  readonly key: JsonWebKey;
  /** COSE algorithm (RFC 9053): -7, -8, -257. */
  readonly alg: number;
  /** The sign counter at registration; most passkeys keep none and say 0. */
  readonly count: number;
  readonly transports: readonly string[];
}

export interface AssertionResponse {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle?: string | undefined;
}

const USER_PRESENT = 1;
const USER_VERIFIED = 4;

/** The sign counter of a right assertion, or undefined. `challenge` is base64url, `user` the account's handle. Throws nothing. */
export function assertionCount(
  check: SignatureCheck,
  site: Site,
  passkey: Passkey,
  response: AssertionResponse,
  challenge: string,
  user: string,
): number | undefined {
  try {
    if (response.id !== passkey.id) return undefined;
    if (response.userHandle !== undefined && response.userHandle !== user) return undefined;
    const clientData = check.bytes(response.clientDataJSON);
    const client = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(clientData)) as Record<string, unknown>;
    if (client['type'] !== 'webauthn.get' || client['challenge'] !== challenge || client['origin'] !== site.origin)
      return undefined;
    if (client['crossOrigin'] === true || client['topOrigin'] !== undefined) return undefined;
    const data = check.bytes(response.authenticatorData);
    if (data.length < 37) return undefined;
    const rpIdHash = check.sha256(new TextEncoder().encode(site.rpId));
    if (rpIdHash.some((byte, i) => byte !== data[i])) return undefined;
    const flags = data[32] ?? 0;
    if ((flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0) return undefined;
    const count = new DataView(data.buffer, data.byteOffset + 33, 4).getUint32(0);
    // A counter that does not go on is a copied key (§6.1.1); one that is always 0 tells nothing.
    if ((count > 0 || passkey.count > 0) && count <= passkey.count) return undefined;
    const signed = new Uint8Array(data.length + 32);
    signed.set(data);
    signed.set(check.sha256(clientData), data.length);
    return check.verify(passkey.key, passkey.alg, signed, check.bytes(response.signature)) ? count : undefined;
  } catch {
    // Not a response at all.
    return undefined;
  }
}
