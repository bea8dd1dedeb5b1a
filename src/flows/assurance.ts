// What may honestly be said of how somebody logged in (OpenID Connect `acr`, `amr`; RFC 8176).
import type { AuthenticatorTypes, TypeName } from '../core/authenticator/type.ts';

/** `verified` are the types besides the password. A trusted browser proves a key it holds, and is not a second factor (OIDC-06). */
export function assuranceOf(
  types: AuthenticatorTypes,
  verified: readonly TypeName[],
  isTrusted: boolean,
): { readonly amr: readonly string[]; readonly acr: 'urn:hufu:aal1' | 'urn:hufu:aal2' } {
  const amr = ['pwd', ...verified.flatMap((type) => types[type].assurance.amr)];
  if (verified.length > 0) amr.push('mfa');
  else if (isTrusted) amr.push('swk');
  return { amr: [...new Set(amr)], acr: verified.length > 0 ? 'urn:hufu:aal2' : 'urn:hufu:aal1' };
}
