// What the rollout is meant to do and what it may cost: the limit, the target by date, and what the hotline can bear. All of it policy.
import type { Effect } from './effect.ts';

export interface RolloutPlan {
  /** A switch to totp-only that would force more accounts than this to bind needs an override. */
  readonly limitAffected?: number | undefined;
  /** The share of accounts (0…1) that is to be bound by a date (`2026-12-31`, in the tenant's zone). */
  readonly plan?: readonly PlanPoint[] | undefined;
  readonly hotline?: Hotline | undefined;
}

export interface PlanPoint {
  readonly date: string;
  readonly share: number;
}

export interface Hotline {
  /** Calls the desk can take on a day. */
  readonly callsPerDay?: number | undefined;
  /** The share of those who meet it that call (0…1). */
  readonly forced: number;
  readonly tooOld: number;
  readonly shutOut: number;
}

/** Said with every forecast: these are assumptions until a tenant writes its own. */
export const USUAL_HOTLINE: Hotline = { forced: 0.08, tooOld: 0.35, shutOut: 0.9 };

/** The share of those who meet an effect that call the hotline about it. */
export const callers = (hotline: Hotline, effect: Effect): number =>
  effect === 'forced'
    ? hotline.forced
    : effect === 'too-old'
      ? hotline.tooOld
      : effect === 'shut-out'
        ? hotline.shutOut
        : 0;

const DAY = 24 * 3600_000;

/** The planned share on a day (since 1970): between two points on the straight line; before the first from `start`; after the last the last. */
export function plannedShare(
  plan: readonly PlanPoint[],
  day: number,
  start: { readonly day: number; readonly share: number },
): number | null {
  const points = [start, ...plan.map(({ date, share }) => ({ day: Math.floor(Date.parse(date) / DAY), share }))]
    .filter((point) => point === start || point.day > start.day)
    .sort((a, b) => a.day - b.day);
  if (points.length < 2 || day < start.day) return null;
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1], points[i]];
    if (from === undefined || to === undefined || day > to.day) continue;
    return from.share + ((to.share - from.share) * (day - from.day)) / Math.max(1, to.day - from.day);
  }
  return points.at(-1)?.share ?? null;
}
