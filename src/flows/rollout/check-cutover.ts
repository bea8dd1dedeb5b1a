// What speaks for and against a cut-over before it begins, from what is known: nothing here changes anything.
import { STRONG_TYPES } from '../../core/authenticator/type.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { type Check, USUAL_STAGES } from '../../core/rollout/cutover.ts';
import { frequencyOf } from '../../core/rollout/frequency.ts';
import { hotlineOf } from '../../core/rollout/hotline.ts';
import { impactOf, meetingsOf, type Switch } from '../../core/rollout/impact.ts';
import { folded } from '../../core/rollout/phase.ts';
import { plannedShare, USUAL_HOTLINE } from '../../core/rollout/plan.ts';
import { hasMoved } from './cockpit.ts';

const DAY = 24 * 3600_000;
const HOUR = 3600_000;
/** Adoption a cut-over may begin at without a warning, where no plan says otherwise. */
const ENOUGH = 0.8;

export interface CutoverChecks {
  readonly checks: readonly Check[];
  /** Whom each stage would meet, all before it included. */
  readonly stages: readonly {
    readonly percent: number;
    readonly accounts: number;
    readonly forced: number;
    readonly 'too-old': number;
    readonly 'shut-out': number;
  }[];
}

/** The check list of a cut-over to totp-only of a cohort, or of everybody in none with a phase of its own. */
export async function checkCutover(
  ports: Ports,
  caller: Caller,
  input: { readonly cohort?: string | undefined },
): Promise<CutoverChecks> {
  const { policy } = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  const now = await ports.store.now();
  const change: Switch = { phase: 'totp-only', cohort: input.cohort };
  const own = folded(policy.rollout, now).cohorts;
  const groups = (await ports.activity.groups(caller.tenantId, input.cohort)).filter(
    (group) => input.cohort !== undefined || group.cohort === null || !Object.hasOwn(own, group.cohort),
  );
  const impact = impactOf(policy, change, groups, now);
  const accounts = groups.reduce((n, group) => n + group.count, 0);
  const bound = groups.filter((group) => hasMoved(group.bound)).reduce((n, group) => n + group.count, 0);
  const often = groups
    .filter((g) => !hasMoved(g.bound) && frequencyOf(g.weight, g.lastLoginAt, now) === 'often')
    .reduce((n, group) => n + group.count, 0);
  const [hours, told, sms, unbound] = await Promise.all([
    ports.activity.hours(caller.tenantId, Math.floor(now / HOUR) - 28 * 24),
    ports.cutovers.told(caller.tenantId, input.cohort),
    ports.cutovers.smsHealth(caller.tenantId),
    ports.store.countUnbound(caller.tenantId, input.cohort ?? null, STRONG_TYPES),
  ]);
  const calls = hotlineOf(
    meetingsOf(policy, change, groups, now),
    hours,
    policy.rollout.hotline ?? USUAL_HOTLINE,
    Math.floor(now / HOUR),
  );
  const peak = Math.round(Math.max(...calls.perDay));
  const { limitAffected: limit, schedule, exceptions, hotline } = policy.rollout;
  const planned = schedule.filter((one) => one.cohort === input.cohort && Date.parse(one.at) > now).length;
  const letOff = Object.values(exceptions ?? {}).filter((until) => Date.parse(until) > now).length;
  const wanted = targetToday(policy, now) ?? ENOUGH;
  const warn = (isOk: boolean): Check['level'] => (isOk ? 'ok' : 'warn');
  const { forced, 'too-old': tooOld, 'shut-out': shutOut } = impact.effects;
  return {
    checks: [
      { id: 'accounts', level: accounts > 0 ? 'ok' : 'stop', count: accounts, of: accounts },
      { id: 'limit', level: limit === undefined || unbound <= limit ? 'ok' : 'stop', count: unbound, of: limit ?? -1 },
      { id: 'switches', level: warn(planned === 0), count: planned, of: schedule.length },
      { id: 'adoption', level: warn(accounts === 0 || bound / accounts >= wanted), count: bound, of: accounts },
      { id: 'told', level: warn(told >= often * 0.9), count: told, of: often },
      { id: 'clients', level: warn(tooOld === 0), count: tooOld, of: accounts },
      { id: 'shut-out', level: warn(shutOut === 0), count: shutOut, of: accounts },
      { id: 'recovery', level: warn(hasRecovery(policy)), count: hasRecovery(policy) ? 1 : 0, of: 1 },
      {
        id: 'hotline',
        level: warn(hotline?.callsPerDay !== undefined && peak <= hotline.callsPerDay),
        count: peak,
        of: hotline?.callsPerDay ?? -1,
      },
      { id: 'exceptions', level: warn(letOff <= accounts * 0.05), count: letOff, of: accounts },
      {
        id: 'channel',
        level: warn(sms.failed <= (sms.sent + sms.failed) * 0.1),
        count: sms.failed,
        of: sms.sent + sms.failed,
      },
    ],
    stages: USUAL_STAGES.map((percent) => {
      const part = (n: number): number => Math.round((n * percent) / 100);
      return {
        percent,
        accounts: part(accounts),
        forced: part(forced),
        'too-old': part(tooOld),
        'shut-out': part(shutOut),
      };
    }),
  };
}

/** The share the plan wants by today; undefined without a plan that has begun. */
function targetToday(policy: Policy, now: number): number | undefined {
  const { plan } = policy.rollout;
  if (plan === undefined || plan.length === 0) return undefined;
  const first = Math.min(...plan.map(({ date }) => Math.floor(Date.parse(date) / DAY)));
  return plannedShare(plan, Math.floor(now / DAY), { day: first - 1, share: 0 }) ?? undefined;
}

/** Whether somebody without their authenticator has a way in after the switch. */
const hasRecovery = (policy: Policy): boolean =>
  policy.login.some(
    ({ when, challenge, recovery }) =>
      [when?.phase ?? 'totp-only'].flat().includes('totp-only') &&
      challenge?.some((type) => STRONG_TYPES.includes(type)) === true &&
      (recovery?.length ?? 0) > 0,
  );
