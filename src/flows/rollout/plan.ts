// What the rollout is meant to reach and may cost, and who is let off: all of it policy, so each change is a version of it.
import { canonicalAccount } from '../../core/account/account.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { Hotline, PlanPoint } from '../../core/rollout/plan.ts';
import { hasOwnMethod } from '../end-app-passwords.ts';
import type { CaseOpened } from '../operator/act.ts';
import { type Approval, askSecond } from '../operator/ask-second.ts';
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

/**
 * Lets an account off until an instant, or (null) no longer: its next login follows it on every node. Or asks a second operator, where the policy wants one:
 * for letting off, for what ends it waits for nobody.
 */
export async function putException(
  ports: Ports,
  caller: Caller,
  input: {
    readonly account: string;
    readonly until: string | null;
    readonly reason: string;
    readonly approval?: Approval | undefined;
    readonly ip?: string | null | undefined;
  },
): Promise<RolloutView | CaseOpened | Refusal> {
  const name = canonicalAccount(input.account);
  const snapshot = await ports.store.account(caller.tenantId, name, true);
  if (snapshot === undefined) return refuse('account-unknown');
  const { approval, until } = input;
  // Whoever writes an instant that is over means another one; and what was asked for in time may be approved too late.
  if (until !== null && Date.parse(until) <= (await ports.store.now())) return refuse('in-the-past', { at: until });
  if (until !== null) {
    // It has what the switch asks for: letting it off only lets something weaker in beside that.
    const riskFlags = hasOwnMethod(snapshot) ? (['already-bound'] as const) : [];
    if (approval !== undefined && !riskFlags.every((flag) => approval.riskFlags.includes(flag)))
      return refuse('situation-changed');
    const { id, account } = snapshot.account;
    const second =
      approval === undefined
        ? await askSecond(ports, caller, 'rollout-exception', {
            input: { exempt: account, until },
            reason: input.reason,
            ip: input.ip,
            riskFlags,
            effects: [{ kind: 'let-off', count: 1 }],
            account: { id, account },
          })
        : undefined;
    if (second !== undefined) return second;
  }
  return publishRollout(ports, caller, async ({ policy }, now) => {
    // Those that have run out go with the next change.
    const kept = Object.entries(policy.rollout.exceptions ?? {}).filter(
      ([account, end]) => account !== name && Date.parse(end) > now,
    );
    if (until !== null && kept.length >= 500) return refuse('policy-invalid', { errors: [] });
    return {
      kind: 'change',
      rollout: {
        ...policy.rollout,
        exceptions: Object.fromEntries(until === null ? kept : [...kept, [name, until]]),
      },
      reason: input.reason,
      event: 'rollout.planned',
      data: { reason: input.reason, account: snapshot.account.id, until },
      writes: approval?.writes ?? [],
    };
  });
}
