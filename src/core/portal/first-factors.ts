// The port that asks somebody else whether a password is right.
import type { PortalPolicy } from './portal.ts';

export interface Credentials {
  readonly tenantId: string;
  /** The account as it is on file, or as it was typed when we know none. */
  readonly account: string;
  readonly password: string;
  readonly ip: string | null;
}

export interface FirstFactors {
  /** True or false as whoever is asked says; undefined when they could not be asked or did not say. Never throws. */
  check(portal: PortalPolicy, credentials: Credentials): Promise<boolean | undefined>;
}
