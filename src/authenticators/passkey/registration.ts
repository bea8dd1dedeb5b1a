// Reads what a new passkey sends of itself (WebAuthn Level 3 §7.1). The library parses CBOR and checks origin, challenge and flags; it is loaded with
// the first registration.
import type { Passkey, Site } from './assertion.ts';
import type { JsonWebKey } from './signature.ts';

const COSE = { kty: 1, crv: -1, x: -2, y: -3, n: -1, e: -2 } as const;

/** The passkey of a right registration, or undefined. `response` is RegistrationResponseJSON as text. */
export async function registered(
  site: Site,
  challenge: string,
  response: string,
  algorithms: readonly number[],
): Promise<Passkey | undefined> {
  const [{ verifyRegistrationResponse }, { decodeCredentialPublicKey }] = await Promise.all([
    import('@simplewebauthn/server'),
    import('@simplewebauthn/server/helpers'),
  ]);
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: JSON.parse(response) as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...algorithms],
    });
    if (!verified) return undefined;
    const { credential } = registrationInfo;
    const cose = decodeCredentialPublicKey(credential.publicKey) as unknown as Map<number, unknown>;
    const key = jwkOf(cose);
    const alg = cose.get(3);
    if (key === undefined || typeof alg !== 'number') return undefined;
    return { id: credential.id, key, alg, count: credential.counter, transports: credential.transports ?? [] };
  } catch {
    // The library throws on whatever does not fit: it is a wrong answer, no fault of ours.
    return undefined;
  }
}

const text = (value: unknown): string => (value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : '');

/** A COSE key (RFC 9053) as JWK. */
function jwkOf(cose: Map<number, unknown>): JsonWebKey | undefined {
  const kty = cose.get(COSE.kty);
  if (kty === 2 && cose.get(COSE.crv) === 1)
    return { kty: 'EC', crv: 'P-256', x: text(cose.get(COSE.x)), y: text(cose.get(COSE.y)) };
  if (kty === 1 && cose.get(COSE.crv) === 6) return { kty: 'OKP', crv: 'Ed25519', x: text(cose.get(COSE.x)) };
  if (kty === 3) return { kty: 'RSA', n: text(cose.get(COSE.n)), e: text(cose.get(COSE.e)) };
  return undefined;
}
