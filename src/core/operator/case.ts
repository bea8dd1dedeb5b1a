// A case: what one operator asks for and another decides (security.md "a dealer or hotline removes a binding", OPS-01).
//
//   (drawn up in the console) ──▶ submitted ──▶ executed | failed     approval and execution are one commit: nothing is approved and not done
//                                 submitted ──▶ returned ──edit──▶ submitted        withdrawn (by who asked), vetoed (by the customer)
//                                 submitted ──time──▶ expired       by the database's clock, in the statement that decides
//
// Every edit makes a new revision, and a decision names the one it was made on: what was edited since is not approved by it.
import type { AccountAction, ActionName, CallerCheckHow, Effect, RiskFlag } from './actions.ts';

export type CaseStatus = 'submitted' | 'executed' | 'failed' | 'returned' | 'withdrawn' | 'vetoed';
/** As it is told: one whose time is over decides nothing any more. */
export type CaseState = CaseStatus | 'expired';

/** How the customer was verified, and by whom it can be looked up again. */
export interface CallerCheck {
  readonly how: CallerCheckHow;
  /** The challenge the customer answered; null for what an operator only records. */
  readonly challenge: string | null;
  /** The masked number that was called back; null for other ways. */
  readonly to: string | null;
}

/** An operator as a case names one. `id` and `sessionId` are null for a relying party's key, which answers for its own people. */
export interface Actor {
  readonly login: string;
  readonly id: string | null;
  readonly sessionId: string | null;
}

export interface Case {
  readonly id: string;
  readonly tenantId: string;
  /** Null for what concerns the whole tenant. */
  readonly accountId: string | null;
  readonly account: string | null;
  readonly action: ActionName;
  /** The action's own members, as they were asked for. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly note: string | null;
  readonly callerCheck: CallerCheck | null;
  readonly effects: readonly Effect[];
  readonly riskFlags: readonly RiskFlag[];
  /** What the effects rest on; when it is another at execution, nothing is executed. */
  readonly situation: string;
  readonly requester: Actor;
  readonly via: string;
  readonly ip: string | null;
  readonly status: CaseStatus;
  readonly revision: number;
  readonly createdAt: number;
  readonly submittedAt: number;
  readonly expiresAt: number;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly decisionReason: string | null;
}

export const stateOf = (one: Pick<Case, 'status' | 'expiresAt'>, now: number): CaseState =>
  one.status === 'submitted' && one.expiresAt <= now ? 'expired' : one.status;

/** Until when what waits for a second operator since `at` may be approved, ms. */
export const askedUntil = (at: number, caseHours: number): number => at + caseHours * 3600_000;

const DAY = 24 * 3600_000;

/** An operator as the rule sees one: with who made them, and when. */
export interface KnownActor extends Actor {
  readonly createdBy: string | null;
  readonly createdAt: number | null;
}

export const sameLogin = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/**
 * Why an operator may not decide what the other asked for; undefined when they may. Nobody decides their own, under whatever session or login: neither
 * the same operator, nor two of whom one made the other within a day, nor one session (OPS-01).
 */
export function mayNotDecide(
  requester: KnownActor,
  approver: KnownActor,
  now: number,
): 'own' | 'same-session' | 'made-lately' | undefined {
  if (requester.id !== null && requester.id === approver.id) return 'own';
  if (sameLogin(requester.login, approver.login)) return 'own';
  if (requester.sessionId !== null && requester.sessionId === approver.sessionId) return 'same-session';
  const made = (one: KnownActor, by: KnownActor): boolean =>
    one.createdBy !== null &&
    (one.createdBy === by.id ||
      sameLogin(one.createdBy, by.login) ||
      sameLogin(one.createdBy, `operator:${by.login}`)) &&
    (one.createdAt ?? 0) > now - DAY;
  return made(requester, approver) || made(approver, requester) ? 'made-lately' : undefined;
}

/** What was done to an account by an operator, for the flags and for what the customer may object to. */
export interface Act {
  readonly id: string;
  readonly tenantId: string;
  readonly accountId: string;
  readonly action: AccountAction;
  readonly operator: string;
  readonly reason: string;
  readonly callerCheck: CallerCheckHow | null;
  readonly caseId: string | null;
  readonly at: number;
}
