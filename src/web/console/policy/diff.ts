// What changed between two documents, line by line: the longest common subsequence of lines, and what is left of each.

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** The line's number in the document it stands in. */
  readonly line: number;
}

/** The lines of both documents in order. Cost: the product of their lengths, so thousands of lines at most. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const a = before.trimEnd().split('\n');
  const b = after.trimEnd().split('\n');
  // How many lines the rest of both have in common, from each pair of places on.
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = common[i];
      if (row !== undefined) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: b[j] ?? '', line: j + 1 });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'removed', text: a[i] ?? '', line: i + 1 });
      i++;
    } else {
      lines.push({ kind: 'added', text: b[j] ?? '', line: j + 1 });
      j++;
    }
  }
  return lines;
}

/** Only what changed, with `around` lines of what did not; a gap between two stretches is null. */
export function withAround(lines: readonly DiffLine[], around: number): readonly (DiffLine | null)[] {
  const kept = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some((l) => l.kind !== 'same'),
  );
  return lines.flatMap((line, at) => (kept[at] === true ? [line] : kept[at - 1] === true ? [null] : []));
}
