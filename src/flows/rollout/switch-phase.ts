// Switching the rollout at once or at a planned instant. Rolling back is switching back; a switch ends the cut-overs of the same accounts.
import { STRONG_TYPES } from '../../core/authenticator/type.ts';
import type { Write } from '../../core/commit.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { Phase } from '../../core/rollout/phase.ts';
import { publishRollout, type RolloutView } from './publish.ts';

export type { RolloutView } from './publish.ts';

type RolloutPolicy = Policy['rollout'];

export interface SwitchPhase {
  readonly phase: Phase;
  readonly cohort?: string | undefined;
  /** RFC 3339 with zone; now when absent. */
  readonly at?: string | undefined;
  readonly reason?: string | undefined;
  readonly override?: boolean | undefined;
}

/** Switches the phase of the tenant or of one cohort, at once or at a planned instant. */
export async function switchPhase(
  ports: Ports,
  caller: Caller,
  input: SwitchPhase,
  writes: readonly Write[] = [],
): Promise<RolloutView | Refusal> {
  return publishRollout(ports, caller, async (tenant, now) => {
    const { rollout } = tenant.policy;
    if (input.phase === 'totp-only') {
      const beyond = await beyondLimit(ports, tenant.id, rollout, input);
      if (beyond !== null) return beyond;
    }
    return {
      kind: 'change',
      rollout: planned(rollout, input, now),
      reason: input.reason ?? `phase ${input.phase}`,
      event: 'rollout.switched',
      data: {
        from: rollout.phase,
        to: input.phase,
        cohort: input.cohort ?? null,
        at: input.at ?? null,
        reason: input.reason ?? null,
      },
      writes,
    };
  });
}

/** A refusal when `share` of the accounts without a strong method are more than the policy lets a switch meet, unless it is overridden with a reason. */
export async function beyondLimit(
  ports: Ports,
  tenantId: string,
  { limitAffected: limit }: RolloutPolicy,
  input: {
    readonly cohort?: string | undefined;
    readonly override?: boolean | undefined;
    readonly reason?: string | undefined;
  },
  share = 1,
): Promise<Refusal | null> {
  if (limit === undefined || (input.override === true && input.reason !== undefined)) return null;
  const affected = Math.ceil((await ports.store.countUnbound(tenantId, input.cohort ?? null, STRONG_TYPES)) * share);
  return affected > limit ? refuse('switch-refused', { affected, limit }) : null;
}

/** The rollout in force. */
export async function getRollout(ports: Ports, caller: Caller): Promise<RolloutView> {
  const tenant = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  return { kind: 'rollout', version: tenant.policyVersion, rollout: tenant.policy.rollout };
}

/** The rollout with the switch in it. Switches that fell due are folded into the phases; what is planned for later stays. */
export function planned(rollout: RolloutPolicy, input: SwitchPhase, now: number): RolloutPolicy {
  const inForce = folded(rollout, now);
  const { schedule } = inForce;
  let { phase } = inForce;
  const cohorts: Record<string, Phase> = { ...inForce.cohorts };
  const { at } = input;
  if (at !== undefined && Date.parse(at) > now) {
    const same = (s: { cohort?: string | undefined; at: string }): boolean =>
      s.cohort === input.cohort && Date.parse(s.at) === Date.parse(at);
    const entry =
      input.cohort === undefined ? { at, phase: input.phase } : { at, phase: input.phase, cohort: input.cohort };
    return {
      ...rollout,
      phase,
      cohorts,
      schedule: [...schedule.filter((s) => !same(s)), entry].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    };
  }
  if (input.cohort === undefined) phase = input.phase;
  else cohorts[input.cohort] = input.phase;
  // Whoever switches these accounts now means all of them: no share of them stays behind in a cut-over.
  const stages = rollout.stages?.filter((stage) => stage.cohort !== input.cohort);
  return { ...rollout, phase, cohorts, schedule, stages };
}

/** The rollout with the switches that fell due folded into its phases. */
export function folded(rollout: RolloutPolicy, now: number): RolloutPolicy {
  let phase = rollout.phase;
  const cohorts: Record<string, Phase> = { ...rollout.cohorts };
  const due = rollout.schedule
    .filter((s) => Date.parse(s.at) <= now)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  for (const s of due) {
    if (s.cohort === undefined) phase = s.phase;
    else cohorts[s.cohort] = s.phase;
  }
  return { ...rollout, phase, cohorts, schedule: rollout.schedule.filter((s) => Date.parse(s.at) > now) };
}
