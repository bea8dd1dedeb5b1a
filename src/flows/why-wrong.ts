// What a wrong code would have been, found out while it is at hand and kept with its failure: a code of another moment, of another method, of a binding
// removed lately. For operators only, and never the code itself; whoever typed it is told what everybody is told (OP-1.6).
import type { Ports } from '../core/ports.ts';
import type { AccountSnapshot, StoredAuthenticator } from '../core/store.ts';
import { active, boundOf } from './facts.ts';

export type Hint =
  | { readonly hint: 'already-used' | 'expired' | 'not-sent' }
  /** Right so many seconds ago (negative) or from now: the clock of what made it is off, or it was typed late. */
  | { readonly hint: 'clock'; readonly seconds: number }
  | { readonly hint: 'other-method'; readonly other: string }
  | { readonly hint: 'older-binding'; readonly older: string; readonly removedAt: string };

/** Steps to either side that are looked at: ten minutes of half-minute codes. */
const FAR = { back: 20, forward: 20 };
const NEAR = { back: 1, forward: 1 };

/** The hint for an output that was refused for `reason`; null where nothing is known. Opens secrets for one comparison each, and tells nobody. */
export async function whyWrong(
  ports: Pick<Ports, 'types' | 'former'>,
  snapshot: AccountSnapshot,
  candidates: readonly StoredAuthenticator[],
  output: string,
  reason: string,
): Promise<Hint | null> {
  if (reason === 'replayed') return { hint: 'already-used' };
  if (reason === 'expired' || reason === 'not-sent') return { hint: reason };
  if (reason !== 'wrong' || candidates.some((one) => ports.types[one.type].answers === true)) return null;
  const { account, now } = snapshot;
  const tried = (one: Parameters<typeof boundOf>[0], window: typeof NEAR) =>
    ports.types[one.type].verify({ ...boundOf(one, account.id, null), spent: [], floor: 0 }, output, now, window);
  for (const one of candidates) {
    const at = tried({ ...one, sent: null }, FAR);
    if (at.valid && at.spend.kind === 'step') {
      const { step, periodSeconds } = at.spend;
      return { hint: 'clock', seconds: (step - Math.floor(now / 1000 / periodSeconds)) * periodSeconds };
    }
  }
  const others = active(snapshot).filter(
    (one) => !candidates.some(({ id }) => id === one.id) && ports.types[one.type].answers !== true,
  );
  for (const one of others)
    if (tried({ ...one, sent: null }, NEAR).valid) return { hint: 'other-method', other: one.type };
  for (const one of await ports.former.of(account.tenantId, account.id)) {
    const older = { ...one, ...UNUSED, type: one.type };
    if (tried(older, FAR).valid)
      return { hint: 'older-binding', older: one.id, removedAt: new Date(one.removedAt).toISOString() };
  }
  return null;
}

/** What a removed binding has no more. */
const UNUSED = {
  status: 'void',
  label: null,
  createdAt: 0,
  boundAt: null,
  expiresAt: null,
  failures: { count: 0, lastAt: 0 },
  sent: null,
  spent: [],
  floor: 0,
} as const;
