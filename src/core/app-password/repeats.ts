// Wrong passwords that were just compared. A mail program with an old password sends the same one for ever: that is one guess, not many, so it is
// counted once and costs no hash again. Kept in memory, keyed by hashes only; another node, or a restart, counts it once more.

export interface Repeats {
  /** True when the same was wrong for the same a moment ago. */
  has(about: string, hash: string): boolean;
  add(about: string, hash: string): void;
}

/** Several programs of one owner may hold old passwords behind one address. */
const EACH = 8;

/** Remembers the last few wrong ones of each of at most `most`; the oldest is forgotten first. */
export function repeats(most = 20_000): Repeats {
  const last = new Map<string, readonly string[]>();
  return {
    has: (about, hash) => last.get(about)?.includes(hash) ?? false,
    add(about, hash) {
      const known = last.get(about) ?? [];
      last.delete(about);
      last.set(about, [...known.slice(1 - EACH), hash]);
      const [oldest] = last.keys();
      if (last.size > most && oldest !== undefined) last.delete(oldest);
    },
  };
}
