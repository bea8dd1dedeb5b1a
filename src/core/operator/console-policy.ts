// What a tenant's policy says of its operators: when a second one is asked, what an action must name, how long things last.
import type { Words } from '../locale.ts';
import { ACTIONS, type ActionName, type RiskFlag } from './actions.ts';

export interface ReasonText {
  readonly code: string;
  readonly text: Words;
}

export interface ConsolePolicy {
  /** Actions that always wait for a second operator. */
  readonly secondOperator: readonly ActionName[];
  /** Actions that do when something speaks for a second look. */
  readonly secondOperatorWhenRisky: readonly ActionName[];
  readonly reasons: readonly ReasonText[];
  /** How long a case waits. */
  readonly caseHours: number;
  /** How long the customer may object to what was done; 0: the notice names no way but the telephone. */
  readonly vetoHours: number;
  /** The longest life of a bypass code. */
  readonly bypassHours: number;
  /** How many logins one lets in, at most: it is a set of codes, each good once. */
  readonly bypassUses: number;
  /** It ends when its owner logs in with a method of their own. */
  readonly bypassEndsAtLogin: boolean;
  readonly callerCheck: 'required' | 'recorded' | 'off';
  /** Bulk work waits for a second operator from here on: rows that one operator begins alone within an hour. */
  readonly bulkRows: number;
  /** Of one operator. */
  readonly actionsPerHour: number;
}

/**
 * Whether an action waits for a second operator, with what speaks for it. A policy always does where the one in force wants a second operator for
 * anything: nearly every section of it could take that away, and nobody alone says that nobody else is needed (OPS-01).
 */
export const needsSecond = (policy: ConsolePolicy, action: ActionName, risks: readonly RiskFlag[]): boolean =>
  policy.secondOperator.includes(action) ||
  (risks.length > 0 && policy.secondOperatorWhenRisky.includes(action)) ||
  (action === 'publish-policy' && policy.secondOperator.length + policy.secondOperatorWhenRisky.length > 0);

/** What speaks against every row of bulk work: nobody asked for it on the telephone, and nobody looks at each account before. */
const UNSEEN: readonly RiskFlag[] = ['caller-not-verified'];

/**
 * Whether an action done in bulk waits for a second operator, however few the rows: where it would by itself, whatever the flags, and where the policy
 * wants the caller verified, which no list of accounts can show. One row is no way around either (OPS-01).
 */
export const needsSecondInBulk = (policy: ConsolePolicy, action: ActionName): boolean =>
  needsSecond(policy, 'bulk', UNSEEN) ||
  needsSecond(policy, action, UNSEEN) ||
  (policy.callerCheck === 'required' && ACTIONS[action].verifiesCaller);

/** The reason of that code, in any case somebody types it. */
export const reasonNamed = (policy: ConsolePolicy, code: string): ReasonText | undefined =>
  policy.reasons.find((reason) => reason.code.toLowerCase() === code.trim().toLowerCase());
