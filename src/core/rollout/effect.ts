// What a switch does to a login, in one word, and how many meet it how often.

/**
 * What the next login meets. `same`: what it meets today. `forced`: it goes into binding. `too-old`: it is refused until the client is
 * updated. `shut-out`: it is refused, and only somebody else can help.
 */
export type Effect = 'same' | 'forced' | 'too-old' | 'shut-out';
export const EFFECTS: readonly Effect[] = ['same', 'forced', 'too-old', 'shut-out'];

/** Accounts alike in what they meet and in how often they log in. */
export interface Meeting {
  readonly effect: Effect;
  readonly count: number;
  /** Logins a day. */
  readonly perDay: number;
}
