// Where adoption is going, from the tenant's own days: the share of accounts bound approaches its ceiling by the same part of what is left
// each day (the middle of the parts seen in the last four weeks). Shown with its error: what the same method would have missed by, a week ago.

export interface AdoptionDay {
  /** Days since 1970-01-01, UTC. */
  readonly day: number;
  readonly accounts: number;
  readonly bound: number;
}

export interface Forecast {
  readonly method: 'part-of-the-rest';
  /** The share bound (0…1) on days to come. */
  readonly days: readonly {
    readonly day: number;
    readonly share: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** By how much the method missed when it foretold today from a week before; null when there is no week to look back on. */
  readonly error: number | null;
}

const shareOf = ({ accounts, bound }: AdoptionDay): number => (accounts === 0 ? 0 : bound / accounts);

/** The daily part of the unbound that binds: the median, so that one campaign does not bend the line. */
function dailyPart(days: readonly AdoptionDay[]): number {
  const parts: number[] = [];
  for (let i = Math.max(1, days.length - 28); i < days.length; i++) {
    const [before, after] = [days[i - 1], days[i]];
    if (before === undefined || after === undefined) continue;
    const span = after.day - before.day;
    const rest = 1 - shareOf(before);
    if (span > 0 && rest > 0) parts.push(Math.max(0, (shareOf(after) - shareOf(before)) / rest / span));
  }
  if (parts.length === 0) return 0;
  parts.sort((a, b) => a - b);
  return parts[Math.floor(parts.length / 2)] ?? 0;
}

const ahead = (share: number, part: number, days: number): number => 1 - (1 - share) * (1 - part) ** days;

/** The next `horizon` days; undefined with fewer than eight days of history, from which nothing can be told. */
export function forecast(days: readonly AdoptionDay[], horizon: number): Forecast | undefined {
  const last = days.at(-1);
  if (last === undefined || days.length < 8) return undefined;
  const part = dailyPart(days);
  const before = days.filter((d) => d.day <= last.day - 7);
  const then = before.at(-1);
  const error =
    then === undefined || before.length < 2
      ? null
      : Math.abs(ahead(shareOf(then), dailyPart(before), last.day - then.day) - shareOf(last));
  const share = shareOf(last);
  return {
    method: 'part-of-the-rest',
    days: Array.from({ length: horizon }, (_, i) => {
      const told = ahead(share, part, i + 1);
      // The miss of one week, growing with the root of time.
      const band = (error ?? 0) * Math.sqrt((i + 1) / 7);
      return { day: last.day + i + 1, share: told, low: Math.max(0, told - band), high: Math.min(1, told + band) };
    }),
    error,
  };
}
