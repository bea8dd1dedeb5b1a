// The read side of operators: which tenants they serve, and as what.
import type { Role } from './roles.ts';

export interface Service {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly roles: readonly Role[];
}

export interface OperatorStore {
  /** The tenants an operator serves, in the order of their ids, as it stands now. */
  services(operatorId: string): Promise<readonly Service[]>;
}
