// What becomes of a case: approved and executed in one commit, once (OPS-01), returned with a reason, withdrawn or edited by who asked. Nobody decides their
// own, under whatever session or login. What it rests on is looked at again when it is executed.
import { canonicalAccount } from '../../core/account/account.ts';
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import { ACTIONS, type AccountAction } from '../../core/operator/actions.ts';
import { type Case, mayNotDecide, stateOf } from '../../core/operator/case.ts';
import { may } from '../../core/operator/roles.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { Invalid } from '../accounts.ts';
import { objectionFor } from '../objection.ts';
import { tenantOf } from '../tenant.ts';
import { type ActRequest, inputOf, look, recorded } from './act.ts';
import { performForTenant, type TenantResult } from './for-tenant.ts';
import { actorOf, said } from './guard.ts';
import { isTheirs, known } from './known.ts';
import { PERFORM, type Results } from './perform.ts';
import { type ActionInput, previewOf } from './preview.ts';

export interface CaseFound {
  readonly kind: 'found';
  readonly case: Case;
  readonly now: number;
}

/** A case of the tenant. */
export async function caseOf(ports: Ports, caller: Caller, id: string): Promise<CaseFound | Refusal> {
  const found = await ports.cases.byId(caller.tenantId, id);
  return found === undefined ? refuse('not-found') : { kind: 'found', ...found };
}

/** The case while it waits as it was looked at, or why nothing is decided of it any more. */
async function waiting(ports: Ports, caller: Caller, id: string, revision: number): Promise<CaseFound | Refusal> {
  const found = await caseOf(ports, caller, id);
  if (found.kind === 'refused') return found;
  const state = stateOf(found.case, found.now);
  if (state === 'expired') return refuse('expired');
  if (state !== 'submitted') return refuse('closed');
  return found.case.revision === revision ? found : refuse('case-changed', { revision: found.case.revision });
}

/** The refusal of an operator who may not decide it; undefined when they may. */
async function partial(ports: Ports, caller: Caller, { case: one, now }: CaseFound): Promise<Refusal | undefined> {
  if (caller.operator === undefined) return refuse('own-case', { why: 'own' });
  const approver = actorOf(caller, '');
  const why = mayNotDecide(await known(ports, one.requester), await known(ports, approver), now);
  return why === undefined ? undefined : refuse('own-case', { why });
}

/** The write that decides, with the event that tells of it. */
const decided = (
  one: Case,
  by: string,
  to: 'executed' | 'failed' | 'returned' | 'withdrawn',
  reason: string | null,
): readonly Write[] => [
  { op: 'decide-case', id: one.id, tenantId: one.tenantId, revision: one.revision, to, by, reason },
  {
    op: 'audit',
    event: {
      tenantId: one.tenantId,
      accountId: one.accountId,
      event: EVENTS[to],
      actor: `operator:${by}`,
      data: {
        case: one.id,
        action: one.action,
        requester: one.requester.login,
        revision: one.revision,
        ...(reason === null ? {} : { reason }),
      },
    },
  },
];
const EVENTS = {
  executed: 'case.approved',
  failed: 'case.failed',
  returned: 'case.returned',
  withdrawn: 'case.withdrawn',
} as const;

export interface Approved {
  readonly kind: 'approved';
  readonly case: Case;
  readonly result: Results[AccountAction] | TenantResult;
}

/** Approves the revision that was looked at, and does what it asks for, in one commit. */
export async function approveCase(
  ports: Ports,
  caller: Caller,
  input: { readonly id: string; readonly revision: number },
): Promise<Approved | Refusal | Invalid> {
  const first = await waiting(ports, caller, input.id, input.revision);
  if (first.kind === 'refused') return first;
  const no = await partial(ports, caller, first);
  if (no !== undefined) return no;
  const one = first.case;
  const { action, accountId, requester } = one;
  const by = actorOf(caller, '').login;
  const row = ACTIONS[action];
  const onAccount = action as AccountAction;
  if (!(await stillMay(ports, one))) return fail(ports, one, by, 'requester-may-not');
  if (row.on === 'tenant') {
    const result = await performForTenant(ports, one, decided(one, by, 'executed', null));
    if (result.kind === 'refused')
      return LOST.includes(result.code) ? result : fail(ports, one, by, result.code, result.members);
    return { kind: 'approved', case: { ...one, status: 'executed', decidedBy: by, decidedAt: first.now }, result };
  }
  if (accountId === null) return refuse('not-found');

  const subject = await ports.store.accountById(caller.tenantId, accountId);
  if (subject === undefined) return fail(ports, one, by, 'account-unknown');
  const { policy } = await tenantOf(ports, caller, subject);
  const { objection, writes: lets } = await objectionFor(ports, policy, subject);
  const members = one.input as ActionInput;
  const done = await PERFORM[onAccount](
    ports,
    caller,
    { ...members, account: subject.account.account, reason: said(one.reason, one.note), operator: requester.login },
    {
      objection,
      async writes(now, snapshot) {
        const still = await waiting(ports, caller, input.id, input.revision);
        if (still.kind === 'refused') return still;
        if (snapshot.account.id !== accountId) return refuse('situation-changed');
        const seen = await previewOf(ports, now, snapshot, onAccount, members);
        if (seen.kind === 'refused') return seen;
        if (seen.situation !== one.situation) return refuse('situation-changed');
        const { reason, note, riskFlags, callerCheck } = one;
        return [
          ...decided(one, by, 'executed', null),
          ...lets,
          ...recorded(ports, snapshot, onAccount, { reason, note, actor: requester, riskFlags, callerCheck }, one.id),
        ];
      },
    },
  );
  if (done.kind === 'refused') return LOST.includes(done.code) ? done : fail(ports, one, by, done.code, done.members);
  if (done.kind === 'invalid') return done;
  return { kind: 'approved', case: { ...one, status: 'executed', decidedBy: by, decidedAt: first.now }, result: done };
}

/** Refusals that say somebody else was first: the case is decided already, or another revision waits. */
const LOST: readonly string[] = ['closed', 'expired', 'case-changed'];

/** Whether who asked could still do it alone: an operator whose role is gone asks for nothing any more. */
async function stillMay(ports: Ports, { requester, tenantId, action }: Case): Promise<boolean> {
  if (requester.id === null) return true;
  const services = await ports.operators.services(requester.id);
  const roles = services.find((one) => one.tenantId === tenantId)?.roles ?? [];
  return may(roles, ACTIONS[action].permission);
}

/** It was approved, and cannot be done any more: it is over, and says why. */
async function fail(ports: Ports, one: Case, by: string, why: string, members?: Refusal['members']): Promise<Refusal> {
  await ports.store.commit(one.accountId ?? one.tenantId, decided(one, by, 'failed', why));
  return refuse('situation-changed', { ...members, why });
}

/** A second operator sends it back with a reason, or who asked takes it back. */
export async function closeCase(
  ports: Ports,
  caller: Caller,
  input: {
    readonly id: string;
    readonly revision: number;
    readonly to: 'returned' | 'withdrawn';
    readonly reason: string | null;
  },
): Promise<CaseFound | Refusal> {
  return guarded(async () => {
    const found = await waiting(ports, caller, input.id, input.revision);
    if (found.kind === 'refused') return found;
    const { case: one, now } = found;
    const by = actorOf(caller, '');
    if (input.to === 'returned') {
      const no = await partial(ports, caller, found);
      if (no !== undefined) return no;
    } else if (!isTheirs(one.requester, by)) return refuse('own-case', { why: 'others' });
    const written = await ports.store.commit(
      one.accountId ?? one.tenantId,
      decided(one, by.login, input.to, input.reason),
    );
    if (written.kind === 'conflict') return CONFLICT;
    const after = { ...one, status: input.to, decidedBy: by.login, decidedAt: now, decisionReason: input.reason };
    return { kind: 'found', case: after, now };
  });
}

/** Another revision by who asked: what anybody made of the one before is void, and it waits anew. */
export async function editCase(
  ports: Ports,
  caller: Caller,
  input: Omit<ActRequest, 'account' | 'operator'> & {
    readonly id: string;
    readonly revision: number;
    readonly input: ActionInput;
  },
): Promise<CaseFound | Refusal> {
  return guarded(async (thorough) => {
    const found = await caseOf(ports, caller, input.id);
    if (found.kind === 'refused') return found;
    const { case: one, now } = found;
    const state = stateOf(one, now);
    if (state !== 'submitted' && state !== 'returned') return refuse(state === 'expired' ? 'expired' : 'closed');
    if (one.revision !== input.revision) return refuse('case-changed', { revision: one.revision });
    if (!isTheirs(one.requester, actorOf(caller, ''))) return refuse('own-case', { why: 'others' });
    if (ACTIONS[one.action].on !== 'account' || one.account === null) return refuse('not-found');
    const action = one.action as AccountAction;
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(one.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const request = { ...input.input, ...input, account: one.account, operator: one.requester.login };
    const looked = await look(ports, caller, policy, snapshot, action, request, one.callerCheck);
    if (looked.kind === 'refused') return looked;
    const edited = {
      id: one.id,
      tenantId: one.tenantId,
      input: inputOf(input.input),
      reason: looked.reason,
      note: looked.note,
      callerCheck: looked.callerCheck,
      effects: looked.effects,
      riskFlags: looked.riskFlags,
      situation: looked.situation,
      revision: one.revision,
      expiresAt: snapshot.now + policy.console.caseHours * 3600_000,
    };
    const written = await ports.store.commit(snapshot.account.id, [
      { op: 'edit-case', case: edited },
      ...looked.writes,
      {
        op: 'audit',
        event: {
          tenantId: one.tenantId,
          accountId: one.accountId,
          event: 'case.edited',
          actor: `operator:${one.requester.login}`,
          data: { case: one.id, action, revision: one.revision + 1, reason: looked.reason, note: looked.note },
        },
      },
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    return caseOf(ports, caller, one.id);
  });
}
