// Token buckets per API key and per address that fails to authenticate: one tenant's flood slows only itself (KEY-05).

const MOST = 10_000;

interface Bucket {
  tokens: number;
  at: number;
}

export interface Limiter {
  /** 0 when the request may go on, else the seconds to wait. */
  take(name: string, now: number): number;
  /** Whether anything was ever taken by that name. */
  knows(name: string): boolean;
  /** Gives back what was taken, and was not needed. */
  give(name: string): void;
}

/** `perSecond` sustained, twice that in a burst. At most ten thousand names are remembered. */
export function limiter(perSecond: number, burst = perSecond * 2): Limiter {
  const buckets = new Map<string, Bucket>();
  const tokensOf = (bucket: Bucket, now: number): number =>
    Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
  const waitFor = (tokens: number): number => (tokens < 1 ? Math.max(1, Math.ceil((1 - tokens) / perSecond)) : 0);
  return {
    knows: (name) => buckets.has(name),
    give(name) {
      const bucket = buckets.get(name);
      if (bucket !== undefined) bucket.tokens = Math.min(burst, bucket.tokens + 1);
    },
    take(name, now) {
      let bucket = buckets.get(name);
      if (bucket === undefined) {
        // The one that came first goes: constant work however many addresses somebody owns.
        const [oldest] = buckets.keys();
        if (buckets.size >= MOST && oldest !== undefined) buckets.delete(oldest);
        bucket = { tokens: burst, at: now };
        buckets.set(name, bucket);
      }
      bucket.tokens = tokensOf(bucket, now);
      bucket.at = now;
      const wait = waitFor(bucket.tokens);
      if (wait === 0) bucket.tokens -= 1;
      return wait;
    },
  };
}
