// How strong a login was (OpenID Connect `acr`) and by what means (`amr`, RFC 8176). The ladder's values are ours; what each means is NIST SP
// 800-63B-4's level.
import type { TypeName } from './authenticator/type.ts';

/** From weakest to strongest. */
export const ACR_LADDER = ['urn:hufu:aal1', 'urn:hufu:email', 'urn:hufu:aal2', 'urn:hufu:phr'] as const;
export type Acr = (typeof ACR_LADDER)[number];

/** Whether `reached` is at least as strong as the weakest of `wanted`; values we do not know ask for nothing we could give. */
export function satisfiesAcr(reached: string, wanted: readonly string[]): boolean {
  const known = wanted.flatMap((value) => {
    const rank = ACR_LADDER.indexOf(value as Acr);
    return rank < 0 ? [] : [rank];
  });
  return known.length === 0 || ACR_LADDER.indexOf(reached as Acr) >= Math.min(...known);
}

/** The values of an `acr_values` parameter (OpenID Core §3.1.2.1): separated by spaces, in order of preference. */
export const wantedAcr = (parameter: unknown): readonly string[] =>
  typeof parameter === 'string' ? parameter.split(' ').filter((value) => value !== '') : [];

const AMR: Readonly<Record<TypeName, string>> = {
  totp: 'otp',
  app: 'otp',
  passkey: 'swk',
  wechat: 'otp',
  sms: 'sms',
  email: 'email',
  // RFC 8176 has no value for look-up secrets. `otp` is nearest: each is good once; `kba` would say that a question was answered.
  'recovery-code': 'otp',
  'bypass-code': 'otp',
};

/**
 * What an approval shows. The app signs with a key that never left it. WeChat's key can be issued anew to whoever holds that WeChat account: what it
 * shows is a second channel and its owner's consent, no key that is tied to a device.
 */
const APPROVED: Readonly<Partial<Record<TypeName, readonly string[]>>> = {
  app: ['swk', 'user'],
  wechat: ['mca', 'user'],
};

/**
 * What may honestly be said of a login by password and `verified`. A trusted browser proves a key that it holds, and is no second factor (OIDC-06).
 * `approved`: no code was asked for; its owner consented on a phone.
 */
export function assuranceOf(
  verified: readonly TypeName[],
  isTrusted = false,
  approved = false,
): { readonly amr: readonly string[]; readonly acr: string } {
  const means = verified.flatMap((type) => (approved ? (APPROVED[type] ?? [AMR[type]]) : [AMR[type]]));
  const amr = [...new Set(['pwd', ...means])];
  if (verified.length === 0) return { amr: isTrusted ? [...amr, 'swk'] : amr, acr: 'urn:hufu:aal1' };
  // A mailbox opens with another password: beside the first it is no second factor.
  if (verified.every((type) => type === 'email')) return { amr, acr: 'urn:hufu:email' };
  // The device checked its owner before it signed, for our pages alone.
  if (verified.includes('passkey')) return { amr: [...amr, 'user', 'mfa'], acr: 'urn:hufu:phr' };
  return { amr: [...amr, 'mfa'], acr: 'urn:hufu:aal2' };
}
