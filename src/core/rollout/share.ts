// Which accounts a staged switch takes first: a number of each account that never changes and that nobody chooses. Whoever is among the first
// per cent is also among the first ten, so a stage only ever adds accounts; the salt (the cut-over's id) lets other accounts go first next time.

/** The account's place from 0 to 9999, evenly spread (FNV-1a, then MurmurHash3's finish); the same on every node and in every version. */
export function placeOf(salt: string, accountId: string): number {
  const text = `${salt}:${accountId}`;
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) % 10_000;
}

/** Whether a stage of so many per cent takes the account. */
export const isTaken = (salt: string, percent: number, accountId: string): boolean =>
  placeOf(salt, accountId) < percent * 100;
