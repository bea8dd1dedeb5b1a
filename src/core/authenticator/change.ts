// What a change of methods did, and what taking it back means (REB-04). Whoever changed once with a stolen session changes twice: so an objection to one takes
// back every change that may still be objected to, and the account has what it had before the first of them.

/** Ids of authenticators, and of phones. */
export interface MethodChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Phones that joined: they go with whatever key they hold by then, for a phone may be given another one at any time. */
  readonly phones?: readonly string[] | undefined;
  /** What was removed is of no use any more if it is put back, such as phones whose PIN was replaced. */
  readonly final?: true | undefined;
}

/** A change that may still be objected to. `at`: ms; `hash`: what is kept of its code. */
export interface OpenChange extends MethodChange {
  readonly hash: string;
  readonly at: number;
}

export interface Undoing {
  readonly changes: readonly OpenChange[];
  /** What came with them, whether it is still there or not. */
  readonly revoke: readonly string[];
  /** What was there before the first of them and was removed by one. */
  readonly restore: readonly string[];
  /** Phones that came with them. */
  readonly phones: readonly string[];
  readonly isFinal: boolean;
  /** Something stays that may be as little the owner's as what goes: somebody has to look. */
  readonly isPartial: boolean;
}

/**
 * What takes back the change that was objected to, and with it all of `open` (oldest first). But where the account then had no method at all, because its
 * first was bound in these days, only so much is taken back that it has one: an owner who bound on Monday and is robbed on Tuesday has Monday's again,
 * once somebody has looked, for a thief with the password may have bound on Monday too. `leaves`: whether that much leaves a method.
 */
export function undoingOf(open: readonly OpenChange[], hash: string, leaves: (undoing: Undoing) => boolean): Undoing {
  const objected = open.findIndex((change) => change.hash === hash);
  const all = since(open);
  if (objected <= 0 || leaves(all)) return all;
  for (let first = 1; first <= objected; first++) {
    const some = since(open.slice(first));
    if (leaves(some)) return { ...some, isPartial: true };
  }
  return all;
}

function since(changes: readonly OpenChange[]): Undoing {
  const revoke = new Set(changes.flatMap(({ added }) => added));
  const restore = new Set(changes.flatMap(({ removed }) => removed));
  return {
    changes,
    revoke: [...revoke],
    restore: [...restore].filter((id) => !revoke.has(id)),
    phones: [...new Set(changes.flatMap(({ phones }) => phones ?? []))],
    isFinal: changes.some(({ final }) => final === true),
    isPartial: false,
  };
}
