// What may be written of operators besides what is written of any account.
import type { Role } from './roles.ts';

export type OperatorWrite =
  /** Puts an account of the operators' tenant on record as an operator; `by` is who made it so: an operator's id, or `cli`. */
  | { readonly op: 'insert-operator'; readonly id: string; readonly by: string }
  | {
      readonly op: 'grant-role';
      readonly operatorId: string;
      readonly tenantId: string;
      readonly role: Role;
      readonly by: string;
    }
  | { readonly op: 'drop-roles'; readonly operatorId: string; readonly tenantId: string };
