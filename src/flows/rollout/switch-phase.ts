// Switching the rollout at once or at a planned instant, and taking a planned switch back. Rolling back is switching back; a switch ends the cut-overs of
// the same accounts.
import { STRONG_TYPES } from '../../core/authenticator/type.ts';
import type { Write } from '../../core/commit.ts';
import { type ConsolePolicy, needsSecond } from '../../core/operator/console-policy.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports, Tenant } from '../../core/ports.ts';
import { isSame } from '../../core/rollout/moves.ts';
import { folded, type Phase } from '../../core/rollout/phase.ts';
import type { CaseOpened } from '../operator/act.ts';
import { askSecond } from '../operator/ask-second.ts';
import { type Beyond, beyondBy, type Overriding, refuseBeyond } from './limit.ts';
import { publishRollout, type RolloutChange, type RolloutView } from './publish.ts';

export type { RolloutView } from './publish.ts';

type RolloutPolicy = Policy['rollout'];

export interface SwitchPhase {
  readonly phase: Phase;
  readonly cohort?: string | undefined;
  /** RFC 3339 with zone, to come; now when absent. */
  readonly at?: string | undefined;
  /** Takes back the switch that is planned just so. */
  readonly takeBack?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly override?: boolean | undefined;
  /** How many beyond the limit a second operator agreed to. */
  readonly affected?: number | undefined;
}

/** The rollout after a switch; `accounts`: how many active ones are in the cohort it names. */
export interface SwitchDone extends RolloutView {
  readonly accounts?: number;
}

/** Switches the phase of the tenant or of one cohort, at once or at a planned instant; or takes a planned switch back. */
export async function switchPhase(
  ports: Ports,
  caller: Caller,
  input: SwitchPhase,
  writes: readonly Write[] = [],
): Promise<SwitchDone | Refusal> {
  const done = await publishRollout(ports, caller, async (tenant, now) => {
    const decided = await decideSwitch(ports, tenant, input, now);
    return decided.kind === 'refused' ? decided : { ...decided, writes };
  });
  if (done.kind === 'refused' || input.cohort === undefined) return done;
  return { ...done, accounts: await ports.store.countCohort(caller.tenantId, input.cohort) };
}

/** What becomes of the rollout by a switch, or why not. */
export async function decideSwitch(
  ports: Ports,
  tenant: Tenant,
  input: SwitchPhase,
  now: number,
): Promise<RolloutChange | Refusal> {
  const before = tenant.policy.rollout;
  const { phase, cohort, at, reason } = input;
  // Whoever writes an instant that is over means another one: never everybody at once.
  if (at !== undefined && Date.parse(at) <= now) return refuse('in-the-past', { at });
  const after = input.takeBack === true ? without(before, input, now) : planned(before, input, now);
  if (after === undefined) return refuse('not-found');
  const beyond = await beyondBy(ports, tenant, after, now);
  const refusal = refuseBeyond(beyond, input);
  if (refusal !== null) return refusal;
  return {
    kind: 'change',
    rollout: after,
    reason: reason ?? `phase ${phase}`,
    event: input.takeBack === true ? 'rollout.taken-back' : 'rollout.switched',
    data: {
      from: before.phase,
      to: phase,
      cohort: cohort ?? null,
      at: at ?? null,
      reason: reason ?? null,
      ...(beyond === null ? {} : { override: true, ...beyond }),
    },
  };
}

/**
 * Switches the phase, or asks a second operator: where the policy wants one for it, or for going beyond its limit and this does. `ip` is where the request
 * came from.
 */
export async function switchPhaseOrAsk(
  ports: Ports,
  caller: Caller,
  input: SwitchPhase,
  ip: string | null,
): Promise<SwitchDone | CaseOpened | Refusal> {
  const tenant = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  const now = await ports.store.now();
  // Nobody is asked to agree to what would be refused.
  const decided = await decideSwitch(ports, tenant, input, now);
  if (decided.kind === 'refused') return decided;
  const over = await beyondBy(ports, tenant, decided.rollout, now);
  const riskFlags = over === null ? [] : (['over-limit'] as const);
  // An override is of what is over the limit now, and of about so many.
  const { override: _, ...plain } = input;
  const asked = over === null ? plain : { ...plain, override: true, affected: over.affected };
  const second = await askSecond(ports, caller, 'switch-phase', {
    input: asked,
    reason: input.reason ?? `phase ${input.phase}`,
    ip,
    riskFlags,
    effects: over === null ? [] : [{ kind: 'accounts-unbound', count: over.affected }],
    isWanted: (rules) => needsSecond(rules, 'switch-phase', riskFlags) || mayNotExceedAlone(rules, over),
  });
  return second ?? switchPhase(ports, caller, asked);
}

/** Whether going beyond the limit waits for a second operator. */
export const mayNotExceedAlone = (rules: ConsolePolicy, over: Beyond | null): boolean =>
  over !== null && needsSecond(rules, 'override-limit', ['over-limit']);

/** How many accounts without a strong method `share` of a cohort has, where that is more than the policy lets a switch meet. */
export async function exceeding(
  ports: Ports,
  tenantId: string,
  { limitAffected: limit }: RolloutPolicy,
  cohort: string | undefined,
  share = 1,
): Promise<Beyond | null> {
  if (limit === undefined) return null;
  const affected = Math.ceil((await ports.store.countUnbound(tenantId, cohort ?? null, STRONG_TYPES)) * share);
  return affected > limit ? { affected, limit } : null;
}

/** A refusal when `share` of the accounts without a strong method are more than the policy lets a switch meet, unless it is overridden with a reason. */
export async function beyondLimit(
  ports: Ports,
  tenantId: string,
  rollout: RolloutPolicy,
  input: Overriding & { readonly cohort?: string | undefined },
  share = 1,
): Promise<Refusal | null> {
  return refuseBeyond(await exceeding(ports, tenantId, rollout, input.cohort, share), input);
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
  if (at !== undefined) {
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

/** The rollout without a planned switch; undefined where none is planned so. */
function without(rollout: RolloutPolicy, { phase, cohort, at }: SwitchPhase, now: number): RolloutPolicy | undefined {
  const inForce = folded(rollout, now);
  const schedule = inForce.schedule.filter((one) => !isSame(one, { phase, cohort, at: at ?? '' }));
  return schedule.length === inForce.schedule.length ? undefined : { ...inForce, schedule };
}
