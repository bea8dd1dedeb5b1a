// The lines of the adoption chart on one axis of days: what was, what is expected, and what was planned.
export interface Point {
  readonly date: string;
  readonly actual: number | null;
  readonly forecast: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly plan: number | null;
}

interface Day {
  readonly date: string;
  readonly accounts: number;
  readonly bound: number;
}
interface Told {
  readonly date: string;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The points, oldest first. Between two targets the plan is the straight line; before the first it begins where the history does. */
export function pointsOf(
  days: readonly Day[],
  forecast: readonly Told[],
  plan: readonly { readonly date: string; readonly share: number }[],
): Point[] {
  const shareOf = ({ accounts, bound }: Day): number => (accounts === 0 ? 0 : bound / accounts);
  const line = plannedLine(days[0] === undefined ? undefined : { date: days[0].date, share: shareOf(days[0]) }, plan);
  const last = days.at(-1);
  return [
    ...days.map((day): Point => {
      const share = shareOf(day);
      // The forecast sets out from today's figure.
      const from = day === last ? share : null;
      return { date: day.date, actual: share, forecast: from, low: from, high: from, plan: line(day.date) };
    }),
    ...forecast.map(
      ({ date, share, low, high }): Point => ({ date, actual: null, forecast: share, low, high, plan: line(date) }),
    ),
  ];
}

function plannedLine(
  start: { readonly date: string; readonly share: number } | undefined,
  plan: readonly { readonly date: string; readonly share: number }[],
): (date: string) => number | null {
  if (plan.length === 0 || start === undefined) return () => null;
  const points = [start, ...plan.filter(({ date }) => date > start.date)].sort((a, b) => a.date.localeCompare(b.date));
  return (date) => {
    const next = points.findIndex((point) => point.date >= date);
    const to = points[next];
    if (to === undefined) return points.at(-1)?.share ?? null;
    const from = points[next - 1];
    if (from === undefined) return to.share;
    const [low, high, at] = [from.date, to.date, date].map((one) => Date.parse(one)) as [number, number, number];
    return from.share + ((to.share - from.share) * (at - low)) / Math.max(1, high - low);
  };
}

/** `2026-12-31 95%` a line, as targets; or the first line that is none. */
export function planFrom(
  text: string,
): { readonly plan: { date: string; share: number }[] } | { readonly wrong: string } {
  const plan: { date: string; share: number }[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const found = /^\s*(\d{4}-\d{2}-\d{2})[\s,:：，]+(\d{1,3}(?:\.\d+)?)\s*[%％]\s*$/.exec(line);
    const share = Number(found?.[2]) / 100;
    const date = found?.[1] ?? '';
    if (found === null || share > 1 || Number.isNaN(Date.parse(date))) return { wrong: line.trim() };
    plan.push({ date, share: Math.round(share * 10_000) / 10_000 });
  }
  return { plan };
}

export const planText = (plan: readonly { readonly date: string; readonly share: number }[]): string =>
  plan.map(({ date, share }) => `${date} ${Math.round(share * 1000) / 10}%`).join('\n');
