// How often an account logs in, from one number that can be kept without a list of logins: each login adds one, and what is there loses
// weight with age (half of it every three weeks), so it settles at the logins of about the last thirty days. Thousandths, whole numbers.

const DAY = 24 * 3600_000;
/** The mean age of what the weight still counts, ms. */
const TAU = 30 * DAY;

export type Frequency = 'often' | 'rarely' | 'never';

/** The weight at `now` of one that was `weight` at `at` (ms). */
export const weightAt = (weight: number, at: number | null, now: number): number =>
  at === null ? 0 : Math.round(weight * Math.exp(-Math.max(0, now - at) / TAU));

/** The weight after a login at `now`. */
export const weightAfter = (weight: number, at: number | null, now: number): number => weightAt(weight, at, now) + 1000;

/** Often: about once a week or more. Rarely: once in ninety days. Never: not in ninety days. */
export function frequencyOf(weight: number, lastLoginAt: number | null, now: number): Frequency {
  if (lastLoginAt === null || now - lastLoginAt > 90 * DAY) return 'never';
  return weightAt(weight, lastLoginAt, now) >= 4000 ? 'often' : 'rarely';
}

/** Logins expected of such an account in `days`, if it goes on as before. */
export const expectedLogins = (weight: number, lastLoginAt: number | null, now: number, days: number): number =>
  (weightAt(weight, lastLoginAt, now) / 1000 / 30) * days;

/** The chance that it logs in at all within `days`, logins coming as they like (a Poisson process). */
export const chanceOfLogin = (weight: number, lastLoginAt: number | null, now: number, days: number): number =>
  1 - Math.exp(-expectedLogins(weight, lastLoginAt, now, days));
