// The answer of a phone: one decision, signed by the phone's own key over the server's text (SCN-02, SCN-06, SCN-14). Yes moves the login on in the same
// commit; no ends it and warns its owner everywhere; a wrong number is counted and decides against that request.
import { type Approval, isOpen, wrongNumberScope } from '../../core/approval/approval.ts';
import { type Answer, signedText } from '../../core/approval/canonical.ts';
import { CONFLICT, type Conflict, guarded, type Write } from '../../core/commit.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports, Tenant } from '../../core/ports.ts';
import type { ChallengeSnapshot } from '../../core/store.ts';
import { countFailure } from '../count-failure.ts';
import { type Loaded, loadPhone, type PhoneCall } from '../enrolment/load.ts';
import { isSignedBy } from '../enrolment/signed.ts';
import { refusalOf } from '../facts.ts';
import { noticesOf } from '../notices.ts';
import { askedOf } from '../open-challenge.ts';
import { stepDone } from '../step-done.ts';
import { tenantOf } from '../tenant.ts';
import { afterFailure, failuresOf, scopeOf } from '../try-output.ts';
import { type AblePhone, able, approving } from './phones.ts';
import { showApproval } from './shown.ts';

export interface AnswerInput {
  readonly id: string;
  readonly answer: Answer;
  readonly number?: string | undefined;
  readonly signature: string;
}

export interface Answered {
  readonly kind: 'answered';
  readonly status: 'approved' | 'denied';
}

/** Decides an approval of the calling phone's account. */
export async function answerApproval(ports: Ports, call: PhoneCall, input: AnswerInput): Promise<Answered | Refusal> {
  return guarded(async (thorough) => {
    const loaded = await loadPhone(ports, call, thorough, 'any');
    if (loaded.kind === 'refused') return loaded;
    const approval = await ports.approvals.byId(input.id);
    if (approval === undefined || approval.accountId !== loaded.snapshot.account.id) return refuse('approval-unknown');
    const snapshot = await ports.store.challenge(approval.tenantId, approval.challengeId, thorough);
    if (snapshot === undefined) return refuse('approval-unknown');
    const tenant = await tenantOf(ports, call.caller, snapshot);
    const { phone } = loaded;
    const isTheirs = approval.kind === 'scan' ? approval.status === 'claimed' : approval.status === 'waiting';
    if (!isTheirs || (approval.phoneId !== null && approval.phoneId !== phone.id)) return refuse('closed');
    if (!isOpen(approval, snapshot.now)) return refuse('expired');
    const { canonical } = showApproval(ports, tenant, snapshot, approval, phone.id);
    // A policy or name that changed since the sheet came up changes the text: the phone looks again.
    if (!(await isSignedBy(ports, phone, signedText(canonical, input.answer, input.number), input.signature)))
      return refuse('conflict');
    return input.answer === 'deny'
      ? deny(ports, call, tenant.policy, snapshot, approval, input)
      : approve(ports, call, tenant, snapshot, loaded, approval, input);
  });
}

async function approve(
  ports: Ports,
  call: PhoneCall,
  tenant: Tenant,
  snapshot: ChallengeSnapshot,
  loaded: Loaded,
  approval: Approval,
  input: AnswerInput,
): Promise<Answered | Refusal | Conflict> {
  const { policy } = tenant;
  const { account } = snapshot;
  const asked = askedOf(policy, snapshot);
  if (asked.kind === 'refused') return asked;
  const { types } = asked.decision;
  if (approving(ports, types).length === 0) return refuse('method-not-offered', { offered: types });
  const by = able(policy, snapshot, loaded.enrolment, loaded.phone.id);
  if (by.kind === 'refused') return by;
  if (!types.includes(by.authenticator.type)) return refuse('method-not-offered', { offered: types });
  const scope = wrongNumberScope(account.id);
  const wrong = approval.number === null ? 0 : (await ports.store.failures(scope)).failures.count;
  if (approval.number !== null && ports.canonicalOutput(input.number ?? '') !== approval.number)
    return wrongNumber(ports, call, policy, snapshot, approval, by, input, wrong);
  const step = await stepDone(ports, policy, snapshot, asked, {
    id: by.authenticator.id,
    type: by.authenticator.type,
    expiresAt: by.authenticator.expiresAt,
    actor: call.caller.actor,
    data: { approval: approval.id, phone: by.phone.id },
  });
  if (step.kind === 'refused') return step;
  const written = await ports.store.commit(account.id, [
    ...decided(approval, by.phone.id, 'approved', input, loaded.policy.trust.enabled),
    {
      op: 'expect-failures',
      scope: scopeOf(policy, snapshot, by.authenticator),
      count: failuresOf(policy, snapshot, by.authenticator).count,
    },
    ...(wrong > 0 ? [{ op: 'clear-failures', scope, count: wrong } as const] : []),
    { op: 'use-phone', accountId: account.id, id: by.phone.id },
    ...step.writes,
  ]);
  if (written.kind === 'conflict') return CONFLICT;
  step.committed();
  if (step.next.kind === 'refuse') return refusalOf(policy, step.next.why, asked.known);
  return { kind: 'answered', status: 'approved' };
}

/** "It was not me": the login is over, and everyone who guards the account is told. */
async function deny(
  ports: Ports,
  call: PhoneCall,
  policy: Policy,
  snapshot: ChallengeSnapshot,
  approval: Approval,
  input: AnswerInput,
): Promise<Answered | Refusal | Conflict> {
  const { account, challenge } = snapshot;
  if (challenge.status !== 'pending') return refuse('closed');
  const written = await ports.store.commit(account.id, [
    ...decided(approval, call.phone, 'denied', input, false),
    { op: 'refuse-challenge', id: challenge.id, accountId: account.id, from: challenge.verified.join(' ') },
    {
      op: 'audit',
      event: {
        tenantId: account.tenantId,
        accountId: account.id,
        event: 'approval.denied',
        actor: call.caller.actor,
        data: { login: challenge.id, approval: approval.id, phone: call.phone },
      },
    },
    ...noticesOf(ports, policy, snapshot, 'login-denied'),
  ]);
  if (written.kind === 'conflict') return CONFLICT;
  ports.wake('challenge', challenge.id);
  ports.wake('outbox', account.tenantId);
  return { kind: 'answered', status: 'denied' };
}

/** Counted like a wrong code, in the same budget (BF-08), and that request is over: there is one guess. */
async function wrongNumber(
  ports: Ports,
  call: PhoneCall,
  policy: Policy,
  snapshot: ChallengeSnapshot,
  approval: Approval,
  by: AblePhone,
  input: AnswerInput,
  wrong: number,
): Promise<Refusal | Conflict> {
  const { account, challenge, now } = snapshot;
  const n = failuresOf(policy, snapshot, by.authenticator).count + 1;
  const writes: Write[] = [
    ...decided(approval, by.phone.id, 'denied', input, false),
    { op: 'count-failure', scope: wrongNumberScope(account.id), n: wrong + 1 },
    { op: 'count-failure', scope: scopeOf(policy, snapshot, by.authenticator), n },
  ];
  const refusal = await countFailure(
    ports,
    call.caller,
    policy,
    snapshot,
    { kind: 'invalid', reason: 'wrong', tried: by.authenticator, ...afterFailure(policy, now, n), writes },
    { login: challenge.id, ip: call.ip },
  );
  if (refusal === undefined) return CONFLICT;
  ports.wake('challenge', challenge.id);
  return refusal;
}

const decided = (
  approval: Approval,
  phoneId: string,
  to: 'approved' | 'denied',
  { answer, signature }: AnswerInput,
  mayTrust: boolean,
): readonly Write[] => [
  {
    op: 'decide-approval',
    id: approval.id,
    accountId: approval.accountId,
    phoneId,
    from: approval.status,
    to,
    trust: mayTrust && answer === 'approve-trust',
    signature,
  },
  { op: 'close-approvals', challengeId: approval.challengeId, except: approval.id },
];
