// What may be written of cases, of what operators did, and of customers' objections.
import type { MethodChange } from '../authenticator/change.ts';
import type { Act, Case, CaseStatus } from './case.ts';

export type CaseWrite =
  | {
      readonly op: 'insert-case';
      readonly case: Omit<Case, 'createdAt' | 'submittedAt' | 'decidedBy' | 'decidedAt' | 'decisionReason'>;
    }
  /** Another revision by who asked for it; assumes the one before, not decided or returned. It waits anew. */
  | {
      readonly op: 'edit-case';
      readonly case: Pick<
        Case,
        | 'id'
        | 'tenantId'
        | 'input'
        | 'reason'
        | 'note'
        | 'callerCheck'
        | 'effects'
        | 'riskFlags'
        | 'situation'
        | 'revision'
        | 'expiresAt'
      >;
    }
  /** Decides, once: assumes that exactly this revision waits, and that its time is not over. */
  | {
      readonly op: 'decide-case';
      readonly id: string;
      readonly tenantId: string;
      readonly revision: number;
      readonly to: Exclude<CaseStatus, 'submitted' | 'vetoed'>;
      readonly by: string;
      readonly reason: string | null;
    }
  /** Whatever waits for the account is not wanted by its owner. */
  | { readonly op: 'veto-cases'; readonly accountId: string }
  | { readonly op: 'note-act'; readonly act: Omit<Act, 'at'> }
  /** What lets the customer object, until then; to a change of methods, if it has one: refused when one was objected to after `seen` (ms). */
  | {
      readonly op: 'insert-veto';
      readonly hash: string;
      readonly tenantId: string;
      readonly accountId: string;
      readonly expiresAt: number;
      readonly change?: MethodChange;
      readonly seen?: number;
    }
  /** Assumes that exactly so many changes of methods may be objected to. */
  | { readonly op: 'expect-changes'; readonly accountId: string; readonly count: number }
  /** Changes since (ms) that may be objected to are taken back: their codes are used. `hash`: by which. */
  | {
      readonly op: 'settle-changes';
      readonly accountId: string;
      readonly hash: string;
      readonly since: number;
      readonly isLifted: boolean;
    }
  /** An operator has changed the account's methods: no code from before takes a change back any more. */
  | { readonly op: 'close-changes'; readonly accountId: string }
  /** Objects, once, in time. It stands until it is lifted, whoever else has suspended the account. */
  | { readonly op: 'use-veto'; readonly hash: string; readonly accountId: string }
  /** Nobody logs in to the account until an operator has looked at it. */
  | { readonly op: 'freeze-account'; readonly accountId: string }
  /** Ends what an objection froze, and opens the account unless the relying party has it suspended; assumes that one did. `lift-vetoes` goes with it. */
  | { readonly op: 'thaw-account'; readonly accountId: string }
  | { readonly op: 'lift-vetoes'; readonly accountId: string };
