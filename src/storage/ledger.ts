// Which time steps are spent, on SQLite. A table keyed by them has its next row on a page of its own: codes of one half minute come from everywhere.
// So the durable record is a log, written in order in the very transaction that spends, and what is asked of it lies in memory. Memory is only ever a
// copy: filled from the log, caught up under the write lock when another process has added to it, undone with its transaction, and forgotten
// whenever it is unknown whether that one stands. docs/adr/0009-ledger-in-memory.md
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { textKey } from '../core/text-key.ts';

/** A step to spend: refused when it, or one of the `lookAhead` steps after it, is spent. Times in ms. */
export interface TimeStep {
  readonly authenticatorId: string;
  readonly endsAt: number;
  readonly periodMs: number;
  readonly lookAhead: number;
}

export interface Ledger {
  /** Right after BEGIN IMMEDIATE: only the holder of the write lock may ask and add. */
  begin(now: number): void;
  isFree(step: TimeStep): boolean;
  /** Notes the row `seq` that was just written for a step. */
  add(step: TimeStep, seq: number): void;
  /** How much this transaction has added, for `undo`. */
  added(): number;
  /** Takes back what the transaction added beyond the first `count`, because it was rolled back. */
  undo(count: number): void;
  /** The transaction stands. */
  keep(): void;
  /** Forgets everything; the log is read again when next asked. */
  forget(): void;
  /** Ends of the spent steps of one authenticator, of those that are in memory. */
  near(authenticatorId: string): readonly number[];
}

/** How long a step stays in memory after its end: more than any window looks back, which is four steps of two minutes. */
const KEEP_MS = 10 * 60_000;

/** The ledger over a connection. An older step than memory holds, after a clock was set back, has the log read again from before it. */
export function stepLedger(raw: DatabaseSync): Ledger {
  const spent = new Map<number, Ids>();
  const fresh: { readonly endsAt: number; readonly authenticatorId: string; readonly seenBefore: number }[] = [];
  /** Memory holds every row of the log up to `seen` whose step ends at or after this. */
  let since = Number.POSITIVE_INFINITY;
  let seen = 0;
  let isCurrent = false;
  let statements: { readonly newest: StatementSync; readonly rows: StatementSync } | undefined;

  const note = (endsAt: number, authenticatorId: string): void => {
    let known = spent.get(endsAt);
    if (known === undefined) spent.set(endsAt, (known = idSet()));
    known.add(authenticatorId);
  };
  /** Reads what the log holds beyond `seen`; the number of its newest row first, so that none is missed. */
  const catchUp = (): void => {
    if (statements === undefined) {
      const rows = raw.prepare('SELECT ends_at, authenticator_id FROM spent_steps WHERE seq > ? AND ends_at >= ?');
      rows.setReturnArrays(true);
      statements = { newest: raw.prepare('SELECT coalesce(max(seq), 0) AS seq FROM spent_steps'), rows };
    }
    const newest = Number(statements.newest.get()?.['seq']);
    if (newest !== seen)
      for (const row of statements.rows.iterate(seen, since) as Iterable<unknown>) {
        const [endsAt, authenticatorId] = row as [number, string];
        note(endsAt, authenticatorId);
      }
    seen = newest;
    isCurrent = true;
  };
  const forget = (): void => {
    spent.clear();
    fresh.length = 0;
    since = Number.POSITIVE_INFINITY;
    seen = 0;
    isCurrent = false;
  };

  return {
    begin(now) {
      if (since >= now - 2 * KEEP_MS) return;
      since = now - KEEP_MS;
      for (const endsAt of spent.keys()) if (endsAt < since) spent.delete(endsAt);
    },
    isFree({ authenticatorId, endsAt, periodMs, lookAhead }) {
      if (endsAt < since) {
        spent.clear();
        since = endsAt - KEEP_MS;
        seen = 0;
        isCurrent = false;
      }
      if (!isCurrent) catchUp();
      for (let n = 0; n <= lookAhead; n++)
        if (spent.get(endsAt + n * periodMs)?.has(authenticatorId) === true) return false;
      return true;
    },
    add({ authenticatorId, endsAt }, seq) {
      fresh.push({ endsAt, authenticatorId, seenBefore: seen });
      note(endsAt, authenticatorId);
      seen = seq;
    },
    added: () => fresh.length,
    undo(count) {
      for (const { endsAt, authenticatorId, seenBefore } of fresh.splice(count).reverse()) {
        spent.get(endsAt)?.delete(authenticatorId);
        seen = seenBefore;
      }
      if (count === 0) isCurrent = false;
    },
    keep() {
      fresh.length = 0;
      isCurrent = false;
    },
    forget,
    near(authenticatorId) {
      const ends: number[] = [];
      for (const [endsAt, authenticators] of spent) if (authenticators.has(authenticatorId)) ends.push(endsAt);
      return ends;
    },
  };
}

/** A set of ids, by numbers made of them (see textKey); the rare two of one number share a list. */
interface Ids {
  has(id: string): boolean;
  add(id: string): void;
  delete(id: string): void;
}

function idSet(): Ids {
  const ids = new Map<number, string | readonly string[]>();
  const at = (key: number): readonly string[] => {
    const held = ids.get(key);
    return held === undefined ? [] : typeof held === 'string' ? [held] : held;
  };
  return {
    has(id) {
      const held = ids.get(textKey(id));
      return held === id || (typeof held === 'object' && held.includes(id));
    },
    add(id) {
      const key = textKey(id);
      const held = at(key);
      if (held.length === 0) ids.set(key, id);
      else if (!held.includes(id)) ids.set(key, [...held, id]);
    },
    delete(id) {
      const key = textKey(id);
      const [first, ...more] = at(key).filter((other) => other !== id);
      if (first === undefined) ids.delete(key);
      else ids.set(key, more.length === 0 ? first : [first, ...more]);
    },
  };
}
