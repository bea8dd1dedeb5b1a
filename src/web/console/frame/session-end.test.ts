import { describe, expect, it } from 'vitest';
import { sessionEnd } from './session-end.ts';

const MINUTE = 60_000;
const known = {
  idleSeconds: 900,
  saidAt: 0,
  idleAfterSeconds: 900,
  usedAt: 0,
  expiresAt: 12 * 60 * MINUTE,
};

describe('when the session ends', () => {
  it('OP-1.3 a quarter of an hour after the last use, in whichever tab', () => {
    expect(sessionEnd(known)).toEqual({ at: 15 * MINUTE, isFinal: false });
    expect(sessionEnd({ ...known, usedAt: 14 * MINUTE })).toEqual({ at: 29 * MINUTE, isFinal: false });
  });

  it('OP-1.3 what a look found left does not shorten what a later use gives', () => {
    const looked = { ...known, idleSeconds: 300, saidAt: 10 * MINUTE };
    expect(sessionEnd(looked).at).toBe(15 * MINUTE);
    expect(sessionEnd({ ...looked, usedAt: 11 * MINUTE }).at).toBe(26 * MINUTE);
  });

  it('OP-1.3 after twelve hours whatever is done', () => {
    const late = { ...known, usedAt: known.expiresAt - MINUTE };
    expect(sessionEnd(late)).toEqual({ at: known.expiresAt, isFinal: true });
  });
});
