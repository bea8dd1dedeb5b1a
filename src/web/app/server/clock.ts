// The server's time as this phone knows it. Codes count in the server's minutes: a phone whose clock is wrong learns by
// how much whenever it is online, and goes on offline with what it learned.

import { recall, remember } from '../store/little.ts';

const kept = 'hufu-app-clock';

/** What was learned: add `offsetMs` to this phone's clock to have the server's. */
export interface Learned {
  readonly offsetMs: number;
  /** When, by this phone's clock; null: never. */
  readonly at: number | null;
}

function read(): Learned {
  try {
    const found = JSON.parse(recall(kept) ?? '{}') as Partial<Learned>;
    return Number.isFinite(found.offsetMs) && Number.isFinite(found.at)
      ? { offsetMs: found.offsetMs as number, at: found.at as number }
      : { offsetMs: 0, at: null };
  } catch {
    return { offsetMs: 0, at: null };
  }
}

export const learned = read;

/** Milliseconds since 1970 by the server's clock, as well as this phone knows. */
export const serverNow = (): number => Date.now() + read().offsetMs;

/** Takes the server's time out of a reply: it was made between `askedAt` and now. Within two seconds the phone is right. */
export function learn(serverTime: string | number, askedAt: number): void {
  const at = Date.now();
  const theirs = typeof serverTime === 'number' ? serverTime : Date.parse(serverTime);
  if (!Number.isFinite(theirs) || at < askedAt || at - askedAt > 20_000) return;
  const offset = Math.round(theirs - (askedAt + at) / 2);
  remember(kept, JSON.stringify({ offsetMs: Math.abs(offset) < 2000 ? 0 : offset, at }));
}

/** Forgets what was learned: for a person who has put the phone's clock right since. */
export const trustPhoneClock = (): void => remember(kept, null);
