// Until when a type serves at login, for whoever is about to choose one (ux: a method that is on its way out carries its date).
import type { TypeName } from '../core/authenticator/type.ts';
import { decide } from '../core/policy/decide.ts';
import type { Policy } from '../core/policy/policy.ts';
import { switchesAfter } from '../core/rollout/phase.ts';
import type { AccountSnapshot } from '../core/store.ts';
import type { KnownClient } from './client.ts';
import { factsOf } from './facts.ts';

/** The first planned switch (ms) after which logins no longer ask for a type they ask for now; null when none is planned. */
export function retiresAt(
  policy: Policy,
  snapshot: AccountSnapshot,
  known: KnownClient,
  type: TypeName,
): number | null {
  const switches = switchesAfter(policy.rollout, snapshot.account.cohort, snapshot.now);
  if (switches.length === 0) return null;
  const asksAt = (now: number): boolean => {
    const decision = decide(policy, factsOf(policy, { ...snapshot, now }, known, 'login', []));
    return (
      decision.kind === 'allow' ||
      (decision.kind === 'challenge' && [...decision.types, ...decision.recovery].includes(type))
    );
  };
  if (!asksAt(snapshot.now)) return null;
  return switches.find((at) => !asksAt(at)) ?? null;
}
