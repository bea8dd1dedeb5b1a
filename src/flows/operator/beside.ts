// What the operators' flow puts into the commit of an action: who asked and who approved, the count, the way to object. Without it nothing is done.
import type { Write } from '../../core/commit.ts';
import type { Objection } from '../../core/outbox/words.ts';
import type { Refusal } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { AccountSnapshot } from '../../core/store.ts';

export interface Beside {
  /** How the customer may object; goes into what they are told. */
  readonly objection?: Objection | undefined;
  /**
   * The writes that go with the action, made anew for each attempt from the snapshot it is decided on; or why it is not done any more. They come
   * before the action's own, which end logins and what they proved, and their assumptions hold for it as well.
   */
  readonly writes: (policy: Policy, snapshot: AccountSnapshot) => Promise<readonly Write[] | Refusal>;
}

/** The writes beside an action; none where nothing is to go with it. */
export const besides = async (
  beside: Beside | undefined,
  policy: Policy,
  snapshot: AccountSnapshot,
): Promise<readonly Write[] | Refusal> => (await beside?.writes(policy, snapshot)) ?? [];
