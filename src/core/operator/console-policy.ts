// What a tenant's policy says of its operators: when a second one is asked, what an action must name, how long things last.
import type { Words } from '../locale.ts';
import type { ActionName, RiskFlag } from './actions.ts';

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
  /** Bulk work on more accounts than this waits for a second operator. */
  readonly bulkRows: number;
  /** Of one operator. */
  readonly actionsPerHour: number;
}

/** Whether an action waits for a second operator, with what speaks for it. */
export const needsSecond = (policy: ConsolePolicy, action: ActionName, risks: readonly RiskFlag[]): boolean =>
  policy.secondOperator.includes(action) || (risks.length > 0 && policy.secondOperatorWhenRisky.includes(action));

/** The reason of that code, in any case somebody types it. */
export const reasonNamed = (policy: ConsolePolicy, code: string): ReasonText | undefined =>
  policy.reasons.find((reason) => reason.code.toLowerCase() === code.trim().toLowerCase());
