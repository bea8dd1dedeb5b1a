import { describe, expect, it } from 'vitest';
import { TYPE_NAMES } from '../../core/authenticator/type.ts';
import { purposeWords } from './purposes.ts';

describe('what a phone is asked', () => {
  it('CM-4.1 MO-5.2 every operation a person can ask for by its own words, in three languages', () => {
    const owned = TYPE_NAMES.filter((type) => type !== 'bypass-code');
    const asked = [
      'login',
      'caller',
      'confirm',
      ...['change', 'unbind'].flatMap((verb) => [verb, ...owned.map((type) => `${verb}-${type}`)]),
    ];
    for (const language of [0, 1, 2]) {
      const said = asked.map((purpose) => purposeWords(purpose)[language]);
      expect(new Set(said).size).toBe(asked.length);
      expect(said.filter((words, i) => words === asked[i])).toEqual([]);
    }
  });

  it.each([
    ['unbind-of-tomorrow', 'Remove a method'],
    ['confirm-wechat', 'Confirm a security setting'],
    ['constructor', 'constructor'],
  ])('a word of a newer server, %s, is said as near as can be: %s', (purpose, said) => {
    expect(purposeWords(purpose)[2]).toBe(said);
  });
});
