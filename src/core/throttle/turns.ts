// One output at a time per account in a process, in the order they came: of many guesses sent at once, no more are compared than the throttle
// allows (BF-02). The guarded commit keeps the count right without this; but whoever commits first wins there, and that must not be the
// right guess because its commit is the shorter one.
import { textKey } from '../text-key.ts';

export interface Turns {
  /** Runs `act` when everything before it under `key` has ended. `isFirst`: nothing had to be waited for. */
  take<T>(key: string, act: (isFirst: boolean) => Promise<T>): Promise<T>;
}

/** Turns kept in memory; a key nobody waits for is forgotten. Two keys of one number wait for each other, which harms neither. */
export function turns(): Turns {
  const last = new Map<number, Promise<unknown>>();
  return {
    take(name, act) {
      const key = textKey(name);
      const before = last.get(key);
      const later = (): ReturnType<typeof act> => act(false);
      const mine = before === undefined ? act(true) : before.then(later, later);
      last.set(key, mine);
      const leave = (): void => {
        if (last.get(key) === mine) last.delete(key);
      };
      mine.then(leave, leave);
      return mine;
    },
  };
}
