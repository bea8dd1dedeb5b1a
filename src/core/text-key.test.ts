import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameText, textKey } from './text-key.ts';

describe('texts as keys', () => {
  it('NF-3 a key depends on every character, and is a whole number of 32 bits', () => {
    expect(new Set(['', 'a', 'b', 'ab', 'ba', 'aut_x', 'aut_y', 'é', '極'].map(textKey)).size).toBe(9);
    fc.assert(fc.property(fc.string(), (text) => textKey(text) === (textKey(text) | 0)));
  });

  it('NF-3 a text handed back is always the text that was given, whatever shared its place before', () => {
    fc.assert(fc.property(fc.array(fc.string()), (texts) => texts.every((text) => sameText(text) === text)));
    for (let n = 0; n < 5000; n++) expect(sameText(`client-${n}`)).toBe(`client-${n}`);
  });
});
