// Guarded commit: every write names what it assumed. If an assumption no longer holds, nothing of the commit is written and the flow starts
// again from a fresh snapshot. This is the one mechanism behind single use, attempt counting, slots and swaps, on every store.
// A commit concerns one account (or one tenant's registry); commits of one account are told in one order by all nodes.
import type { AppPasswordWrite } from './app-password/writes.ts';
import type { ApprovalWrite } from './approval/writes.ts';
import type { AuditEvent } from './audit/events.ts';
import type { TypeName } from './authenticator/type.ts';
import type { MethodWrite } from './authenticator/writes.ts';
import type { BulkWrite } from './bulk/writes.ts';
import type { Challenge } from './challenge/challenge.ts';
import type { EnrolmentWrite } from './enrolment/writes.ts';
import type { CaseWrite } from './operator/case-writes.ts';
import type { OperatorWrite } from './operator/writes.ts';
import type { ChannelName, Message } from './outbox/message.ts';
import type { RolloutWrite } from './rollout/writes.ts';
import type { SearchWrite } from './search/writes.ts';
import type { SessionWrite } from './session/writes.ts';
import type { TrustWrite } from './trust/writes.ts';
import type { WechatWrite } from './wechat/writes.ts';

/** Every guarded write: those of each room, one line each, and the house's own. */
export type Write =
  | AppPasswordWrite
  | ApprovalWrite
  | BulkWrite
  | CaseWrite
  | EnrolmentWrite
  | MethodWrite
  | OperatorWrite
  | RolloutWrite
  | SearchWrite
  | SessionWrite
  | TrustWrite
  | WechatWrite
  | HouseWrite;

type HouseWrite =
  /**
   * Spends a mark of an authenticator, once ever; refused when it, or one of the next `lookAhead` marks, is spent, or when a failure stands
   * in the scope `unfailed`.
   */
  | {
      readonly op: 'spend';
      readonly authenticatorId: string;
      readonly mark: number;
      readonly lookAhead: number;
      readonly unfailed?: string;
    }
  /** The same for a step of time, numbered in periods since 1970: it matters for a day, other marks for ever. */
  | {
      readonly op: 'spend-step';
      readonly authenticatorId: string;
      readonly step: number;
      readonly periodSeconds: number;
      readonly lookAhead: number;
      readonly unfailed?: string;
    }
  /** Assumes that exactly `count` failures stand. */
  | { readonly op: 'expect-failures'; readonly scope: string; readonly count: number }
  /** Records the `n`th failure; refused when an `n`th is there already. */
  | { readonly op: 'count-failure'; readonly scope: string; readonly n: number }
  /** Clears failures, assuming exactly `count` stand. */
  | { readonly op: 'clear-failures'; readonly scope: string; readonly count: number }
  | { readonly op: 'insert-challenge'; readonly challenge: Challenge }
  /** Moves an open, unexpired challenge on, assuming the steps verified so far, and that the authenticator it moves by is still in force. */
  | {
      readonly op: 'move-challenge';
      readonly id: string;
      readonly from: string;
      readonly verified: string;
      readonly status: Challenge['status'];
      /** How many methods had been withdrawn from it in the snapshot that the method was seen in. Null: by one that this very commit completes. */
      readonly withdrawn: number | null;
      /** When the method ends, ms; null: it has no end. */
      readonly until: number | null;
    }
  /**
   * What was begun or verified before counts no longer: satisfied logins and step-ups prove nothing more, and with `all` open ones are over.
   * `device` (an id of client_devices) takes only those made on it.
   */
  | {
      readonly op: 'end-logins';
      readonly accountId: string;
      readonly which: 'satisfied' | 'all';
      readonly device?: string;
    }
  /** Spends a satisfied challenge as proof, once, while it is fresh. */
  | {
      readonly op: 'use-proof';
      readonly id: string;
      readonly accountId: string;
      readonly purpose: string;
      readonly notBefore: number;
    }
  /** Keeps the tag of the code just sent in place of the one before, assuming `count` were sent for this challenge. */
  | {
      readonly op: 'put-sent-code';
      readonly challengeId: string;
      readonly authenticatorId: string;
      readonly tag: string;
      readonly expiresAt: number;
      readonly count: number;
    }
  /** Assumes that fewer than `below` codes were queued for the tenant by that channel since: what it costs in a day stays within its limit. */
  | {
      readonly op: 'expect-spend-below';
      readonly tenantId: string;
      readonly channel: ChannelName;
      readonly since: number;
      readonly below: number;
    }
  /** Assumes how many codes were queued for the account by that channel since, so that two requests cannot both be within a limit. */
  | {
      readonly op: 'expect-codes-sent';
      readonly accountId: string;
      readonly channel: ChannelName;
      readonly since: number;
      readonly count: number;
    }
  | {
      readonly op: 'use-sent-code';
      readonly challengeId: string;
      readonly authenticatorId: string;
      readonly tag: string;
    }
  | {
      readonly op: 'insert-authenticator';
      readonly tenantId: string;
      readonly accountId: string;
      readonly id: string;
      readonly type: TypeName;
      readonly status: 'pending' | 'active';
      readonly params: string;
      readonly label: string | null;
      readonly secret: Uint8Array;
      readonly expiresAt: number | null;
      /** The active one whose place it takes when it is confirmed. */
      readonly replaces?: string | undefined;
    }
  /** Voids what was begun and not confirmed: only the newest pending binding can be completed (ENR-04). */
  | { readonly op: 'void-pending'; readonly accountId: string; readonly type: TypeName }
  /** Clears away what was begun before then and came to nothing. */
  | { readonly op: 'drop-void'; readonly accountId: string; readonly before: number }
  /** Completes a pending, unexpired binding of an account in force; when it is to be the `only` one, while no other of its type is active. */
  | {
      readonly op: 'confirm-authenticator';
      /** One that goes in the same commit, and does not stand in the way. */
      readonly replaces?: string | undefined;
      readonly accountId: string;
      readonly id: string;
      readonly type: TypeName;
      readonly only: boolean;
    }
  /** Removes an active authenticator while at least `keep` other bound ones stay. */
  | { readonly op: 'remove-authenticator'; readonly accountId: string; readonly id: string; readonly keep: number }
  /** The account's SMS authenticator follows its phone number. */
  | {
      readonly op: 'put-sms';
      readonly tenantId: string;
      readonly accountId: string;
      readonly id: string;
      readonly phone: string;
      readonly secret: Uint8Array;
    }
  | { readonly op: 'drop-type'; readonly accountId: string; readonly type: TypeName }
  /** Removes recovery codes that stand in for nothing any more: no other method that was bound is active. */
  | { readonly op: 'drop-orphaned-codes'; readonly accountId: string }
  | {
      readonly op: 'see-device';
      readonly accountId: string;
      readonly deviceId: string;
      readonly id: string;
      readonly name: string;
      readonly clientId: string;
      readonly version: string;
    }
  | { readonly op: 'revoke-device'; readonly accountId: string; readonly id: string }
  | { readonly op: 'insert-account'; readonly account: AccountRow }
  | { readonly op: 'update-account'; readonly account: AccountRow; readonly revision: number }
  | { readonly op: 'enqueue'; readonly message: Message }
  /** Takes the message back when the account was sent more than `most` SMS of its purpose in the last hour, this one included. */
  | { readonly op: 'cap-notices'; readonly accountId: string; readonly id: string; readonly most: number }
  | { readonly op: 'audit'; readonly event: AuditEvent }
  /** A change of the tenant's registry (policy, keys), assuming the version it was made against. */
  | { readonly op: 'bump-tenant'; readonly tenantId: string; readonly version: number }
  | {
      readonly op: 'insert-policy';
      readonly tenantId: string;
      readonly version: number;
      readonly document: string;
      readonly actor: string;
      readonly reason: string;
    }
  | {
      readonly op: 'insert-key';
      readonly tenantId: string;
      readonly id: string;
      readonly name: string;
      readonly hash: string;
      readonly scopes: readonly string[];
      readonly clientId: string | null;
      readonly clientVersion: string | null;
      readonly expiresAt: number | null;
    }
  | { readonly op: 'revoke-key'; readonly tenantId: string; readonly id: string };

export interface AccountRow {
  readonly id: string;
  readonly tenantId: string;
  readonly canonical: string;
  readonly account: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly cohort: string | null;
  readonly locale: string;
  /** What the relying party says of it; null leaves that as it is. What an objection suspended stays so, whatever is said here. */
  readonly status: 'active' | 'suspended' | null;
  readonly passwordHash: string | null;
}

export type WriteOp = Write['op'];
export type WriteNamed<O extends WriteOp> = Extract<Write, { op: O }>;

/** Committed and durable, or nothing written because the assumption of `op` no longer held. */
export type Committed = { readonly kind: 'done' } | { readonly kind: 'conflict'; readonly op: WriteOp };

/**
 * Runs `attempt` until its commit holds. `attempt` loads a fresh snapshot each time (`thorough` after the first), decides, and either
 * answers without writing or commits. Gives up with a fault after 40 conflicts, which lets nobody in.
 */
export async function guarded<T>(attempt: (thorough: boolean) => Promise<T | Conflict>): Promise<T> {
  for (let tries = 0; tries < 40; tries++) {
    const result = await attempt(tries > 0);
    if (result !== CONFLICT) return result as T;
  }
  throw new Error('a commit lost its race forty times in a row');
}
export const CONFLICT: unique symbol = Symbol('conflict');
export type Conflict = typeof CONFLICT;
