// Who works at the console. An operator is an account of a tenant of the house's own, so that logins, codes, throttling, sessions and the log are the
// ones everybody goes through; what is theirs alone are the roles they hold in the tenants they serve.
import type { Role } from './roles.ts';

/** The tenant whose accounts are the operators. No other tenant can have a name that begins so, and no page of a tenant reaches it. */
export const OPERATORS = '_operators';

/** An operator at work for one tenant, as flows are told of them. */
export interface ActingOperator {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  /** What they hold in the tenant they call for. */
  readonly roles: readonly Role[];
  readonly sessionId: string;
}
