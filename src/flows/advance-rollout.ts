// Switching the rollout: the phase is policy, so a switch publishes a policy version. The next attempt on every node follows it,
// because every snapshot carries the registry's version (ES-6.1). Rolling back is switching back.
import { STRONG_TYPES } from '../core/authenticator/type.ts';
import { CONFLICT, guarded } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Caller, Ports, Tenant } from '../core/ports.ts';
import type { Phase, Rollout } from '../core/rollout/phase.ts';

export interface SwitchPhase {
  readonly phase: Phase;
  readonly cohort?: string | undefined;
  /** RFC 3339 with zone; now when absent. */
  readonly at?: string | undefined;
  readonly reason?: string | undefined;
  readonly override?: boolean | undefined;
}

export interface RolloutView {
  readonly kind: 'rollout';
  readonly version: number;
  readonly rollout: Rollout;
}

/** Switches the phase of the tenant or of one cohort, at once or at a planned instant. */
export async function switchPhase(ports: Ports, caller: Caller, input: SwitchPhase): Promise<RolloutView | Refusal> {
  return guarded(async () => {
    const tenant = await newest(ports, caller);
    const { rollout } = tenant.policy;
    const limit = rollout.limitAffected;
    if (
      input.phase === 'totp-only' &&
      limit !== undefined &&
      !(input.override === true && input.reason !== undefined)
    ) {
      const affected = await ports.store.countUnbound(tenant.id, input.cohort ?? null, STRONG_TYPES);
      if (affected > limit) return refuse('switch-refused', { affected, limit });
    }
    const now = await ports.store.now();
    const next = planned(rollout, input, now);
    const version = tenant.policyVersion + 1;
    const written = await ports.store.commit(tenant.id, [
      { op: 'bump-tenant', tenantId: tenant.id, version: tenant.version },
      {
        op: 'insert-policy',
        tenantId: tenant.id,
        version,
        document: ports.editRollout(tenant.document, next),
        actor: caller.actor,
        reason: input.reason ?? `phase ${input.phase}`,
      },
      {
        op: 'audit',
        event: {
          tenantId: tenant.id,
          accountId: null,
          event: 'rollout.switched',
          actor: caller.actor,
          data: {
            from: rollout.phase,
            to: input.phase,
            cohort: input.cohort ?? null,
            at: input.at ?? null,
            version,
            reason: input.reason ?? null,
          },
        },
      },
    ]);
    return written.kind === 'done' ? { kind: 'rollout', version, rollout: next } : CONFLICT;
  });
}

/** The rollout in force. */
export async function getRollout(ports: Ports, caller: Caller): Promise<RolloutView> {
  const tenant = await newest(ports, caller);
  return { kind: 'rollout', version: tenant.policyVersion, rollout: tenant.policy.rollout };
}

async function newest(ports: Ports, caller: Caller): Promise<Tenant> {
  return ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
}

/** The rollout with the switch in it. Switches that fell due are folded into the phases; what is planned for later stays. */
function planned(rollout: Rollout, input: SwitchPhase, now: number): Rollout {
  let phase = rollout.phase;
  const cohorts: Record<string, Phase> = { ...rollout.cohorts };
  const due = [...rollout.schedule]
    .filter((s) => Date.parse(s.at) <= now)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  for (const s of due) {
    if (s.cohort === undefined) phase = s.phase;
    else cohorts[s.cohort] = s.phase;
  }
  const schedule = rollout.schedule.filter((s) => Date.parse(s.at) > now);
  const { at } = input;
  if (at !== undefined && Date.parse(at) > now) {
    const same = (s: { cohort?: string | undefined; at: string }): boolean =>
      s.cohort === input.cohort && Date.parse(s.at) === Date.parse(at);
    const entry =
      input.cohort === undefined ? { at, phase: input.phase } : { at, phase: input.phase, cohort: input.cohort };
    return {
      phase,
      cohorts,
      schedule: [...schedule.filter((s) => !same(s)), entry].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    };
  }
  if (input.cohort === undefined) phase = input.phase;
  else cohorts[input.cohort] = input.phase;
  return { phase, cohorts, schedule };
}
