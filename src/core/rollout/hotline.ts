// When the people a switch meets will call. Each account meets it at its first login after the switch; when that is follows from how often it logs
// in and from the hours of the week the tenant's logins come at. Of those who meet it, a share calls (policy: `rollout.hotline`).
import type { Meeting } from './effect.ts';
import { callers, type Hotline } from './plan.ts';
import type { LoginHour } from './store.ts';

const WEEK = 168;

export interface HotlineForecast {
  readonly method: 'first-login-by-hour-of-week';
  /** Hours since 1970 from the switch on, a week of them, with the calls expected. */
  readonly hours: readonly { readonly hour: number; readonly calls: number }[];
  readonly perDay: readonly number[];
  /** By how much (a share) the same profile missed last week's logins; null without two weeks to look back on. */
  readonly error: number | null;
}

/** The hour-of-week profile of logins: what part of a week's logins falls into each hour; even where nothing is known. */
export function profileOf(hours: readonly LoginHour[]): readonly number[] {
  const sums: number[] = Array.from({ length: WEEK }, () => 0);
  let total = 0;
  for (const { hour, started } of hours) {
    sums[hour % WEEK] = (sums[hour % WEEK] ?? 0) + started;
    total += started;
  }
  return sums.map((sum) => (total === 0 ? 1 / WEEK : sum / total));
}

/** The calls of the week after `from` (hours since 1970). */
export function hotlineOf(
  meetings: readonly Meeting[],
  history: readonly LoginHour[],
  hotline: Hotline,
  from: number,
): HotlineForecast {
  const profile = profileOf(history);
  const hours = Array.from({ length: WEEK }, (_, n) => ({ hour: from + n, calls: 0 }));
  // Groups that log in equally often differ only in how many call: 60 classes of frequency say it as well as thousands of groups.
  const classes = new Map<number, { perDay: number; calls: number }>();
  for (const { effect, count, perDay } of meetings) {
    const calls = count * callers(hotline, effect);
    if (calls === 0 || perDay <= 0) continue;
    const key = Math.round(Math.log2(perDay) * 8);
    const known = classes.get(key) ?? { perDay: 2 ** (key / 8), calls: 0 };
    known.calls += calls;
    classes.set(key, known);
  }
  for (const { perDay, calls } of classes.values()) {
    let left = 1;
    for (const one of hours) {
      // The chance that no login fell into the hour: logins come as they like, more of them where the profile says so.
      const still = left * Math.exp(-perDay * 7 * (profile[one.hour % WEEK] ?? 0));
      one.calls += calls * (left - still);
      left = still;
    }
  }
  const perDay = Array.from({ length: 7 }, (_, day) =>
    hours.slice(day * 24, day * 24 + 24).reduce((sum, { calls }) => sum + calls, 0),
  );
  return { method: 'first-login-by-hour-of-week', hours, perDay, error: missOf(history) };
}

/** How far last week's logins lay from the mean of the weeks before. */
function missOf(history: readonly LoginHour[]): number | null {
  const last = history.at(-1)?.hour;
  if (last === undefined) return null;
  const weeks = new Map<number, number>();
  for (const { hour, started } of history) {
    const week = Math.floor((last - hour) / WEEK);
    weeks.set(week, (weeks.get(week) ?? 0) + started);
  }
  const before = [...weeks].filter(([week]) => week > 0).map(([, sum]) => sum);
  const mean = before.reduce((sum, one) => sum + one, 0) / before.length;
  return before.length === 0 || mean === 0 ? null : Math.abs((weeks.get(0) ?? 0) - mean) / mean;
}
