// Operators as the rule that nobody decides their own sees them (OPS-01).
import { type Actor, type KnownActor, sameLogin } from '../../core/operator/case.ts';
import type { Ports } from '../../core/ports.ts';

/** An operator with who made them one, and when. */
export const known = async (ports: Ports, { id, ...actor }: Actor): Promise<KnownActor> => {
  const made = id === null ? undefined : await ports.cases.madeBy(id);
  return { ...actor, id, createdBy: made?.by ?? null, createdAt: made?.at ?? null };
};

/** Whether a request is this operator's own. */
export const isTheirs = (requester: Actor, by: Actor): boolean =>
  requester.id === null ? sameLogin(requester.login, by.login) : requester.id === by.id;
