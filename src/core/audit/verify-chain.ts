// Walks the chain from its first entry and stops at the first one that is not what was sealed. Knows no database: pages are handed in.
import { type AuditRow, type ChainEntry, type Checkpoint, canonicalEvent, GENESIS, type Sha256 } from './chain.ts';

/** An entry with the event it seals, or none where the event is gone. */
export interface Sealed extends ChainEntry {
  readonly event: AuditRow | null;
}

export type BadKind =
  /** The event is not what was sealed. */
  | 'changed'
  /** An event, or an entry of the chain, is gone from the middle. */
  | 'missing'
  /** Entries stand in another order than they were sealed in. */
  | 'reordered'
  /** An event stands where everything was sealed before it appeared. */
  | 'inserted'
  /** The end of the chain is gone: a checkpoint knew more. */
  | 'truncated'
  /** The chain holds together but is not the one that was signed: it was made anew. */
  | 'rewritten'
  /** A checkpoint's signature is not its key's. */
  | 'forged-checkpoint';

export interface Bad {
  readonly kind: BadKind;
  /** Where in the chain: the first entry known to be wrong. */
  readonly pos: number;
  /** Its event, when it is known. */
  readonly seq: number | null;
  readonly message: string;
}

export interface Walk {
  /** The next entries, in the order of `pos`. Answers the first bad one; after that nothing more is to be handed in. */
  accept(page: readonly Sealed[]): Bad | undefined;
  /** After the last page. `strays` are unsealed events at or before `settled()`, lowest first. */
  end(strays: readonly number[]): Bad | undefined;
  /** Up to which event every event is known to have been sealed; 0 without a checkpoint. */
  settled(): number;
  readonly entries: () => number;
}

/** A walk that holds the chain to `checkpoints` (any order). `lastSeq` is the newest event there is; `isSigned` checks a checkpoint's signature. */
export function walkChain(
  sha256: Sha256,
  lastSeq: number,
  checkpoints: readonly Checkpoint[],
  isSigned: (checkpoint: Checkpoint) => boolean,
): Walk {
  const due = [...checkpoints].sort((a, b) => a.pos - b.pos);
  let pos = 0;
  let hash = GENESIS;
  let held = 0;
  let settled = 0;

  const checkpoint = (
    c: Checkpoint,
    seq: number,
    seen: { readonly pos: number; readonly seq: number } | undefined,
  ): Bad | undefined => {
    if (!isSigned(c))
      return {
        kind: 'forged-checkpoint',
        pos: c.pos,
        seq,
        message: `the checkpoint at ${c.pos} is not signed by its key`,
      };
    if (c.hash !== hash) {
      const first = seen ?? { pos: held + 1, seq: null };
      return {
        kind: 'rewritten',
        pos: first.pos,
        seq: first.seq,
        message: `the chain was made anew somewhere in ${held + 1} to ${c.pos}: the checkpoint at ${c.pos} signed another one`,
      };
    }
    held = c.pos;
    settled = Math.max(settled, c.settled);
    return undefined;
  };

  let afterHeld: { pos: number; seq: number } | undefined;
  const one = (entry: Sealed, page: readonly Sealed[], index: number): Bad | undefined => {
    if (entry.pos !== pos + 1)
      return { kind: 'missing', pos: pos + 1, seq: null, message: `entry ${pos + 1} of the chain is gone` };
    const { event, seq } = entry;
    if (event === null)
      return seq > lastSeq
        ? { kind: 'truncated', pos: entry.pos, seq, message: `events from ${seq} on are gone` }
        : { kind: 'missing', pos: entry.pos, seq, message: `event ${seq} is gone` };
    if (entry.hash !== sha256(hash, canonicalEvent(event))) {
      const moved = isMoved(sha256, hash, entry, page.slice(index + 1, index + LOOK_FOR_MOVED));
      return moved
        ? { kind: 'reordered', pos: entry.pos, seq, message: `event ${seq} stands where another was sealed` }
        : {
            kind: 'changed',
            pos: entry.pos,
            seq,
            message: `event ${seq} is not what was sealed, or the entry before it is gone`,
          };
    }
    if (seq <= settled)
      return {
        kind: 'inserted',
        pos: entry.pos,
        seq,
        message: `event ${seq} was slipped in after everything up to ${settled} had been sealed`,
      };
    pos = entry.pos;
    hash = entry.hash;
    afterHeld ??= { pos, seq };
    for (let next = due[0]; next !== undefined && next.pos <= pos; next = due[0]) {
      due.shift();
      const bad = checkpoint(next, seq, afterHeld);
      if (bad !== undefined) return bad;
      afterHeld = undefined;
    }
    return undefined;
  };

  return {
    accept(page) {
      for (const [index, entry] of page.entries()) {
        const bad = one(entry, page, index);
        if (bad !== undefined) return bad;
      }
      return undefined;
    },
    end(strays) {
      const beyond = due[0];
      if (beyond !== undefined)
        return {
          kind: 'truncated',
          pos: pos + 1,
          seq: null,
          message: `the chain ends at ${pos}, but the checkpoint of ${new Date(beyond.at).toISOString()} stands at ${beyond.pos}`,
        };
      const stray = strays[0];
      if (stray !== undefined)
        return {
          kind: 'inserted',
          pos: pos + 1,
          seq: stray,
          message: `event ${stray} was slipped in after everything up to ${settled} had been sealed`,
        };
      return undefined;
    },
    settled: () => settled,
    entries: () => pos,
  };
}

/** How far on a moved entry is looked for. */
const LOOK_FOR_MOVED = 2000;

/** Whether a later entry is the one that was sealed here, or a later event with this number is. */
function isMoved(sha256: Sha256, hash: string, entry: Sealed, rest: readonly Sealed[]): boolean {
  return rest.some(
    (other) =>
      other.event !== null &&
      (other.hash === sha256(hash, canonicalEvent(other.event)) ||
        entry.hash === sha256(hash, canonicalEvent({ ...other.event, seq: entry.seq }))),
  );
}
