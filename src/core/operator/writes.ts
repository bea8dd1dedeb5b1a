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
  | { readonly op: 'drop-roles'; readonly operatorId: string; readonly tenantId: string }
  /** A one-time link that lets somebody in as the operator; only its hash is kept. */
  | {
      readonly op: 'insert-operator-link';
      readonly hash: string;
      readonly operatorId: string;
      readonly by: string;
      readonly expiresAt: number;
    }
  /** Assumes that the link is neither used nor over. */
  | { readonly op: 'expect-operator-link'; readonly hash: string; readonly operatorId: string }
  /** Uses a link, once; whatever other links there are for the operator end with it. */
  | { readonly op: 'use-operator-link'; readonly hash: string; readonly operatorId: string }
  | { readonly op: 'end-operator-links'; readonly operatorId: string };
