// What a door adds to the commit that lets somebody in: the session, say, so that neither is there without the other.
import type { Challenge } from '../core/challenge/challenge.ts';
import type { Write, WriteOp } from '../core/commit.ts';
import type { Refusal } from '../core/outcome.ts';
import type { TrustedDevice } from '../core/trust/trust.ts';

export interface Along {
  /** The writes that go with a challenge that has just been satisfied, or begun; `trusted` stood in for its second step. */
  readonly writes: (challenge: Challenge, now: number, trusted?: TrustedDevice) => readonly Write[];
  /** The refusal when it was one of them that no longer held; undefined for others, which are tried again. */
  readonly lost?: (op: WriteOp) => Refusal | undefined;
}
