import { describe, expect, it } from 'vitest';
import { diffLines, withAround } from './diff.ts';

const shown = (before: string, after: string): readonly string[] =>
  diffLines(before, after)
    .filter((l) => l.kind !== 'same')
    .map((l) => `${l.kind === 'added' ? '+' : '-'}${l.line} ${l.text}`);

describe('OP-2.2 what changed between two documents', () => {
  it('OP-2.2 a changed line is one removed and one added, each with its own number', () => {
    expect(shown('a\nb\nc', 'x\na\nB\nc')).toEqual(['+1 x', '-2 b', '+3 B']);
  });

  it('OP-2.2 a moved line leaves one place and arrives at another', () => {
    expect(shown('a\nb\nc', 'c\na\nb')).toEqual(['+1 c', '-3 c']);
  });

  it('OP-2.2 applied to the first document it gives the second', () => {
    const before = Array.from({ length: 120 }, (_, n) => `line ${(n * 7) % 40}`).join('\n');
    const after = before.replace('line 14', 'changed').replaceAll('line 3\n', '');
    const lines = diffLines(before, after);
    expect(
      lines
        .filter((l) => l.kind !== 'removed')
        .map((l) => l.text)
        .join('\n'),
    ).toBe(after);
    expect(
      lines
        .filter((l) => l.kind !== 'added')
        .map((l) => l.text)
        .join('\n'),
    ).toBe(before);
  });

  it('OP-2.2 far from a change nothing is shown but a gap', () => {
    const before = Array.from({ length: 30 }, (_, n) => `${n}`).join('\n');
    const some = withAround(diffLines(before, before.replace('\n15\n', '\nfifteen\n')), 2);
    expect(some.map((l) => l?.text ?? '…')).toEqual(['13', '14', '15', 'fifteen', '16', '17', '…']);
    expect(withAround(diffLines(before, before), 2)).toEqual([]);
  });
});
