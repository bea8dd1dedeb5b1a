// Whoever waits for news of a login holds a connection, a timer and a place in memory. So only a few wait for the same thing and a bounded number in
// all, and however many they are, one look a second serves all of them.

/** How often it is looked whether another node has the news, ms. */
const LOOK_MS = 1000;

export interface Waiting {
  /**
   * Resolves to true when `id` is woken, when a look finds that it is so, or after `ms`; to false at once when too many wait already. What `isSo` asks
   * must follow from `id`: the first one's look serves all.
   */
  until(id: string, ms: number, isSo: () => Promise<boolean>): Promise<boolean>;
  /** Tells everyone who waits for `id`. */
  wake(id: string): void;
}

interface Group {
  readonly ends: Set<() => void>;
  readonly look: NodeJS.Timeout;
}

/** At most `each` wait for one id and `all` together. */
export function waiting(each = 4, all = 4000): Waiting {
  const groups = new Map<string, Group>();
  let count = 0;
  const wake = (id: string): void => {
    for (const end of groups.get(id)?.ends ?? []) end();
  };
  const gather = (id: string, isSo: () => Promise<boolean>): Group => {
    const tell = (): void => wake(id);
    const look = setInterval(() => void isSo().then((so) => (so ? tell() : undefined), tell), LOOK_MS);
    const group: Group = { ends: new Set(), look };
    groups.set(id, group);
    return group;
  };
  return {
    wake,
    async until(id, ms, isSo) {
      if (count >= all || (groups.get(id)?.ends.size ?? 0) >= each) return false;
      const group = groups.get(id) ?? gather(id, isSo);
      count++;
      await new Promise<void>((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          group.ends.delete(end);
          count--;
          if (group.ends.size === 0) {
            clearInterval(group.look);
            groups.delete(id);
          }
          resolve();
        };
        const timer = setTimeout(end, ms);
        group.ends.add(end);
      });
      return true;
    },
  };
}
