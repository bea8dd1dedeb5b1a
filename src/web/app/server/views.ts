// What the server answers the app with, as far as the app reads it (docs/reference/api.md has all).
import type { Box } from '../pin/box.ts';
import type { Answer } from '../pin/device.ts';
import type { Kdf } from '../pin/stretch.ts';

export interface TenantRef {
  readonly id: string;
  readonly name: string;
}

/** A registration: by its token, or as typed. */
export type Ticket = { readonly token: string } | { readonly account: string; readonly code: string };

export interface TicketView {
  readonly tenant: TenantRef;
  readonly account: string;
  readonly activationCode: string | null;
  readonly isFirst: boolean;
  readonly slotsLeft: number;
  readonly expiresAt: string;
  readonly needs: 'first-factor' | null;
  /** What to join with instead, once the first factor was right. */
  readonly activation: { readonly token: string } | null;
}

export interface JoinedView {
  readonly phone: string;
  readonly tenant: TenantRef;
  readonly account: string;
  readonly accountId: string;
  readonly role: 'main' | 'sub';
  readonly salt: string;
  readonly kdf: Kdf;
  readonly pinEpoch: number;
  readonly serverTime: string | number;
  /** Null unless this phone is to choose the PIN. */
  readonly box: Box | null;
}

/** Where an account's PIN stands, for a phone that has none: to be given the PIN that is set, or to choose a new one. */
export type SyncView =
  | {
      readonly state: 'set';
      readonly nonce: string;
      readonly salt: string;
      readonly kdf: Kdf;
      readonly pinEpoch: number;
    }
  | {
      readonly state: 'needs-pin';
      readonly box: Box;
      readonly salt: string;
      readonly kdf: Kdf;
      readonly pinEpoch: number;
    };

/** A phone that is complete. */
export interface CompleteView {
  readonly pinEpoch: number;
  readonly role: 'main' | 'sub';
}

export interface PhoneView {
  readonly id: string;
  readonly name: string;
  readonly role: 'main' | 'sub';
  readonly lastUsedAt: string | null;
  readonly isThis: boolean;
}

export interface StatusView {
  readonly role: 'main' | 'sub';
  readonly status: 'active' | 'unsynced' | 'revoked';
  readonly pinEpoch: number;
  readonly tenant: TenantRef;
  readonly contact?: string;
  readonly serverTime: string | number;
  readonly phones: readonly PhoneView[];
}

export interface ApprovalView {
  readonly id: string;
  readonly kind: 'scan' | 'push';
  readonly purpose: string;
  readonly tenant: TenantRef;
  readonly account: string;
  readonly client: string;
  readonly browser: string;
  readonly ip: string;
  readonly place: string | null;
  readonly at: string;
  readonly expiresAt: string;
  readonly needsNumber: boolean;
  readonly mayTrust: boolean;
  readonly canonical: string;
}

export interface AnswerBody {
  readonly answer: Answer;
  readonly number?: string;
  readonly at: string;
  readonly signature: string;
}
