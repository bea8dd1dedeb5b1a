// Guarded writes of bindings whose secret comes from outside (core/commit.ts).
import type { TypeName } from './type.ts';

export type MethodWrite =
  /** Keeps what a pending binding turned out to be. */
  | {
      readonly op: 'seal-binding';
      readonly tenantId: string;
      readonly accountId: string;
      readonly id: string;
      readonly type: TypeName;
      readonly params: string;
      readonly secret: Uint8Array;
    }
  /** Something that may be bound once in a tenant; refused while it is another authenticator's. */
  | {
      readonly op: 'claim-method';
      readonly tenantId: string;
      readonly accountId: string;
      readonly id: string;
      readonly name: string;
    }
  /** A removed binding is in force again, as it was; assumes that it is kept, and not in force. */
  | { readonly op: 'restore-authenticator'; readonly accountId: string; readonly id: string }
  /** What is kept of a removed binding goes: it is in force again. Of all of them when it is null: none is to come back. */
  | { readonly op: 'forget-former'; readonly accountId: string; readonly id: string | null }
  /** Voids every binding that was begun and rests on a login; a phone's secret rests on its ticket. */
  | { readonly op: 'void-begun'; readonly accountId: string };
