// What a dialog asks about is what its person saw when it opened. What the page learns afterwards is told in the dialog, and never done in its stead:
// the server is sent the revision that was seen, and refuses another.
import { useState } from 'react';

interface Revised {
  readonly revision: number;
  readonly status: string;
}

export interface Held<Step, T> {
  /** What is being asked, and of what: undefined while nothing is. */
  readonly asked: { readonly step: Step; readonly seen: T } | undefined;
  /** It is another than the one that was seen: `<Confirm isMoved>`. */
  readonly isMoved: boolean;
  readonly ask: (step: Step) => void;
  readonly close: () => void;
}

/** Holds what is shown now while a question about it is open: `const held = useHeld<'approve' | 'return', Case>(one)`. */
export function useHeld<Step extends string, T extends Revised>(now: T): Held<Step, T> {
  const [asked, setAsked] = useState<{ readonly step: Step; readonly seen: T }>();
  return {
    asked,
    isMoved: asked !== undefined && (asked.seen.revision !== now.revision || asked.seen.status !== now.status),
    ask: (step) => setAsked({ step, seen: now }),
    close: () => setAsked(undefined),
  };
}
