// What a switch of phase would do, told by the policy itself: every group of alike accounts is put to the same decision a login is put to,
// once in its phase of today and once in the phase it would be in. Nothing here guesses what the rules mean.
import { decide } from '../policy/decide.ts';
import type { Policy } from '../policy/policy.ts';
import { EFFECTS, type Effect, type Meeting } from './effect.ts';
import { chanceOfLogin, expectedLogins, frequencyOf } from './frequency.ts';
import { type Alike, nextLogin } from './next-login.ts';
import type { Phase } from './phase.ts';

/** Accounts that are alike, and how often they come. */
export interface AccountGroup extends Alike {
  /** Their last logins lie at about this instant (ms), and their weights are about this: means of the group. */
  readonly lastLoginAt: number | null;
  readonly weight: number;
  readonly count: number;
}

export interface Impact {
  readonly effects: Readonly<Record<Effect, number>>;
  /** The same among accounts that log in often. */
  readonly often: Readonly<Record<Effect, number>>;
  /** Accounts expected to meet it within seven days. */
  readonly within7Days: Readonly<Record<Effect, number>>;
  readonly byCohort: readonly { readonly cohort: string | null; readonly effects: Readonly<Record<Effect, number>> }[];
  /** Clients whose logins would be refused, most accounts first. */
  readonly oldClients: readonly { readonly client: string; readonly version: string; readonly accounts: number }[];
  /** Calls the hotline would get on an average day of the first week, if everybody who is refused calls once. */
  readonly callsPerDay: number;
}

/** A switch: the phase of the tenant, or of one cohort. */
export interface Switch {
  readonly phase: Phase;
  readonly cohort?: string | undefined;
}

/** The policy as it would be after the switch; schedules that lie ahead are left out. */
export const switched = (policy: Policy, { phase, cohort }: Switch): Policy => ({
  ...policy,
  rollout: {
    ...policy.rollout,
    schedule: [],
    stages: policy.rollout.stages?.filter((stage) => stage.cohort !== cohort),
    ...(cohort === undefined ? { phase } : { cohorts: { ...policy.rollout.cohorts, [cohort]: phase } }),
  },
});

/** What the next login of such accounts would meet. */
export function effectOf(policy: Policy, after: Policy, group: AccountGroup, now: number): Effect {
  const next = outcome(after, group, now);
  if (next === outcome(policy, group, now)) return 'same';
  if (next === 'goes on') return 'same';
  return next;
}

/** What a login of such accounts meets under a policy. */
function outcome(policy: Policy, group: AccountGroup, now: number): Exclude<Effect, 'same'> | 'goes on' {
  const facts = nextLogin(policy, group, now);
  if (facts === undefined) return 'shut-out';
  const decision = decide(policy, facts);
  if (decision.kind === 'enrol') return 'forced';
  if (decision.kind === 'refuse') return decision.why === 'client-too-old' ? 'too-old' : 'shut-out';
  if (decision.kind === 'allow') return 'goes on';
  // A step that can be taken may still lead into binding.
  const then = decide(policy, { ...facts, verified: [...decision.types].slice(0, 1) });
  return then.kind === 'enrol' ? 'forced' : then.kind === 'refuse' ? 'shut-out' : 'goes on';
}

const none = (): Record<Effect, number> => ({ same: 0, forced: 0, 'too-old': 0, 'shut-out': 0 });

/** Each group with what it would meet: what a forecast of calls is made from. */
export function meetingsOf(policy: Policy, change: Switch, groups: readonly AccountGroup[], now: number): Meeting[] {
  const after = switched(policy, change);
  return groups.map((group) => ({
    effect: effectOf(policy, after, group, now),
    count: group.count,
    perDay: expectedLogins(group.weight, group.lastLoginAt, now, 1),
  }));
}

/** What a switch at `at` (ms) would do to these accounts, judged at `now`. */
export function impactOf(policy: Policy, change: Switch, groups: readonly AccountGroup[], now: number): Impact {
  const after = switched(policy, change);
  const effects = none();
  const often = none();
  const within = none();
  const cohorts = new Map<string | null, Record<Effect, number>>();
  const old = new Map<string, { client: string; version: string; accounts: number }>();
  let calls = 0;
  for (const group of groups) {
    const effect = effectOf(policy, after, group, now);
    effects[effect] += group.count;
    if (frequencyOf(group.weight, group.lastLoginAt, now) === 'often') often[effect] += group.count;
    const chance = chanceOfLogin(group.weight, group.lastLoginAt, now, 7);
    within[effect] += group.count * chance;
    let own = cohorts.get(group.cohort);
    if (own === undefined) cohorts.set(group.cohort, (own = none()));
    own[effect] += group.count;
    if (effect === 'too-old' && group.client !== null) {
      const key = `${group.client} ${group.version ?? ''}`;
      const known = old.get(key) ?? { client: group.client, version: group.version ?? '', accounts: 0 };
      known.accounts += group.count;
      old.set(key, known);
    }
    if (effect === 'too-old' || effect === 'shut-out')
      calls += Math.min(group.count, group.count * expectedLogins(group.weight, group.lastLoginAt, now, 7)) / 7;
  }
  for (const effect of EFFECTS) within[effect] = Math.round(within[effect]);
  return {
    effects,
    often,
    within7Days: within,
    byCohort: [...cohorts]
      .map(([cohort, one]) => ({ cohort, effects: one }))
      .sort((a, b) => (a.cohort ?? '').localeCompare(b.cohort ?? '')),
    oldClients: [...old.values()].sort((a, b) => b.accounts - a.accounts),
    callsPerDay: Math.round(calls),
  };
}
