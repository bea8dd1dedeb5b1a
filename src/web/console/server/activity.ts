// Whether somebody is at this page. Pages that ask again by themselves must not keep a session alive for an empty chair: what they ask then only looks.

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
