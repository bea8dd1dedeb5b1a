// The guarded writes of tickets, phones and PINs: each names what it assumes of the account's phones.
import type { KdfName, PhoneRole, Ticket } from './enrolment.ts';

export type EnrolmentWrite =
  | {
      readonly op: 'insert-ticket';
      readonly ticket: Ticket;
      readonly tokenHash: string;
      readonly codeTag: string;
      readonly codeKey: Uint8Array;
    }
  /** Voids every open ticket and activation of the account; `onLogin`: those that somebody logged in asked for. */
  | { readonly op: 'void-tickets'; readonly accountId: string; readonly onLogin?: true }
  /** Spends an activation, once, while it lasts. */
  | { readonly op: 'use-activation'; readonly id: string; readonly accountId: string }
  /** Takes a slot for a phone; assumes that its ticket is open and has not expired, and that no phone holds that slot. */
  | {
      readonly op: 'insert-phone';
      readonly id: string;
      readonly tenantId: string;
      readonly accountId: string;
      readonly ticketId: string;
      readonly issue: number;
      readonly slot: number;
      readonly name: string;
      readonly platform: string;
      readonly signKey: string;
      readonly boxKey: string;
      readonly role: PhoneRole;
    }
  /** Begins the account's PIN with a salt; assumes that there is none. */
  | { readonly op: 'begin-pin'; readonly tenantId: string; readonly accountId: string; readonly salt: string }
  | { readonly op: 'expect-pin'; readonly accountId: string; readonly epoch: number; readonly isSet: boolean }
  /** Sets the PIN's tag; assumes the epoch before, and that no other way to make a key of it was chosen. */
  | {
      readonly op: 'put-pin';
      readonly tenantId: string;
      readonly accountId: string;
      readonly from: number;
      readonly issue: number;
      readonly salt: string;
      readonly tag: Uint8Array;
      readonly kdf: KdfName;
    }
  /** Forgets the PIN; assumes the epoch before. With `kdf`, the next PIN goes through that. */
  | { readonly op: 'reset-pin'; readonly accountId: string; readonly from: number; readonly kdf?: KdfName | undefined }
  /** A phone not revoked is complete in an epoch. */
  | {
      readonly op: 'complete-phone';
      readonly accountId: string;
      readonly id: string;
      readonly role: PhoneRole;
      readonly pinEpoch: number;
    }
  /** Phones that joined for the issue and are not complete are further ones from now on, but for that one. */
  | { readonly op: 'demote-others'; readonly accountId: string; readonly issue: number; readonly except: string }
  /** Notes that a phone was used; assumes that it is not revoked. */
  | { readonly op: 'use-phone'; readonly accountId: string; readonly id: string }
  /** Revokes a phone; assumes that it was not. */
  | { readonly op: 'revoke-phone'; readonly accountId: string; readonly id: string }
  /** Revokes the phones of issues before this one. */
  | { readonly op: 'revoke-older-phones'; readonly accountId: string; readonly issue: number }
  /** Revokes phones that joined for an issue that never began; `onLogin`: by a ticket that somebody logged in asked for. */
  | {
      readonly op: 'revoke-unbegun-phones';
      readonly accountId: string;
      readonly issue: number;
      readonly onLogin?: true;
    }
  /** Removes the app authenticators of phones that are revoked. */
  | { readonly op: 'drop-revoked-keys'; readonly accountId: string }
  /** Removes the app authenticators of every phone but one; of every phone when it is null. */
  | { readonly op: 'drop-other-keys'; readonly accountId: string; readonly phoneId: string | null }
  /** Removes what a phone was given and has not confirmed. */
  | { readonly op: 'drop-pending-key'; readonly accountId: string; readonly phoneId: string }
  /** A revoked phone is in force again; assumes that it was complete, that it knows the PIN, and that its slot is free. */
  | { readonly op: 'restore-phone'; readonly accountId: string; readonly id: string }
  /** Keeps the nonce a phone must answer; assumes that it is not revoked. */
  | {
      readonly op: 'put-nonce';
      readonly accountId: string;
      readonly id: string;
      readonly nonce: string;
      readonly expiresAt: number;
    }
  /** Spends the nonce, once, while it lasts. */
  | { readonly op: 'use-nonce'; readonly accountId: string; readonly id: string; readonly nonce: string };
