import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersion } from './version.ts';

const compare = (a: string, b: string): number => Math.sign(compareVersions(parseVersion(a)!, parseVersion(b)!));

describe('ES-1.1 ENR-12 versions', () => {
  it.each([
    ['9.3.43.1175', '9.3.9.9999', 1],
    ['9.5.8.10', '9.5.8.5', 1],
    ['9.5.8.5', '9.5.8.5', 0],
    ['9.5', '9.5.0.0', 0],
    ['9.5.8', '9.5.8.5', -1],
    ['09.5.8.5', '9.5.8.5', 0],
    ['10', '9.9.9.9', 1],
    ['3.6.21', '3.6.21.0.0.1', -1],
  ] as const)('%s against %s is %i', (a, b, sign) => {
    expect(compare(a, b)).toBe(sign);
    expect(compare(b, a)).toBe(sign === 0 ? 0 : -sign);
  });

  it.each([
    '',
    '9.5.8.5-rc',
    '9..5',
    '.9',
    '9.',
    '-1',
    '+9',
    ' 9.5',
    '9.5 ',
    '9,5',
    '9.5.8.5\n',
    '\u0669.5',
    '９.5',
    '9.5.\u{1f600}',
    '0x10',
    '1e3',
    '1234567890',
    '1.'.repeat(12) + '1',
  ])('%j is malformed', (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });

  it('compares dotted numbers of any length like a plain reference, part by part', () => {
    const version = fc.array(fc.nat(999_999_999), { minLength: 1, maxLength: 12 });
    const reference = (a: readonly number[], b: readonly number[]): number => {
      const text = (v: readonly number[]): string =>
        Array.from({ length: 12 }, (_, i) => String(v[i] ?? 0).padStart(9, '0')).join('.');
      return text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
    };
    fc.assert(
      fc.property(version, version, fc.nat(11), (a, b, shared) => {
        const c = [...a.slice(0, shared), ...b.slice(shared)];
        for (const [x, y] of [
          [a, b],
          [a, c],
          [b, c],
        ] as const)
          expect(compare(x.join('.'), y.join('.'))).toBe(reference(x, y));
      }),
    );
  });
});
