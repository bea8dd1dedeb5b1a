// The read side of operators: which tenants they serve and as what, and the one-time links that let them in.
import type { Locale } from '../locale.ts';
import type { Role } from './roles.ts';

export interface Service {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly roles: readonly Role[];
}

/** An operator as other operators see them in one tenant. */
export interface OperatorRow {
  readonly id: string;
  readonly login: string;
  readonly name: string | null;
  readonly status: 'active' | 'suspended';
  readonly roles: readonly Role[];
  /** The methods in force; none: they have not joined yet. */
  readonly methods: readonly string[];
  readonly createdAt: number;
  /** Who made them an operator: an operator's id, or `cli`. */
  readonly createdBy: string;
  /** When a session of theirs was last in use. */
  readonly lastSeenAt: number | null;
  /** When the link that waits for them ends; null: none does. */
  readonly linkExpiresAt: number | null;
}

export interface OperatorLink {
  readonly operatorId: string;
  readonly login: string;
  readonly name: string | null;
  readonly locale: Locale;
  readonly expiresAt: number;
}

export interface OperatorStore {
  /** The tenants an operator serves, the oldest first, as it stands now. */
  services(operatorId: string): Promise<readonly Service[]>;
  /** The operators of a tenant, or of the house (null), by login. */
  list(tenantId: string | null): Promise<readonly OperatorRow[]>;
  /** A link that is neither used nor over, of an operator in force. */
  link(hash: string): Promise<OperatorLink | undefined>;
  /** Who made an account an operator, and when; undefined: it is none. */
  origin(operatorId: string): Promise<{ readonly createdAt: number; readonly createdBy: string } | undefined>;
  /** Whether anybody has joined yet. */
  hasJoined(): Promise<boolean>;
}
