// Cohorts by rules: written, counted (who would join, who would leave), then applied by a job that a kill does not confuse. Putting accounts into a
// cohort that is cut over is a switch like any other: the policy's limit holds for it too (ES-6.2).
import { canonicalAccount } from '../../core/account/account.ts';
import { STRONG_TYPES } from '../../core/authenticator/type.ts';
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import type { RiskFlag } from '../../core/operator/actions.ts';
import { needsSecond } from '../../core/operator/console-policy.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { type CohortRule, fitsRule, type RuledCohort, type RunDelta } from '../../core/rollout/cohort-rule.ts';
import { isOpen } from '../../core/rollout/cutover.ts';
import { forcesCohort, forcesMove } from '../../core/rollout/moves.ts';
import { phaseAt } from '../../core/rollout/phase.ts';
import type { CaseOpened } from '../operator/act.ts';
import { type Approval, askSecond } from '../operator/ask-second.ts';
import { isMoreThan } from './limit.ts';

const BATCH = 500;
/** A count is what somebody decided by for so long, ms. */
const FRESH_MS = 3600_000;
const isRunning = ({ run }: RuledCohort): boolean => run === 'counting' || run === 'applying';

export interface CohortDone {
  readonly kind: 'cohort';
  readonly cohort: RuledCohort;
}

/** Writes the rule of a cohort, and adds accounts to its list; who is in the cohort changes only when it is applied. */
export async function saveCohort(
  ports: Ports,
  caller: Caller,
  input: {
    readonly name: string;
    readonly rule: CohortRule;
    readonly listed?: readonly string[] | undefined;
    readonly reason: string;
  },
): Promise<CohortDone | Refusal> {
  return guarded(async () => {
    const { tenantId } = caller;
    const known = await ports.cohorts.get(tenantId, input.name);
    if (known !== undefined && (isRunning(known) || (await isCutOver(ports, caller, input.name))))
      return refuse('cohort-busy');
    const written = await ports.store.commit(tenantId, [
      {
        op: 'save-cohort',
        tenantId,
        name: input.name,
        rule: JSON.stringify(input.rule),
        actor: caller.actor,
        revision: known?.revision ?? 0,
      },
      ...(input.listed ?? []).map(
        (account): Write => ({ op: 'list-account', tenantId, name: input.name, canonical: canonicalAccount(account) }),
      ),
      audited(caller, 'cohort.saved', {
        cohort: input.name,
        rule: JSON.stringify(input.rule),
        listed: input.listed?.length ?? 0,
        reason: input.reason,
      }),
    ]);
    return written.kind === 'done' ? found(ports, caller, input.name) : CONFLICT;
  });
}

/**
 * What speaks for a second look before a cohort is applied: accounts move to another phase, now or by what is planned; more than one operator begins alone
 * in bulk; or more without a method than the policy lets a switch meet.
 */
function cohortFlags(
  { rollout, console: rules }: Policy,
  { name, rule, joining, leaving }: RuledCohort,
  isBeyond: boolean,
  now: number,
): readonly RiskFlag[] {
  const from = [null, ...(rule.takesOthers === true ? Object.keys(rollout.cohorts) : [])];
  const moments = [now, ...rollout.schedule.map(({ at }) => Date.parse(at)).filter((at) => at > now)];
  const isAnother = moments.some((at) => from.some((one) => phaseAt(rollout, one, at) !== phaseAt(rollout, name, at)));
  // A cut-over that has taken a part of those outside lets go of whoever joins.
  const moves = isAnother || (rollout.stages ?? []).length > 0;
  const flags: readonly (readonly [RiskFlag, boolean])[] = [
    ['phase-changes', joining + leaving > 0 && moves],
    ['many-accounts', joining + leaving > rules.bulkRows],
    ['over-limit', isBeyond],
  ];
  return flags.flatMap(([flag, holds]) => (holds ? [flag] : []));
}

/** Begins a count, or applies what was counted; or asks a second operator, where the policy wants one for that or for what it does. */
export async function runCohort(
  ports: Ports,
  caller: Caller,
  input: {
    readonly name: string;
    readonly mode: 'count' | 'apply';
    readonly reason: string;
    readonly override?: boolean | undefined;
    /** A second operator agreed, to what was counted by then. */
    readonly approval?: (Approval & { readonly revision: number }) | undefined;
    readonly ip?: string | null | undefined;
  },
): Promise<CohortDone | CaseOpened | Refusal> {
  return guarded(async () => {
    const { tenantId } = caller;
    const { approval } = input;
    const cohort = await ports.cohorts.get(tenantId, input.name);
    if (cohort === undefined) return refuse('not-found');
    // Written or counted anew, it is not what they looked at.
    if (approval !== undefined && approval.revision !== cohort.revision) return refuse('situation-changed');
    if (isRunning(cohort) || (await isCutOver(ports, caller, input.name))) return refuse('cohort-busy');
    const now = await ports.store.now();
    if (input.mode === 'apply') {
      const isFresh = approval !== undefined || (cohort.ranAt ?? 0) >= now - FRESH_MS;
      if (cohort.run !== 'counted' || !isFresh) return refuse('conflict');
      const { policy } = await ports.tenants.get(tenantId, Number.POSITIVE_INFINITY);
      const { limitAffected: limit } = policy.rollout;
      const isSwitch = forcesCohort(policy.rollout, input.name, cohort.rule.takesOthers === true, now);
      const isBeyond = isSwitch && limit !== undefined && cohort.unbound > limit;
      if (isBeyond && input.override !== true) return refuse('switch-refused', { affected: cohort.unbound, limit });
      const riskFlags = cohortFlags(policy, cohort, isBeyond, now);
      // What speaks against it now and did not when they looked, they have not agreed to.
      if (approval !== undefined && !riskFlags.every((flag) => approval.riskFlags.includes(flag)))
        return refuse('situation-changed');
      const second =
        approval === undefined
          ? await askSecond(ports, caller, 'apply-cohort', {
              input: {
                cohort: cohort.name,
                rule: cohort.rule,
                phase: phaseAt(policy.rollout, cohort.name, now),
                counted: cohort.revision,
                ...(input.override === true ? { override: true } : {}),
              },
              reason: input.reason,
              ip: input.ip,
              riskFlags,
              effects: [
                { kind: 'accounts-join', count: cohort.joining },
                { kind: 'accounts-leave', count: cohort.leaving },
                { kind: 'accounts-unbound', count: cohort.unbound },
              ],
              // Where a switch waits, putting accounts into what is switched does too: it is the same to them.
              isWanted: (rules) =>
                needsSecond(rules, 'apply-cohort', riskFlags) ||
                (riskFlags.includes('phase-changes') && needsSecond(rules, 'switch-phase', riskFlags)) ||
                (isBeyond && needsSecond(rules, 'override-limit', riskFlags)),
            })
          : undefined;
      if (second !== undefined) return second;
    }
    const written = await ports.store.commit(tenantId, [
      {
        op: 'run-cohort',
        tenantId,
        name: input.name,
        revision: cohort.revision,
        run: input.mode === 'count' ? 'counting' : 'applying',
      },
      ...(input.mode === 'count'
        ? []
        : [
            audited(caller, 'cohort.applied', {
              cohort: input.name,
              joining: cohort.joining,
              leaving: cohort.leaving,
              override: input.override === true,
              reason: input.reason,
            }),
          ]),
      ...(approval?.writes ?? []),
    ]);
    if (written.kind === 'done') return found(ports, caller, input.name);
    // A case that was decided meanwhile is decided: no second try makes that right.
    return written.op === 'decide-case' ? refuse('closed') : CONFLICT;
  });
}

/** Forgets the rule and its list; accounts stay where they are. */
export async function deleteCohort(
  ports: Ports,
  caller: Caller,
  name: string,
): Promise<{ readonly kind: 'deleted' } | Refusal> {
  return guarded(async () => {
    const cohort = await ports.cohorts.get(caller.tenantId, name);
    if (cohort === undefined) return refuse('not-found');
    if (isRunning(cohort)) return refuse('cohort-busy');
    const written = await ports.store.commit(caller.tenantId, [
      { op: 'drop-cohort', tenantId: caller.tenantId, name, revision: cohort.revision },
      { op: 'drop-listed', tenantId: caller.tenantId, name },
      audited(caller, 'cohort.deleted', { cohort: name }),
    ]);
    return written.kind === 'done' ? { kind: 'deleted' } : CONFLICT;
  });
}

/** Goes on with every run that was begun, a stretch at a time. Safe on every node at once, and to kill at any moment. */
export async function runCohorts(ports: Ports, isStopped: () => boolean = () => false): Promise<void> {
  for (const begun of await ports.cohorts.running()) {
    let cohort: RuledCohort | undefined = begun;
    while (cohort !== undefined && isRunning(cohort) && !isStopped()) {
      const delta = await stretch(ports, begun.tenantId, cohort);
      const isDone = await ports.cohorts.advance(begun.tenantId, cohort, delta);
      if (isDone && delta.isStopped === true) await tellStopped(ports, begun.tenantId, cohort);
      cohort = await ports.cohorts.get(begun.tenantId, begun.name);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

async function stretch(ports: Ports, tenantId: string, cohort: RuledCohort): Promise<RunDelta> {
  const now = await ports.store.now();
  const accounts = await ports.cohorts.accounts(tenantId, cohort.name, cohort.cursor, BATCH);
  const { rollout } = (await ports.tenants.get(tenantId, Number.POSITIVE_INFINITY)).policy;
  const isSwitch = forcesCohort(rollout, cohort.name, cohort.rule.takesOthers === true, now);
  const joins: string[] = [];
  const leaves: string[] = [];
  let matching = 0;
  let unbound = 0;
  for (const account of accounts) {
    const isIn = account.cohort === cohort.name;
    const fits = fitsRule(cohort.rule, account, now, ports.reaches);
    if (fits) matching++;
    const isOfOther = account.cohort !== null && cohort.rule.takesOthers !== true;
    if (isIn === fits || (fits && isOfOther)) continue;
    (fits ? joins : leaves).push(account.id);
    if (account.bound.some((type) => STRONG_TYPES.includes(type))) continue;
    const to = fits ? cohort.name : null;
    // Where nobody is switched by it, who joins is told for when the cohort will be.
    if (isSwitch ? forcesMove(rollout, account.cohort, to, now, account.id) : fits) unbound++;
  }
  const isEnd = accounts.length < BATCH;
  const delta = { to: accounts.at(-1)?.id ?? cohort.cursor, matching, unbound, joins, leaves, isEnd };
  const limit = isSwitch ? rollout.limitAffected : undefined;
  if (!isMoreThanCounted(cohort, delta, isSwitch, limit)) return delta;
  return { to: cohort.cursor, matching: 0, unbound: 0, joins: [], leaves: [], isEnd: false, isStopped: true };
}

/** Whether a run moves more than somebody decided by, but for a few; past the limit it moves nobody unless what they decided by was past it. */
function isMoreThanCounted(
  { most, ...cohort }: RuledCohort,
  { joins, leaves, unbound }: RunDelta,
  isSwitch: boolean,
  limit: number | undefined,
): boolean {
  if (cohort.run !== 'applying' || most === null) return false;
  const forced = cohort.unbound + unbound;
  return (
    isMoreThan(most.joining, cohort.joining + joins.length) ||
    isMoreThan(most.leaving, cohort.leaving + leaves.length) ||
    (isSwitch && isMoreThan(most.unbound, forced)) ||
    (limit !== undefined && most.unbound <= limit && forced > limit)
  );
}

/** By what it moved until then. */
async function tellStopped(ports: Ports, tenantId: string, { name, joining, leaving }: RuledCohort): Promise<void> {
  const data = { cohort: name, joining, leaving };
  await ports.store.commit(tenantId, [
    { op: 'audit', event: { tenantId, accountId: null, event: 'cohort.stopped', actor: 'system', data } },
  ]);
}

async function isCutOver(ports: Ports, caller: Caller, name: string): Promise<boolean> {
  return (await ports.cutovers.list(caller.tenantId)).some((one) => isOpen(one) && one.cohort === name);
}

async function found(ports: Ports, caller: Caller, name: string): Promise<CohortDone | Refusal> {
  const cohort = await ports.cohorts.get(caller.tenantId, name);
  return cohort === undefined ? refuse('not-found') : { kind: 'cohort', cohort };
}

const audited = (
  caller: Caller,
  event: 'cohort.saved' | 'cohort.applied' | 'cohort.deleted',
  data: Readonly<Record<string, string | number | boolean>>,
): Write => ({ op: 'audit', event: { tenantId: caller.tenantId, accountId: null, event, actor: caller.actor, data } });
