// Cut-overs: a cohort moved to TOTP in stages, paused by hand or by what goes wrong, finished, and undone within 72 hours (ES-6.1, ES-6.2).
// The policy says who is taken; the record says what was meant. Both change in one commit, or neither.
import type { AuditEvent } from '../../core/audit/events.ts';
import type { Write } from '../../core/commit.ts';
import { makeId } from '../../core/ids.ts';
import { askedUntil, mayNotDecide } from '../../core/operator/case.ts';
import { needsSecond } from '../../core/operator/console-policy.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import {
  type Cutover,
  isOpen,
  PROMISES,
  type Promised,
  percentOf,
  rollBackUntil,
  USUAL_STAGES,
} from '../../core/rollout/cutover.ts';
import { folded, type Phase } from '../../core/rollout/phase.ts';
import { isStaged, ownPhase, staged, without } from '../../core/rollout/staged.ts';
import type { CaseOpened } from '../operator/act.ts';
import { type Approval, askSecond } from '../operator/ask-second.ts';
import { actorOf } from '../operator/guard.ts';
import { isTheirs, known } from '../operator/known.ts';
import { publishRollout } from './publish.ts';
import { type CutoverView, viewCutover } from './see-cutovers.ts';
import { beyondLimit, exceeding, mayNotExceedAlone } from './switch-phase.ts';

type RolloutPolicy = Policy['rollout'];

export interface StartCutover {
  readonly cohort?: string | undefined;
  readonly stages?: readonly number[] | undefined;
  /** The share of those who try and do not get in (0…1) that pauses it. */
  readonly threshold?: number | undefined;
  readonly least?: number | undefined;
  readonly stageMinutes?: number | undefined;
  readonly goesOn?: boolean | undefined;
  readonly reason: string;
  readonly override?: boolean | undefined;
  readonly promises: readonly Promised[];
  /** Who asks, where the caller is no operator's session: they approve it no more than a session's own operator would. */
  readonly operator?: string | undefined;
}

const TARGET: Phase = 'totp-only';

/** Begins a cut-over with its first stage: the next login of the accounts it takes meets the new phase, on every node. */
export async function startCutover(ports: Ports, caller: Caller, input: StartCutover): Promise<CutoverView | Refusal> {
  const missing = PROMISES.filter((one) => !input.promises.includes(one));
  if (missing.length > 0) return refuse('cutover-checks', { missing });
  const cohort = input.cohort ?? null;
  const at = await ports.store.now();
  const id = makeId('cut', at, ports.random(18));
  const stages = input.stages ?? USUAL_STAGES;
  const begun = await publishRollout(ports, caller, async (tenant, now) => {
    const rollout = folded(tenant.policy.rollout, now);
    const before = cohort === null ? rollout.phase : (ownPhase(rollout, cohort) ?? null);
    if ((before ?? rollout.phase) === TARGET) return refuse('cutover-state', { status: 'done' });
    if ((await ports.cutovers.list(tenant.id)).some((one) => isOpen(one) && one.cohort === cohort))
      return refuse('cutover-running');
    const beyond = await beyondLimit(ports, tenant.id, rollout, input);
    if (beyond !== null) return beyond;
    const over = input.override === true ? await exceeding(ports, tenant.id, rollout, input.cohort) : null;
    const { console: rules } = tenant.policy;
    const asks =
      needsSecond(rules, 'switch-phase', over === null ? [] : ['over-limit']) || mayNotExceedAlone(rules, over);
    const cutover: Cutover = {
      id,
      tenantId: tenant.id,
      cohort,
      phase: TARGET,
      before,
      status: asks ? 'asked' : 'running',
      pausedWhy: null,
      stages,
      stage: 0,
      threshold: input.threshold ?? 0.05,
      least: input.least ?? 5,
      stageMinutes: input.stageMinutes ?? 60,
      goesOn: input.goesOn ?? false,
      // An override is of what was over the limit when it was given: it is no leave to go beyond it later.
      isOverridden: over !== null,
      affected: over?.affected ?? null,
      reason: input.reason,
      actor: caller.actor,
      requester: actorOf(caller, input.operator ?? caller.actor),
      approvedBy: null,
      startedAt: now,
      stageAt: now,
      endedAt: null,
      revision: 1,
    };
    return {
      kind: 'change',
      // Where a second operator is wanted nobody is taken yet.
      rollout: asks ? tenant.policy.rollout : staged(rollout, cutover, percentOf(cutover)),
      reason: input.reason,
      event: asks ? 'cutover.asked' : 'cutover.started',
      data: {
        cutover: id,
        cohort,
        percent: percentOf(cutover),
        reason: input.reason,
        override: over !== null,
        promises: input.promises.join(' '),
      },
      writes: [{ op: 'insert-cutover', cutover }],
    };
  });
  return begun.kind === 'refused' ? begun : viewCutover(ports, caller, id);
}

export interface StepCutover {
  readonly id: string;
  readonly step: 'approve' | 'withdraw' | 'advance' | 'pause' | 'resume' | 'roll-back';
  readonly reason: string;
  readonly override?: boolean | undefined;
  /** What the asker saw: nothing is done to another state than that. */
  readonly revision?: number | undefined;
  /** A second operator agreed to going beyond the limit, for so many. */
  readonly approval?: Approval | undefined;
  readonly affected?: number | undefined;
  readonly ip?: string | null | undefined;
}

/** Whether it is another than the asker saw: a stage that nobody of them watched is then not skipped. */
const hasMoved = (cutover: Cutover, { revision }: StepCutover): boolean =>
  revision !== undefined && revision !== cutover.revision;

/** Moves a cut-over on, holds it, or undoes it; or asks a second operator to go on beyond the policy's limit, where it wants one. */
export async function stepCutover(
  ports: Ports,
  caller: Caller,
  input: StepCutover,
): Promise<CutoverView | CaseOpened | Refusal> {
  const found = await ports.cutovers.get(caller.tenantId, input.id);
  if (found === undefined) return refuse('not-found');
  if (hasMoved(found, input)) return refuse('conflict');
  if (input.step === 'advance' && input.override === true && input.approval === undefined) {
    const second = await askedToExceed(ports, caller, found, input);
    if (second !== undefined) return second;
  }
  if (input.step === 'withdraw') {
    const no = await notToClose(ports, caller, found);
    if (no !== undefined) return no;
    const done = await mark(ports, caller, input.id, (cutover) =>
      cutover.status === 'asked' && !hasMoved(cutover, input)
        ? { status: 'ended', pausedWhy: null, event: 'cutover.withdrawn', why: input.reason, isEnd: true }
        : null,
    );
    return done ?? viewCutover(ports, caller, input.id);
  }
  if (input.step === 'pause' || input.step === 'resume') {
    const done = await mark(ports, caller, input.id, (cutover) => {
      if (hasMoved(cutover, input)) return null;
      if (cutover.status !== (input.step === 'pause' ? 'running' : 'paused')) return null;
      return input.step === 'pause'
        ? { status: 'paused', pausedWhy: 'operator', event: 'cutover.paused', why: input.reason }
        : { status: 'running', pausedWhy: null, event: 'cutover.resumed', why: input.reason, isNewStage: true };
    });
    return done ?? viewCutover(ports, caller, input.id);
  }
  const changed = await publishRollout(ports, caller, async (tenant, now) => {
    const cutover = await ports.cutovers.get(tenant.id, input.id);
    if (cutover === undefined) return refuse('not-found');
    if (hasMoved(cutover, input)) return refuse('conflict');
    const rollout = folded(tenant.policy.rollout, now);
    if (input.step === 'approve') return approved(ports, caller, tenant.policy, cutover, input.reason, now);
    return input.step === 'advance'
      ? withApproval(await advanced(ports, rollout, cutover, input), input.approval)
      : rolledBack(rollout, cutover, input.reason, now);
  });
  return changed.kind === 'refused' ? changed : viewCutover(ports, caller, input.id);
}

/** A stage that is beyond the limit, and was not begun as such, waits where the policy wants that; what cannot be gone on with is told at once. */
async function askedToExceed(
  ports: Ports,
  caller: Caller,
  cutover: Cutover,
  { reason, ip }: StepCutover,
): Promise<CaseOpened | undefined> {
  const percent = cutover.stages[cutover.stage + 1];
  if (cutover.status !== 'running' || cutover.isOverridden || percent === undefined) return undefined;
  const { policy } = await ports.tenants.get(cutover.tenantId, Number.POSITIVE_INFINITY);
  const { cohort } = cutover;
  const over = await exceeding(ports, cutover.tenantId, policy.rollout, cohort ?? undefined, percent / 100);
  if (over === null) return undefined;
  return askSecond(ports, caller, 'override-limit', {
    input: {
      cutover: cutover.id,
      stage: cutover.revision,
      percent,
      affected: over.affected,
      ...(cohort === null ? {} : { cohort }),
    },
    reason,
    ip,
    riskFlags: ['over-limit'],
    effects: [{ kind: 'accounts-unbound', count: over.affected }],
  });
}

const withApproval = (change: Change | Refusal, approval: Approval | undefined): Change | Refusal =>
  change.kind === 'refused' || approval === undefined
    ? change
    : { ...change, writes: [...(change.writes ?? []), ...approval.writes] };

type Change = Exclude<Awaited<ReturnType<Parameters<typeof publishRollout>[2]>>, Refusal>;

/**
 * What was asked for is withdrawn by who asked, and declined by an operator who might have approved it; nobody else takes it from them. Whoever has the
 * server may.
 */
async function notToClose(ports: Ports, caller: Caller, { requester, status }: Cutover): Promise<Refusal | undefined> {
  if (status !== 'asked' || caller.operator === undefined) return undefined;
  const by = actorOf(caller, '');
  if (isTheirs(requester, by)) return undefined;
  const why = mayNotDecide(await known(ports, requester), await known(ports, by), await ports.store.now());
  return why === undefined ? undefined : refuse('own-case', { why });
}

/** Begins what another operator asked for: never the same one, under whatever session or login (OPS-01). */
async function approved(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  cutover: Cutover,
  reason: string,
  now: number,
): Promise<Change | Refusal> {
  const isOver = now >= askedUntil(cutover.startedAt, policy.console.caseHours);
  if (cutover.status !== 'asked' || isOver)
    return refuse('cutover-state', { status: isOver ? 'ended' : cutover.status });
  if (caller.operator === undefined) return refuse('own-case', { why: 'own' });
  const why = mayNotDecide(await known(ports, cutover.requester), await known(ports, actorOf(caller, '')), now);
  if (why !== undefined) return refuse('own-case', { why });
  const rollout = folded(policy.rollout, now);
  const own = cutover.cohort === null ? rollout.phase : ownPhase(rollout, cutover.cohort);
  if ((own ?? rollout.phase) === cutover.phase) return refuse('cutover-state', { status: 'done' });
  if ((await ports.cutovers.list(cutover.tenantId)).some((one) => isOpen(one) && one.cohort === cutover.cohort))
    return refuse('cutover-running');
  const beyond = await beyondLimit(ports, cutover.tenantId, rollout, {
    cohort: cutover.cohort ?? undefined,
    override: cutover.isOverridden,
    affected: cutover.affected ?? undefined,
    reason: cutover.reason,
  });
  if (beyond !== null) return beyond;
  return {
    kind: 'change',
    rollout: staged(rollout, cutover, percentOf(cutover)),
    reason: cutover.reason,
    event: 'cutover.approved',
    data: {
      cutover: cutover.id,
      cohort: cutover.cohort,
      percent: percentOf(cutover),
      requester: cutover.actor,
      reason,
    },
    writes: [move(cutover, { status: 'running', isNewStage: true, approvedBy: caller.actor })],
  };
}

async function advanced(
  ports: Ports,
  rollout: RolloutPolicy,
  cutover: Cutover,
  input: StepCutover,
): Promise<Change | Refusal> {
  if (!isOpen(cutover) || !isStaged(rollout, cutover)) return refuse('cutover-state', { status: cutover.status });
  // What went wrong is looked at first, by somebody who then says that it goes on.
  if (cutover.status === 'paused') return refuse('cutover-state', { status: cutover.status });
  const next = cutover.stages[cutover.stage + 1];
  if (next === undefined) {
    const phases =
      cutover.cohort === null
        ? { phase: cutover.phase }
        : { cohorts: { ...rollout.cohorts, [cutover.cohort]: cutover.phase } };
    return {
      kind: 'change',
      rollout: { ...rollout, ...phases, stages: without(rollout, cutover) },
      reason: input.reason,
      event: 'cutover.finished',
      data: { cutover: cutover.id, cohort: cutover.cohort, reason: input.reason },
      writes: [move(cutover, { status: 'done', isEnd: true })],
    };
  }
  const override = cutover.isOverridden || input.override === true;
  const { reason, affected } = input;
  const asked = { cohort: cutover.cohort ?? undefined, override, reason, affected };
  const beyond = await beyondLimit(ports, cutover.tenantId, rollout, asked, next / 100);
  if (beyond !== null) return beyond;
  return {
    kind: 'change',
    rollout: staged(rollout, cutover, next),
    reason: input.reason,
    event: 'cutover.advanced',
    data: { cutover: cutover.id, cohort: cutover.cohort, percent: next, reason: input.reason },
    writes: [move(cutover, { status: 'running', stage: cutover.stage + 1, isNewStage: true })],
  };
}

function rolledBack(rollout: RolloutPolicy, cutover: Cutover, reason: string, now: number): Change | Refusal {
  const until = rollBackUntil(cutover);
  const { cohort, before } = cutover;
  const isThere =
    cutover.status === 'done'
      ? (cohort === null ? rollout.phase : ownPhase(rollout, cohort)) === cutover.phase
      : isStaged(rollout, cutover);
  if (until === null || now > until || !isThere) return refuse('cutover-state', { status: cutover.status });
  const cohorts: Record<string, Phase> = { ...rollout.cohorts };
  let { phase } = rollout;
  if (cutover.status === 'done') {
    if (cohort === null) phase = before ?? phase;
    else if (before === null) delete cohorts[cohort];
    else cohorts[cohort] = before;
  }
  return {
    kind: 'change',
    rollout: { ...rollout, phase, cohorts, stages: without(rollout, cutover) },
    reason,
    event: 'cutover.rolled-back',
    data: { cutover: cutover.id, cohort, percent: percentOf(cutover), reason },
    writes: [move(cutover, { status: 'rolled-back', isEnd: true })],
  };
}

/** Changes the record alone, again after a lost race; a refusal when `decide` finds nothing to do. */
export async function mark(
  ports: Ports,
  caller: Caller,
  id: string,
  decide: (cutover: Cutover) => {
    readonly status: Cutover['status'];
    readonly pausedWhy: Cutover['pausedWhy'];
    readonly event: AuditEvent['event'];
    readonly why: string;
    readonly isEnd?: boolean;
    readonly isNewStage?: boolean;
  } | null,
): Promise<Refusal | null> {
  for (let tries = 0; tries < 40; tries++) {
    const cutover = await ports.cutovers.get(caller.tenantId, id);
    if (cutover === undefined) return refuse('not-found');
    const next = decide(cutover);
    if (next === null) return refuse('cutover-state', { status: cutover.status });
    const { event, why, ...how } = next;
    const written = await ports.store.commit(cutover.tenantId, [
      move(cutover, how),
      {
        op: 'audit',
        event: {
          tenantId: cutover.tenantId,
          accountId: null,
          event,
          actor: caller.actor,
          data: { cutover: id, cohort: cutover.cohort, percent: percentOf(cutover), reason: why },
        },
      },
    ]);
    if (written.kind === 'done') return null;
  }
  throw new Error('a cut-over was changed by others forty times in a row');
}

const move = (
  cutover: Cutover,
  to: {
    readonly status: Cutover['status'];
    readonly pausedWhy?: Cutover['pausedWhy'];
    readonly stage?: number;
    readonly isNewStage?: boolean;
    readonly isEnd?: boolean;
    readonly approvedBy?: string;
  },
): Write => ({
  op: 'move-cutover',
  id: cutover.id,
  revision: cutover.revision,
  status: to.status,
  pausedWhy: to.pausedWhy ?? null,
  stage: to.stage ?? cutover.stage,
  isNewStage: to.isNewStage ?? false,
  isEnd: to.isEnd ?? false,
  approvedBy: to.approvedBy ?? null,
});
