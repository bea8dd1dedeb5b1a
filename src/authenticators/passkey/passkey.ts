// Passkeys (WebAuthn Level 3): a key that a device or a password manager holds and that signs for our pages only, so a look-alike page gets
// nothing. Registered without attestation: we ask who signs, not on what hardware.
import type { AuthenticatorType, Bound } from '../../core/authenticator/type.ts';
import { type AssertionResponse, assertionCount, type Passkey, type Site } from './assertion.ts';
import { registered } from './registration.ts';
import type { SignatureCheck } from './signature.ts';

/** As strict as it may be without turning people away: presence and their device's own check, every time. */
const ALGORITHMS = [-7, -8, -257];

/** The challenge a page signs in one login or step-up: a login has one, nobody can guess it, and it is over with the login. */
const challengeOf = (check: SignatureCheck, context: string | null): string =>
  check.text(check.sha256(new TextEncoder().encode(`hufu/webauthn/v1\0${context ?? ''}`)));

/** A person's handle at the authenticator: the same for all their passkeys, and no name. */
const userOf = (check: SignatureCheck, accountId: string): string =>
  check.text(check.sha256(new TextEncoder().encode(`hufu/webauthn-user/v1\0${accountId}`)));

const passkeyOf = ({ secret }: Pick<Bound, 'secret'>): Passkey =>
  JSON.parse(new TextDecoder().decode(secret())) as Passkey;

/** The type for pages at one site. */
export const passkey = (check: SignatureCheck, site: Site): AuthenticatorType => ({
  name: 'passkey',
  assurance: { aal: 2, amr: ['swk', 'user'], phishingResistant: true, restricted: false },
  several: true,
  answers: true,
  verify(bound, output) {
    let response: AssertionResponse;
    try {
      response = JSON.parse(output) as AssertionResponse;
    } catch {
      return { valid: false, reason: 'malformed' };
    }
    const known = passkeyOf(bound);
    const challenge = challengeOf(check, bound.context);
    const count = assertionCount(check, site, known, response, challenge, userOf(check, bound.accountId));
    if (count === undefined) return { valid: false, reason: 'wrong' };
    if (count > 0 && bound.spent.some((mark) => mark >= count)) return { valid: false, reason: 'replayed' };
    // Where there is a counter it is spent too; the login itself is answered once in any case.
    return {
      valid: true,
      spend: count > 0 ? { kind: 'mark', mark: count, lookAhead: 8 } : { kind: 'challenge' },
    };
  },
  prompt: (bounds, context) => ({
    challenge: challengeOf(check, context),
    rpId: site.rpId,
    timeout: 120_000,
    userVerification: 'required',
    allowCredentials: bounds.map((bound) => {
      const { id, transports } = passkeyOf(bound);
      return { type: 'public-key', id, transports };
    }),
  }),
  bind: {
    confirms: true,
    begin(context) {
      const challenge = check.text(context.random(32));
      return {
        secret: new TextEncoder().encode(JSON.stringify({ challenge })),
        params: site.rpId,
        shown: {
          passkey: {
            challenge,
            rp: { id: site.rpId, name: context.issuer },
            user: { id: userOf(check, context.accountId), name: context.account, displayName: context.account },
            pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
            timeout: 300_000,
            attestation: 'none',
            authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
            excludeCredentials: context.held.map((bound) => ({ type: 'public-key', id: passkeyOf(bound).id })),
          },
        },
      };
    },
    async complete(pending, response) {
      const { challenge } = JSON.parse(new TextDecoder().decode(pending.secret())) as { challenge: string };
      const made = await registered(site, challenge, response, ALGORITHMS);
      return made === undefined
        ? undefined
        : { secret: new TextEncoder().encode(JSON.stringify(made)), unique: `passkey:${made.id}` };
    },
  },
});
