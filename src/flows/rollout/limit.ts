// How many accounts a change may force to bind at once, however it is made: the one question every way to change a rollout asks (ES-6.1).
import { STRONG_TYPES } from '../../core/authenticator/type.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports } from '../../core/ports.ts';
import { forcedBy, movesAny } from '../../core/rollout/moves.ts';

/** Beyond the limit, and said so, with a reason that goes on record. */
export interface Overriding {
  readonly override?: boolean | undefined;
  readonly reason?: string | undefined;
  /** How many a second operator agreed to. */
  readonly affected?: number | undefined;
}
export interface Beyond {
  readonly affected: number;
  readonly limit: number;
}

/** How many accounts without a strong method the change would force to bind, where that is more than the stricter of both policies lets it. */
export async function beyondBy(
  ports: Ports,
  tenant: { readonly id: string; readonly policy: Policy },
  after: Policy['rollout'],
  now: number,
): Promise<Beyond | null> {
  const before = tenant.policy.rollout;
  const limits = [before.limitAffected, after.limitAffected].filter((one) => one !== undefined);
  // Most changes of a policy move nobody, and count nobody.
  if (limits.length === 0 || !movesAny(before, after, now)) return null;
  const limit = Math.min(...limits);
  const affected = forcedBy(before, after, await ports.store.unboundByCohort(tenant.id, STRONG_TYPES), now);
  return affected > limit ? { affected, limit } : null;
}

/** A refusal of what is beyond the limit, unless it is overridden with a reason, for about so many as was agreed to. */
export function refuseBeyond(beyond: Beyond | null, { override, reason, affected }: Overriding): Refusal | null {
  if (beyond === null) return null;
  if (override !== true || reason === undefined) return refuse('switch-refused', { ...beyond });
  return isMoreThan(affected ?? beyond.affected, beyond.affected) ? refuse('situation-changed', { ...beyond }) : null;
}

/** Whether what was agreed to has grown by more than a tenth since: people come and go, and few more are no other thing. */
export const isMoreThan = (agreed: number, now: number): boolean => now > agreed + Math.floor(agreed / 10);
