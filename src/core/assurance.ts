// How strong a login was, in one ladder (OpenID `acr`). Values of ours; what each means is NIST SP 800-63B-4's level.

/** From weakest to strongest. */
export const ACR_LADDER = ['urn:hufu:aal1', 'urn:hufu:aal2', 'urn:hufu:phr'] as const;
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
