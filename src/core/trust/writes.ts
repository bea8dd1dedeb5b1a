// What may be written of trusted devices.
import type { TrustedDevice } from './trust.ts';

export type TrustWrite =
  /** One more, while fewer than `most` of the account are in force. */
  | {
      readonly op: 'insert-trust';
      readonly device: Omit<TrustedDevice, 'createdAt' | 'lastUsedAt' | 'revokedAt' | 'hashBefore'>;
      readonly most: number;
    }
  /** A token used, and another in its place; once (TD-01). */
  | {
      readonly op: 'use-trust';
      readonly accountId: string;
      readonly id: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly op: 'revoke-trust'; readonly accountId: string; readonly id: string }
  /** Ends the trust in every device of the account. */
  | { readonly op: 'end-trust'; readonly accountId: string }
  /** Ends sessions in which a trusted device (that one, or any for the empty id) stood in for the second step, but for the session `except`. */
  | {
      readonly op: 'end-trusted-sessions';
      readonly accountId: string;
      readonly trustId: string;
      readonly except: string;
    };
