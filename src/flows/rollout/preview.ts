// What a switch would do, without doing it: whom it meets, how many of them log in within a week, and how many calls that makes in which hour.
// A switch on a later day meets fewer: by then some have bound, as the forecast of their adoption says.
import { STRONG_TYPES, type TypeName } from '../../core/authenticator/type.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { type AdoptionDay, forecast } from '../../core/rollout/forecast.ts';
import { type HotlineForecast, hotlineOf } from '../../core/rollout/hotline.ts';
import { type AccountGroup, type Impact, impactOf, meetingsOf, type Switch } from '../../core/rollout/impact.ts';
import { type Hotline, USUAL_HOTLINE } from '../../core/rollout/plan.ts';
import { hasMoved } from './cockpit.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** No forecast reaches further. */
const FURTHEST_DAYS = 180;

/** A switch that may be made, with the hour of the day its logins come at. */
export interface Preview extends Impact {
  readonly limit: number | null;
  /** Logins started per hour of the day (UTC), the mean of four weeks: when the people it meets will call. */
  readonly loginsByHour: readonly number[];
  readonly hotline: HotlineForecast & { readonly assumed: Hotline; readonly capacity: number | null };
  /** The share of those who are unbound today that still is on the day asked for, with how far that may be off; 1 for today. */
  readonly remaining: { readonly share: number; readonly low: number; readonly high: number };
}

/** What switching at `at` (ms; now when absent) would do, without doing it. */
export async function previewSwitch(
  ports: Ports,
  caller: Caller,
  change: Switch & { readonly at?: number | undefined },
): Promise<Preview> {
  const { policy } = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  const now = await ports.store.now();
  const at = Math.max(now, change.at ?? now);
  const [groups, hours, adoption] = await Promise.all([
    ports.activity.groups(caller.tenantId, change.cohort),
    ports.activity.hours(caller.tenantId, Math.floor(now / HOUR) - 28 * 24),
    at - now < DAY
      ? new Map<string | null, readonly AdoptionDay[]>()
      : ports.activity.adoption(caller.tenantId, Math.floor(now / DAY) - 90),
  ]);
  const byHour = Array.from({ length: 24 }, () => 0);
  for (const { hour, started } of hours) byHour[hour % 24] = (byHour[hour % 24] ?? 0) + started / 28;
  const remaining = remainingAt(adoption.get(change.cohort ?? null) ?? [], Math.floor((at - now) / DAY));
  const common = commonest(groups);
  const then = groups.flatMap((group) => thinned(group, remaining.share, common));
  const assumed = policy.rollout.hotline ?? USUAL_HOTLINE;
  return {
    ...impactOf(policy, change, then, now),
    limit: policy.rollout.limitAffected ?? null,
    loginsByHour: byHour.map((n) => Math.round(n)),
    hotline: {
      ...hotlineOf(meetingsOf(policy, change, then, now), hours, assumed, Math.floor(at / HOUR)),
      assumed,
      capacity: assumed.callsPerDay ?? null,
    },
    remaining,
  };
}

/** What is left of the unbound in so many days, by the tenant's own adoption. */
function remainingAt(days: Parameters<typeof forecast>[0], ahead: number): Preview['remaining'] {
  const last = days.at(-1);
  const told = ahead < 1 ? undefined : forecast(days, Math.min(ahead, FURTHEST_DAYS));
  const then = told?.days.at(-1);
  const rest = last === undefined || last.accounts === 0 ? 0 : 1 - last.bound / last.accounts;
  if (then === undefined || rest <= 0) return { share: 1, low: 1, high: 1 };
  const part = (share: number): number => Math.min(1, Math.max(0, (1 - share) / rest));
  return { share: part(then.share), low: part(then.high), high: part(then.low) };
}

/** A group of unbound accounts, as many as are left; the others have bound by then what most do here. */
function thinned(group: AccountGroup, share: number, type: TypeName): AccountGroup[] {
  if (share === 1 || hasMoved(group.bound)) return [group];
  const left = Math.round(group.count * share);
  const moved: readonly TypeName[] = [...group.bound, type];
  return [
    { ...group, count: left },
    { ...group, count: group.count - left, bound: moved },
  ].filter(({ count }) => count > 0);
}

/** The strong method that most accounts have. */
function commonest(groups: readonly AccountGroup[]): TypeName {
  const counts = STRONG_TYPES.map((type) => ({
    type,
    count: groups.reduce((n, group) => n + (group.bound.includes(type) ? group.count : 0), 0),
  }));
  return counts.sort((a, b) => b.count - a.count)[0]?.type ?? 'totp';
}
