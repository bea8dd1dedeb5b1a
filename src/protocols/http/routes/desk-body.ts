// Cases and their results as bodies.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { maskEmail, maskPhone } from '../../../core/account/account.ts';
import type { Mark, Marked } from '../../../core/bulk/change.ts';
import { RISK_FLAGS } from '../../../core/operator/actions.ts';
import { type Actor, type Case, sameLogin, stateOf } from '../../../core/operator/case.ts';
import type { Refusal } from '../../../core/outcome.ts';
import type { Caller } from '../../../core/ports.ts';
import type { Invalid } from '../../../flows/accounts.ts';
import type { CaseOpened } from '../../../flows/operator/act.ts';
import type { Waiting } from '../../../flows/operator/inbox.ts';
import type { Reply } from '../replies.ts';
import { instant, ok } from '../replies.ts';

/** What does not fit, as a refused request. */
export const misfit = (invalid: Invalid): Reply => ({
  status: 400,
  body: null,
  invalid: [{ at: invalid.at, code: 'format', message: invalid.message }],
});

/** The answer of an action: what it did, that it waits for a second operator, or why neither. */
export function answerOf<R extends { readonly kind: string }>(
  done: R | CaseOpened | Refusal | Invalid,
  body: (result: R) => Reply,
): Reply | Refusal {
  if (done.kind === 'refused') return done as Refusal;
  if (done.kind === 'invalid') return misfit(done as Invalid);
  if (done.kind !== 'case') return body(done as R);
  const { id, riskFlags, expiresAt } = done as CaseOpened;
  const told: ReplyOf<'issueBypass'> | { case: object } = {
    case: { id, riskFlags: [...riskFlags], expiresAt: instant(expiresAt) },
  };
  return ok(told, 202);
}

/** Whether the caller is who asked. */
export const isMine = (requester: Actor, { operator }: Caller): boolean =>
  operator !== undefined &&
  (requester.id === null ? sameLogin(requester.login, operator.login) : requester.id === operator.id);

/** Addresses are told masked, whoever reads the case: the second operator looks them up nowhere else either. */
function shownInput(input: Case['input']): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string') shown[name] = value;
    else if (name === 'email') shown[name] = maskEmail(value);
    // A phone of the app is an id; a number is somebody's.
    else if (name === 'phone') shown[name] = value.startsWith('phn_') ? value : maskPhone(value);
    else shown[name] = value;
  }
  return shown;
}

/** Of an import, how many rows make or change what. */
export const changesBody = (marks: Marked): NonNullable<ReplyOf<'getBulk'>['changes']> => {
  const of = (mark: Mark): number => marks[mark] ?? 0;
  return {
    new: of('new'),
    same: of('same'),
    name: of('name'),
    phone: of('phone'),
    email: of('email'),
    cohort: of('cohort'),
    locale: of('locale'),
  };
};

/** What waits for a second operator, of whatever kind. */
export const waitingBody = (one: Waiting): ReplyOf<'getInbox'>['items'][number] => ({
  kind: one.kind,
  id: one.id,
  reason: one.reason,
  riskFlags: [],
  requester: one.requester.login,
  askedAt: instant(one.askedAt),
  expiresAt: instant(one.expiresAt),
  mayDecide: one.why === null,
  ...(one.why === null ? {} : { why: one.why }),
  ...aboutOf(one),
});

type About = Pick<ReplyOf<'getInbox'>['items'][number], 'action'> & Partial<ReplyOf<'getInbox'>['items'][number]>;

function aboutOf(one: Waiting): About {
  if (one.kind === 'cutover') return { action: 'switch-phase', cohort: one.cutover.cohort, percent: one.percent };
  if (one.kind === 'bulk')
    return {
      action: 'bulk',
      name: one.job.name,
      rows: one.rows,
      ...(one.job.kind === 'import' ? { changes: changesBody(one.marks) } : {}),
      riskFlags: RISK_FLAGS.filter((flag) => (one.marks[flag] ?? 0) > 0),
    };
  const { action, account, riskFlags, input } = one.case;
  const cohort = input['cohort'];
  return {
    action,
    riskFlags: [...riskFlags],
    ...(account === null ? {} : { account }),
    ...(typeof cohort === 'string' ? { cohort } : {}),
  };
}

export const caseBody = (one: Case, now: number, caller: Caller): ReplyOf<'getCase'> => ({
  id: one.id,
  action: one.action,
  ...(one.account === null ? {} : { account: one.account }),
  status: stateOf(one, now),
  revision: one.revision,
  input: shownInput(one.input),
  reason: one.reason,
  ...(one.note === null ? {} : { note: one.note }),
  ...(one.callerCheck === null
    ? {}
    : {
        callerCheck: {
          how: one.callerCheck.how,
          ...(one.callerCheck.to === null ? {} : { to: one.callerCheck.to }),
        },
      }),
  effects: one.effects.map((effect) => ({ ...effect })),
  riskFlags: [...one.riskFlags],
  requester: one.requester.login,
  isMine: isMine(one.requester, caller),
  submittedAt: instant(one.submittedAt),
  expiresAt: instant(one.expiresAt),
  ...(one.decidedBy === null ? {} : { decidedBy: one.decidedBy }),
  ...(one.decidedAt === null ? {} : { decidedAt: instant(one.decidedAt) }),
  ...(one.decisionReason === null ? {} : { decisionReason: one.decisionReason }),
});
