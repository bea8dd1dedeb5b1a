// What each guarded write of operators assumes, for writes.test.ts.
import type { Write, WriteOp } from '../../src/core/commit.ts';
import { anId } from './stores.ts';

interface Case {
  readonly op: WriteOp;
  readonly before?: readonly Write[];
  readonly refused?: readonly Write[];
  readonly holds: Write;
  readonly once?: boolean;
  readonly clashes?: boolean;
}

export function operatorCases(operatorId: string, now: number): readonly Case[] {
  const hash = anId('lnk');
  const other = anId('acc');
  const link = (of = hash, expiresAt = now + 60_000): Write => ({
    op: 'insert-operator-link',
    hash: of,
    operatorId,
    by: 'cli',
    expiresAt,
  });
  const role: Write = { op: 'grant-role', operatorId, tenantId: 't1', role: 'support', by: 'cli' };
  const expect_ = (of: string, who = operatorId): Write => ({ op: 'expect-operator-link', hash: of, operatorId: who });
  const use = (of: string, who = operatorId): Write => ({ op: 'use-operator-link', hash: of, operatorId: who });
  const over = anId('lnk');
  return [
    { op: 'insert-operator', holds: { op: 'insert-operator', id: operatorId, by: 'cli' }, clashes: true },
    { op: 'grant-role', holds: role, clashes: true },
    { op: 'drop-roles', before: [role], holds: { op: 'drop-roles', operatorId, tenantId: 't1' } },
    { op: 'insert-operator-link', holds: link(), clashes: true },
    {
      op: 'expect-operator-link',
      before: [link(), link(over, now - 1)],
      refused: [expect_(over), expect_(anId('lnk')), expect_(hash, other)],
      holds: expect_(hash),
    },
    {
      op: 'use-operator-link',
      before: [link(), link(over, now - 1)],
      refused: [use(over), use(anId('lnk')), use(hash, other)],
      holds: use(hash),
      once: true,
    },
    { op: 'end-operator-links', before: [link()], holds: { op: 'end-operator-links', operatorId } },
  ];
}
