// The rollout cockpit (ES-6.2): who has moved, who logs in and how often, where it is going, and what a switch would do before it is done.
import { CONFLICT, guarded } from '../../core/commit.ts';
import { makeId } from '../../core/ids.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { type Cutover, isOpen } from '../../core/rollout/cutover.ts';
import type { Effect } from '../../core/rollout/effect.ts';
import { type AdoptionDay, type Forecast, forecast } from '../../core/rollout/forecast.ts';
import { type Frequency, frequencyOf } from '../../core/rollout/frequency.ts';
import { type AccountGroup, effectOf, type Switch, switched } from '../../core/rollout/impact.ts';
import { type Phase, type PlannedSwitch, phaseAt } from '../../core/rollout/phase.ts';
import type { Campaign } from '../../core/rollout/steps.ts';
import type { ListedAccount, LoginHour } from '../../core/rollout/store.ts';
import { remindersOf } from '../notices.ts';
import { phaseSince } from './phase-since.ts';

const DAY = 24 * 3600_000;
const HISTORY_DAYS = 90;
const HORIZON_DAYS = 60;
/** How long after a reminder the next one may go out, ms. */
const BETWEEN_REMINDERS_MS = 3 * DAY;

export interface CohortView {
  readonly cohort: string | null;
  readonly phase: Phase;
  readonly accounts: number;
  readonly bound: number;
  /** Unbound accounts by how often they log in: the active ones are who a switch would meet. */
  readonly unbound: Readonly<Record<Frequency, number>>;
}

export interface Cockpit {
  readonly phase: Phase;
  /** When that phase began, ms; null when it is longer ago than is known. */
  readonly since: number | null;
  /** Those that take some accounts and not yet all: what is told of phases is of the others. */
  readonly cutovers: readonly Cutover[];
  readonly schedule: readonly PlannedSwitch[];
  readonly limitAffected: number | null;
  readonly accounts: number;
  readonly bound: number;
  readonly frequency: Readonly<Record<Frequency, number>>;
  readonly cohorts: readonly CohortView[];
  /** Days of all cohorts together, and of each. */
  readonly adoption: ReadonlyMap<string | null, readonly AdoptionDay[]>;
  readonly forecast: Forecast | null;
  /** Of each cohort; the keys are those of `adoption`. */
  readonly forecasts: ReadonlyMap<string | null, Forecast | null>;
  readonly hours: readonly LoginHour[];
  readonly campaigns: readonly Campaign[];
  /** What the policy wants and assumes, and whom it lets off. */
  readonly rollout: Policy['rollout'];
}

/** True when the account holds what the rollout moves to: something other than a code that is sent. */
export const hasMoved = (bound: AccountGroup['bound']): boolean =>
  bound.some((type) => !['sms', 'email', 'recovery-code', 'bypass-code'].includes(type));

/** Everything the cockpit opens with. Cost: one pass over an index of the tenant's accounts, and ninety days of counts. */
export async function cockpit(ports: Ports, caller: Caller): Promise<Cockpit> {
  const tenant = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  const { policy } = tenant;
  const now = await ports.store.now();
  const [groups, adoption, hours, campaigns, cutovers, since] = await Promise.all([
    ports.activity.groups(caller.tenantId, undefined),
    ports.activity.adoption(caller.tenantId, Math.floor(now / DAY) - HISTORY_DAYS),
    ports.activity.hours(caller.tenantId, Math.floor(now / 3600_000) - 28 * 24),
    ports.steps.campaigns(caller.tenantId, now - HISTORY_DAYS * DAY),
    ports.cutovers.list(caller.tenantId),
    phaseSince(ports, tenant, now),
  ]);
  const cohorts = new Map<
    string | null,
    { -readonly [K in keyof CohortView]: CohortView[K] } & { unbound: Record<Frequency, number> }
  >();
  const frequency: Record<Frequency, number> = { often: 0, rarely: 0, never: 0 };
  for (const group of groups) {
    let one = cohorts.get(group.cohort);
    if (one === undefined) {
      const phase = phaseAt(policy.rollout, group.cohort, now);
      one = { cohort: group.cohort, phase, accounts: 0, bound: 0, unbound: { often: 0, rarely: 0, never: 0 } };
      cohorts.set(group.cohort, one);
    }
    const often = frequencyOf(group.weight, group.lastLoginAt, now);
    one.accounts += group.count;
    frequency[often] += group.count;
    if (hasMoved(group.bound)) one.bound += group.count;
    else one.unbound[often] += group.count;
  }
  const all = [...cohorts.values()].sort((a, b) => (a.cohort ?? '').localeCompare(b.cohort ?? ''));
  return {
    phase: phaseAt(policy.rollout, null, now),
    since,
    cutovers: cutovers.filter(isOpen),
    schedule: policy.rollout.schedule,
    limitAffected: policy.rollout.limitAffected ?? null,
    accounts: all.reduce((n, c) => n + c.accounts, 0),
    bound: all.reduce((n, c) => n + c.bound, 0),
    frequency,
    cohorts: all,
    adoption,
    forecast: forecast(adoption.get(null) ?? [], HORIZON_DAYS) ?? null,
    forecasts: new Map([...adoption].map(([cohort, days]) => [cohort, forecast(days, HORIZON_DAYS) ?? null])),
    hours,
    campaigns,
    rollout: policy.rollout,
  };
}

export interface AffectedAccount extends ListedAccount {
  readonly effect: Effect;
  readonly frequency: Frequency;
}

/** Accounts that a switch would meet with the named effect, page by page in order of id. */
export async function affectedAccounts(
  ports: Ports,
  caller: Caller,
  input: Switch & { readonly effect: Effect; readonly after: string; readonly limit: number },
): Promise<{ readonly items: readonly AffectedAccount[]; readonly next: string | null }> {
  const { policy } = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  const now = await ports.store.now();
  const after = switched(policy, input);
  const items: AffectedAccount[] = [];
  let at = input.after;
  for (;;) {
    const page = await ports.activity.list(caller.tenantId, input.cohort, at, 500);
    for (const one of page) {
      at = one.id;
      const effect = effectOf(policy, after, { ...one, count: 1, whose: one }, now);
      if (effect !== input.effect) continue;
      items.push({ ...one, effect, frequency: frequencyOf(one.weight, one.lastLoginAt, now) });
      if (items.length === input.limit) return { items, next: at };
    }
    if (page.length < 500) return { items, next: null };
  }
}

export interface Reminders {
  readonly cohort?: string | undefined;
  /** At most so many accounts this time. */
  readonly most: number;
  readonly reason: string;
}

/**
 * Reminds accounts that have not moved, the most active first to be met, at most once in three days each; what each is told goes to every channel
 * it has. Safe to run again, and from two nodes: an account is reminded once.
 */
export async function remind(
  ports: Ports,
  caller: Caller,
  input: Reminders,
): Promise<{ readonly reminded: number; readonly skipped: number; readonly more: boolean }> {
  const { policy } = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  const now = await ports.store.now();
  let reminded = 0;
  let skipped = 0;
  let at = '';
  const ended = async (more: boolean): Promise<{ reminded: number; skipped: number; more: boolean }> => {
    if (reminded > 0) await noteCampaign(ports, caller, input, now, reminded);
    return { reminded, skipped, more };
  };
  for (;;) {
    const page = await ports.activity.list(caller.tenantId, input.cohort, at, 500);
    for (const one of page) {
      at = one.id;
      if (hasMoved(one.bound)) continue;
      const isTooSoon = one.remindedAt !== null && one.remindedAt >= now - BETWEEN_REMINDERS_MS;
      if (isTooSoon || frequencyOf(one.weight, one.lastLoginAt, now) === 'never') {
        skipped++;
        continue;
      }
      if (reminded === input.most) return ended(true);
      if (await remindOne(ports, caller, policy, one, now, input.reason)) reminded++;
      else skipped++;
    }
    if (page.length < 500) return ended(false);
  }
}

const noteCampaign = (
  ports: Ports,
  caller: Caller,
  input: Reminders,
  now: number,
  reminded: number,
): Promise<unknown> =>
  ports.store.commit(caller.tenantId, [
    {
      op: 'note-campaign',
      id: makeId('cam', now, ports.random(18)),
      tenantId: caller.tenantId,
      cohort: input.cohort ?? null,
      reminded,
      reason: input.reason,
      actor: caller.actor,
    },
  ]);

/** True when this call reminded it; false when it has no channel, or another call was first. */
async function remindOne(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  one: ListedAccount,
  now: number,
  reason: string,
): Promise<boolean> {
  const isDone = await guarded(async () => {
    const snapshot = await ports.store.accountById(caller.tenantId, one.id);
    if (snapshot === undefined || snapshot.account.status !== 'active') return false;
    const messages = remindersOf(ports, policy, snapshot);
    if (messages.length === 0) return false;
    const written = await ports.store.commit(one.id, [
      { op: 'note-reminder', tenantId: caller.tenantId, accountId: one.id, notSince: now - BETWEEN_REMINDERS_MS },
      ...messages,
      {
        op: 'audit',
        event: {
          tenantId: caller.tenantId,
          accountId: one.id,
          event: 'reminder.sent',
          actor: caller.actor,
          data: { reason },
        },
      },
    ]);
    // Reminded meanwhile by another: once is enough.
    if (written.kind === 'conflict') return written.op === 'note-reminder' ? false : CONFLICT;
    return true;
  });
  if (isDone) ports.wake('outbox', caller.tenantId);
  return isDone;
}
