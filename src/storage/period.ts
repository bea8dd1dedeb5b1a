// How long a time step of an authenticator lasts: its marks count these.

/** Seconds of the period in an authenticator's parameters (`SHA1/6/30`, `SHA256/6/60/phn_…`); undefined for types whose marks are no times. */
export function periodSeconds(params: string): number | undefined {
  const period = /^SHA\d+\/\d\/(\d{2,3})(?:\/|$)/.exec(params)?.[1];
  return period === undefined ? undefined : Number(period);
}
