// When every method a login could ask for is waiting or frozen, the person is told at once, not after typing a code.
import type { Refusal } from '../core/outcome.ts';
import type { Decision } from '../core/policy/decide.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { throttleState } from '../core/throttle/throttle.ts';
import { active } from './facts.ts';
import { failuresOf, stopRefusal } from './try-output.ts';

/** The refusal when nothing the decision asks for can be tried because it is frozen; undefined while something can. */
export function stoppedEverywhere(policy: Policy, snapshot: AccountSnapshot, decision: Decision): Refusal | undefined {
  if (decision.kind !== 'challenge') return undefined;
  const usable = active(snapshot).filter((a) => decision.types.includes(a.type) || decision.recovery.includes(a.type));
  let frozen: Refusal | undefined;
  for (const a of usable) {
    const state = throttleState(failuresOf(policy, snapshot, a), policy.throttle, snapshot.now);
    if (state.kind !== 'frozen') return undefined;
    frozen = stopRefusal(policy, snapshot, state);
  }
  return frozen;
}
