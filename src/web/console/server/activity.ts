// Whether somebody is at this page, and when the session was last used, in whichever tab. Pages that ask again by themselves must not keep a session alive
// for an empty chair: what they ask then only looks.

const AWAY_MS = 30_000;
let last = Date.now();
const noted = (): void => {
  last = Date.now();
};
for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
  addEventListener(kind, noted, { passive: true, capture: true });

/** Nothing was touched or typed for half a minute. */
export const isAway = (): boolean => Date.now() - last > AWAY_MS;

/** The header by which a call does not count as use of the session. */
export const LOOK: Readonly<Record<string, string>> = { 'hufu-look': '1' };

// All tabs are one session: what is done in one keeps it for the others.
const USED = 'hufu-console-used';

/** A call that counts as use was answered just now. */
export const noteUse = (): void => localStorage.setItem(USED, String(Date.now()));

/** When the session was used last, as far as this browser knows (ms, its own clock); 0 when it does not. */
export function lastUse(): number {
  const at = Number(localStorage.getItem(USED));
  // A clock that was set back knows nothing.
  return Number.isFinite(at) && at <= Date.now() ? at : 0;
}
