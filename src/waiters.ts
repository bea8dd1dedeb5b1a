// Whoever waits for news (a long poll, a stream of events, a phone that may be asked) holds a connection, a timer and a place in memory. So only a few
// wait for the same thing and a bounded number in all. What happens in this process wakes them at once; what another one wrote is seen within half a
// second, and however many wait, it is one question for all of them.
import type { Watched } from './core/ports.ts';

/** How often it is looked whether another node has the news. */
const LOOK_MS = 500;
const ALL = 4000;
/** Together for one thing: tabs of one login, phones of one account. */
const EACH: Readonly<Record<Watched, number>> = { challenge: 4, account: 8, enrolment: 8, 'app-password': 4 };

export interface Waiters {
  /**
   * Resolves to true when `id` is woken, when its mark is no longer `seen` (null: what it is when it is first looked at), or after `ms`; to false at
   * once when too many wait already.
   */
  wait(what: Watched, id: string, seen: string | null, ms: number): Promise<boolean>;
  /** Tells everyone who waits for `id`. */
  wake(id: string): void;
  /** Lets everyone go. */
  stop(): void;
}

interface Waiter {
  readonly what: Watched;
  readonly id: string;
  seen: string | null;
  readonly done: () => void;
}

/** Waiters over `marks`: what each of these is at now, by id; one that has none is at ''. A look that fails lets everyone look for themselves. */
export function waiters(
  marks: (what: Watched, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
  all = ALL,
): Waiters {
  const byId = new Map<string, Set<Waiter>>();
  let count = 0;
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;

  const drop = (waiter: Waiter): void => {
    const those = byId.get(waiter.id);
    if (those?.delete(waiter) !== true) return;
    if (those.size === 0) byId.delete(waiter.id);
    count--;
    if (count > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    const everyone = [...byId.values()].flatMap((those) => [...those]);
    try {
      for (const what of new Set(everyone.map((one) => one.what))) {
        const these = everyone.filter((one) => one.what === what);
        const now = await marks(what, [...new Set(these.map((one) => one.id))]);
        for (const one of these) {
          const mark = now.get(one.id) ?? '';
          one.seen ??= mark;
          if (mark !== one.seen) one.done();
        }
      }
    } catch {
      for (const one of everyone) one.done();
    } finally {
      isLooking = false;
    }
  };

  return {
    async wait(what, id, seen, ms) {
      const those = byId.get(id) ?? new Set<Waiter>();
      if (count >= all || those.size >= EACH[what]) return false;
      count++;
      byId.set(id, those);
      timer ??= setInterval(() => void look(), LOOK_MS);
      await new Promise<void>((resolve) => {
        const waiter: Waiter = {
          what,
          id,
          seen,
          done() {
            clearTimeout(end);
            drop(waiter);
            resolve();
          },
        };
        const end = setTimeout(waiter.done, ms);
        those.add(waiter);
      });
      return true;
    },
    wake(id) {
      if (count === 0) return;
      for (const one of byId.get(id) ?? []) one.done();
    },
    stop() {
      for (const those of byId.values()) for (const one of those) one.done();
    },
  };
}
