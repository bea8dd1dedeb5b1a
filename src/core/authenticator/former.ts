// Bindings that were removed a few days ago at most. They open nothing: they only tell an operator why a code was wrong (OP-1.6).
import type { TypeName } from './type.ts';

export interface Former {
  readonly id: string;
  readonly type: TypeName;
  readonly params: string;
  readonly removedAt: number;
  /** Opens the sealed secret; the caller wipes it. */
  readonly secret: () => Uint8Array;
}

export interface FormerAuthenticators {
  /** The newest of an account, at most five. */
  of(tenantId: string, accountId: string): Promise<readonly Former[]>;
}
