// The one mapping from outcomes to HTTP: values to bodies, refusals to problems (RFC 9457).

import type { ReplyOf } from '../../contract/endpoints.ts';
import { type Locale, PROBLEMS, type ProblemCode, problemType, problemWords } from '../../contract/problems.ts';
import { maskEmail, maskPhone } from '../../core/account/account.ts';
import type { Words } from '../../core/locale.ts';
import type { Refusal } from '../../core/outcome.ts';
import type { AccountView, Invalid } from '../../flows/accounts.ts';
import type { ApprovalView, LoginView } from '../../flows/login-view.ts';
import type { SwitchDone } from '../../flows/rollout/switch-phase.ts';
import { type Mistake, mistakesIn } from './mistakes.ts';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** `Set-Cookie` lines. */
  readonly cookies?: readonly string[];
  /** Places in the request that are wrong in a way the schema cannot see; answered as `invalid-request`. */
  readonly invalid?: readonly { readonly at: string; readonly code: string; readonly message: string }[];
}

export const ok = (body: unknown, status = 200): Reply => ({ status, body });
/** A place in the body that is wrong in a way the schema cannot see. */
export const invalid = (at: string, code: string, message: string): Reply => ({
  status: 400,
  body: null,
  invalid: [{ at, code, message }],
});
export const NO_CONTENT: Reply = { status: 204, body: null };
/** The answer to a value that the schema lets pass and its flow does not. */
export const misfit = ({ at, message }: Invalid): Reply => ({
  status: 400,
  body: null,
  invalid: [{ at, code: 'format', message }],
});
export const instant = (ms: number): string => new Date(ms).toISOString();

const STEP_UP: ReadonlySet<ProblemCode> = new Set(['proof-required', 'login-required']);
const STEP_UP_CHALLENGE = 'Bearer error="insufficient_user_authentication"';

/** A problem document. `instance` names the request, so that a person can quote it and an operator find it. */
export function problem(
  code: ProblemCode,
  locale: Locale,
  instance: string,
  members: Readonly<Record<string, unknown>> = {},
): Reply {
  const { status } = PROBLEMS[code];
  const retryAfter = members['retryAfter'];
  const told =
    code === 'invalid-request' ? { ...members, errors: mistakesIn(members['errors'] as Mistake[], locale) } : members;
  return {
    status,
    body: { type: problemType(code), ...problemWords(code, locale, members), status, instance, code, ...told },
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': locale,
      ...(typeof retryAfter === 'number' && status === 429 ? { 'retry-after': String(retryAfter) } : {}),
      // RFC 9110 §11.6.1: a 401 names the scheme; RFC 9470 §3: and that the caller is known, but not freshly or strongly enough.
      ...(status === 401 ? { 'www-authenticate': STEP_UP.has(code) ? STEP_UP_CHALLENGE : 'Bearer' } : {}),
    },
  };
}

/** Who would wait for news is one too many. */
export const TOO_MANY_WAITING: Refusal = { kind: 'refused', code: 'too-many-waiting', members: { retryAfter: 5 } };

/** A flow's refusal in the caller's language. */
export const refused = (refusal: Refusal, locale: Locale, instance: string): Reply =>
  problem(refusal.code, locale, instance, inLanguage(refusal.members, locale) as Record<string, unknown> | undefined);

/** The value with everything that is said in three languages said in one. */
function inLanguage(value: unknown, locale: Locale): unknown {
  if (Array.isArray(value)) return value.map((item) => inLanguage(item, locale));
  if (typeof value !== 'object' || value === null) return value;
  if ('zh-HK' in value) return (value as Words)[locale];
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inLanguage(item, locale)]));
}

/** A login's body; `assertion` only where the login was just satisfied. */
export function loginBody(
  view: LoginView,
  asked: Locale | null,
  withTrace: boolean,
  assertion?: string,
): ReplyOf<'startLogin'> {
  const { challenge } = view;
  return {
    id: challenge.id,
    account: view.account,
    purpose: challenge.purpose,
    status: view.status,
    phase: view.phase,
    authenticators: view.offered.map(({ retiresAt, ...one }) => ({
      ...one,
      ...(retiresAt === undefined ? {} : { retiresAt: instant(retiresAt) }),
    })),
    recovery: [...view.recovery],
    offers: [...view.offers],
    ...(view.status === 'enrol' ? { enrol: [...view.enrol] } : {}),
    codeSeconds: view.codeSeconds,
    help: { way: view.help.way, contact: view.help.contact[asked ?? challenge.locale] },
    ...(assertion === undefined ? {} : { assertion }),
    ...(view.approval === null ? {} : { approval: approvalBody(view.approval) }),
    expiresAt: instant(challenge.expiresAt),
    ...(challenge.verified.length > 0 ? { satisfiedBy: [...challenge.verified] } : {}),
    ...(withTrace && view.trace !== null
      ? { trace: view.trace.map((t) => ({ ...t, conditions: t.conditions.map((c) => ({ ...c })) })) }
      : {}),
  };
}

const approvalBody = ({
  by,
  trust,
  expiresAt,
  ...a
}: ApprovalView): NonNullable<ReplyOf<'startLogin'>['approval']> => ({
  ...a,
  ...(by === null ? {} : { by }),
  ...(trust ? { trust } : {}),
  expiresAt: instant(expiresAt),
});

/** Why nobody gets in to an account. */
export const suspensionsBody = ({ suspensions }: AccountView): ReplyOf<'getAccount'>['suspensions'] =>
  suspensions.map(({ by, since }) => ({ by, since: instant(since) }));

export function accountBody(view: AccountView, asked: Locale | null): ReplyOf<'getAccount'> {
  const { account } = view.snapshot;
  return {
    id: account.id,
    account: account.account,
    ...(account.name === null ? {} : { name: account.name }),
    status: account.status,
    suspensions: suspensionsBody(view),
    phase: view.phase,
    ...(account.cohort === null ? {} : { cohort: account.cohort }),
    locale: account.locale,
    ...(account.phone === null ? {} : { phoneHint: maskPhone(account.phone) }),
    ...(account.email === null ? {} : { emailHint: maskEmail(account.email) }),
    authenticators: view.authenticators.map(({ codesLeft, boundAt, ...a }) => ({
      ...a,
      boundAt: instant(boundAt),
      ...(codesLeft === null ? {} : { codesLeft }),
    })),
    mayBind: [...view.mayBind],
    contact: view.contact[asked ?? account.locale],
    createdAt: instant(account.createdAt),
  };
}

export const rolloutBody = (view: SwitchDone): ReplyOf<'getRollout'> => ({
  version: view.version,
  phase: view.rollout.phase,
  cohorts: { ...view.rollout.cohorts },
  schedule: view.rollout.schedule.map((s) =>
    s.cohort === undefined ? { at: s.at, phase: s.phase } : { at: s.at, phase: s.phase, cohort: s.cohort },
  ),
  ...(view.accounts === undefined ? {} : { accounts: view.accounts }),
});
