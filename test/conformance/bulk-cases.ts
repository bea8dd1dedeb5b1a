// What each guarded write of bulk work assumes, for writes.test.ts.
import type { Write, WriteNamed, WriteOp } from '../../src/core/commit.ts';
import { anId } from './stores.ts';

interface WriteCase {
  readonly op: WriteOp;
  readonly before?: readonly Write[];
  readonly refused?: readonly Write[];
  readonly holds: Write;
  readonly once?: boolean;
  readonly clashes?: boolean;
}

export function bulkCases(): readonly WriteCase[] {
  const id = anId('blk');
  const begun = anId('blk');
  const made = (of: string): Write => ({
    op: 'insert-bulk',
    job: {
      id: of,
      tenantId: 't1',
      kind: 'import',
      name: 'autumn',
      reason: 'R02',
      status: 'draft',
      requester: { login: 'kit', id: 'acc_kit', sessionId: null },
      approvedBy: null,
      askedAt: null,
      createdAt: 0,
      startedAt: null,
      endedAt: null,
    },
  });
  const row = (jobId: string): Write => ({
    op: 'put-bulk-row',
    jobId,
    line: 2,
    input: { account: '700001' },
    canonical: '700001',
    change: { isNew: true, fields: [] },
    flags: [],
    refused: null,
  });
  const move = (more: Partial<WriteNamed<'move-bulk'>> = {}): Write => ({
    op: 'move-bulk',
    id,
    tenantId: 't1',
    from: 'draft',
    to: 'running',
    approvedBy: null,
    ...more,
  });
  const ended = (more: Partial<WriteNamed<'end-bulk-row'>> = {}): Write => ({
    op: 'end-bulk-row',
    jobId: id,
    line: 2,
    status: 'done',
    code: null,
    detail: null,
    ...more,
  });
  return [
    { op: 'insert-bulk', holds: made(id), clashes: true },
    {
      op: 'put-bulk-row',
      before: [made(id), made(begun), move({ id: begun })],
      refused: [row(begun), row(anId('blk'))],
      holds: row(id),
    },
    {
      op: 'move-bulk',
      before: [made(id)],
      refused: [move({ from: 'paused' }), move({ tenantId: 't2' }), move({ id: anId('blk') })],
      holds: move(),
      once: true,
    },
    {
      op: 'end-bulk-row',
      before: [made(id), row(id), move(), made(begun), row(begun)],
      refused: [ended({ line: 3 }), ended({ jobId: begun })],
      holds: ended(),
      once: true,
    },
  ];
}
