// When a QR that is shown is replaced by itself (SCN-01): shortly before its minute is over, while somebody may be looking at it, and not for ever.

/** So many by themselves; after that the page says that it is over, and one press goes on. */
export const MOST_RENEWALS = 5;
/** Seconds before its end: a phone that scans it now still has the seconds the server grants. */
const BEFORE = 3;

export interface Shown {
  readonly state: 'making' | 'waiting' | 'scanned' | 'done' | 'expired';
  /** Whole seconds until the page replaces it. */
  readonly left: number;
  /** How often it was renewed by itself since somebody last asked for one. */
  readonly renewed: number;
  /** It was shown with time left: one that ends as it comes (a clock that jumped) is left to a press. */
  readonly hadTime: boolean;
  /** The page is on the screen. */
  readonly isVisible: boolean;
}

/** Whether so much time is left that nothing is to be done. */
export const hasTime = (left: number): boolean => left > BEFORE;

/** Whether another is made now. What was scanned stays; a page nobody sees lets it end. */
export const isDue = ({ state, left, renewed, hadTime, isVisible }: Shown): boolean =>
  isVisible && hadTime && renewed < MOST_RENEWALS && state === 'waiting' && left > 0 && left <= BEFORE;
