// What the rollout is meant to reach and may cost, and who is let off: all of it policy, so each change is a version of it.
import { canonicalAccount } from '../../core/account/account.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { Hotline, PlanPoint } from '../../core/rollout/plan.ts';
import { publishRollout, type RolloutView } from './publish.ts';

/** Replaces the plan line and what is assumed of the hotline. */
export function putPlan(
  ports: Ports,
  caller: Caller,
  input: { readonly plan: readonly PlanPoint[]; readonly hotline?: Hotline | undefined; readonly reason: string },
): Promise<RolloutView | Refusal> {
  return publishRollout(ports, caller, async ({ policy }) => ({
    kind: 'change',
    rollout: {
      ...policy.rollout,
      plan: [...input.plan].sort((a, b) => a.date.localeCompare(b.date)),
      hotline: input.hotline ?? policy.rollout.hotline,
    },
    reason: input.reason,
    event: 'rollout.planned',
    data: { reason: input.reason, points: input.plan.length },
  }));
}

/** Lets an account off until an instant, or (null) no longer: its next login follows it on every node. */
export async function putException(
  ports: Ports,
  caller: Caller,
  input: { readonly account: string; readonly until: string | null; readonly reason: string },
): Promise<RolloutView | Refusal> {
  const name = canonicalAccount(input.account);
  const snapshot = await ports.store.account(caller.tenantId, name, false);
  if (snapshot === undefined) return refuse('account-unknown');
  return publishRollout(ports, caller, async ({ policy }, now) => {
    // Those that have run out go with the next change.
    const kept = Object.entries(policy.rollout.exceptions ?? {}).filter(
      ([account, until]) => account !== name && Date.parse(until) > now,
    );
    if (input.until !== null && kept.length >= 500) return refuse('policy-invalid', { errors: [] });
    return {
      kind: 'change',
      rollout: {
        ...policy.rollout,
        exceptions: Object.fromEntries(input.until === null ? kept : [...kept, [name, input.until]]),
      },
      reason: input.reason,
      event: 'rollout.planned',
      data: { reason: input.reason, account: snapshot.account.id, until: input.until },
    };
  });
}
