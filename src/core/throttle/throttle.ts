// How a wrong code is paid for: a growing delay, then a freeze. A pure state machine over the failures on record.
//
//   open ──wrong──▶ open (delay 0) ──…──▶ waiting(until) ──time──▶ open ──wrong──▶ … ──▶ frozen ──operator or time──▶ open
//
// Failures count per authenticator (or per account, by policy), only ever after a right first factor, and a right code clears them.
// NIST SP 800-63B-4 §3.2.2 allows at most 100 in a row; no policy may set more than 10.

export interface Failures {
  readonly count: number;
  readonly lastAt: number;
}
export const NO_FAILURES: Failures = { count: 0, lastAt: 0 };

export interface ThrottleRule {
  /** Seconds to wait after the 1st, 2nd, 3rd … failure; the last one repeats. */
  readonly delaysSeconds: readonly number[];
  /** The failure that freezes. */
  readonly freezeAfter: number;
  /** After how long a freeze ends by itself; absent: only an operator ends it. */
  readonly unfreezeSeconds?: number | undefined;
}

export type ThrottleState =
  | { readonly kind: 'open'; readonly attemptsLeft: number }
  | { readonly kind: 'waiting'; readonly until: number }
  | { readonly kind: 'frozen'; readonly until: number | null };

/** Where an authenticator stands at `now` (ms). */
export function throttleState(failures: Failures, rule: ThrottleRule, now: number): ThrottleState {
  const { count, lastAt } = failures;
  if (count >= rule.freezeAfter) {
    if (rule.unfreezeSeconds === undefined) return { kind: 'frozen', until: null };
    const until = lastAt + rule.unfreezeSeconds * 1000;
    // A freeze that time ended leaves one attempt: the next wrong code freezes again.
    return now < until ? { kind: 'frozen', until } : { kind: 'open', attemptsLeft: 1 };
  }
  if (count > 0) {
    const delay = rule.delaysSeconds[Math.min(count, rule.delaysSeconds.length) - 1] ?? 0;
    const until = lastAt + delay * 1000;
    if (now < until) return { kind: 'waiting', until };
  }
  return { kind: 'open', attemptsLeft: rule.freezeAfter - count };
}
