// What a page must hand to the browser before a method can answer: a challenge for its passkeys. Shown to the holder of the open login only.
import type { TypeName } from '../core/authenticator/type.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Caller, Ports } from '../core/ports.ts';
import { active, boundOf } from './facts.ts';
import { askedOf } from './open-challenge.ts';
import { tenantOf } from './tenant.ts';

/** The prompt of a type for an open challenge; `method-not-offered` when it has none or is not asked for. */
export async function promptOf(
  ports: Ports,
  caller: Caller,
  id: string,
  type: TypeName,
): Promise<{ readonly kind: 'prompt'; readonly shown: unknown } | Refusal> {
  const snapshot = await ports.store.challenge(caller.tenantId, id, false);
  const { policy } = await tenantOf(ports, caller, snapshot);
  if (snapshot === undefined) return refuse('not-found');
  const asked = askedOf(policy, snapshot);
  if (asked.kind === 'refused') return asked;
  const { prompt } = ports.types[type];
  const held = active(snapshot).filter((a) => a.type === type);
  const isAsked = asked.decision.types.includes(type) || asked.decision.recovery.includes(type);
  if (prompt === undefined || held.length === 0 || !isAsked)
    return refuse('method-not-offered', { offered: asked.decision.types });
  return {
    kind: 'prompt',
    shown: prompt(
      held.map((a) => boundOf(a, snapshot.account.id, id)),
      id,
    ),
  };
}
