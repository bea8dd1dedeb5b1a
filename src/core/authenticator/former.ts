// Bindings that were removed a few days ago at most. They open nothing: they tell an operator why a code was wrong (OP-1.6), and are put back as they were
// when the owner objects to the change that removed them (REB-04).
import type { TypeName } from './type.ts';

export interface Former {
  readonly id: string;
  readonly type: TypeName;
  readonly params: string;
  readonly removedAt: number;
  /** Opens the sealed secret; the caller wipes it. */
  readonly secret: () => Uint8Array;
}

export interface KeptMethod {
  readonly id: string;
  readonly type: TypeName;
  /** What may be bound once in a tenant is still this one's. */
  readonly isItsOwn: boolean;
  /** The phone it is on, for types that come with one, if that one was revoked and can be in force again: with the PIN that it knows. */
  readonly phone: { readonly id: string; readonly slot: number; readonly issue: number } | null;
}

export interface FormerAuthenticators {
  /** The newest of an account, at most five. */
  of(tenantId: string, accountId: string): Promise<readonly Former[]>;
  /** What there is to put back of an account. */
  kept(tenantId: string, accountId: string): Promise<readonly KeptMethod[]>;
}
