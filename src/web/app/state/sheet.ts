// How an approval's sheet stands: still a question, or how it ended. Pure. What a person pressed is kept over a lost answer: who said that it was not
// them is never told only that the request has expired.
import type { ProblemView } from '../../api/http.ts';
import type { Answer } from '../pin/device.ts';

/** `late`: refused, but too late to matter. `gone`: approved, and nobody knows here whether that arrived. */
export type Standing = 'ask' | 'over' | 'gone' | 'approved' | 'denied' | 'late' | 'wrongNumber';

export interface Given {
  /** The answer pressed last. */
  readonly pressed: Answer | null;
  /** What the server said to it: taken, refused, or null while nothing was said. */
  readonly told: 'taken' | ProblemView | null;
  /** Whether its time is over. */
  readonly isOver: boolean;
}

const CLOSED: readonly string[] = ['closed', 'expired', 'approval-unknown'];

export function standingOf({ pressed, told, isOver }: Given): Standing {
  const denies = pressed === 'deny';
  if (told === 'taken') return denies ? 'denied' : 'approved';
  if (told?.status === 422) return 'wrongNumber';
  if (!isOver && (told === null || !CLOSED.includes(told.code))) return 'ask';
  return pressed === null ? 'over' : denies ? 'late' : 'gone';
}
