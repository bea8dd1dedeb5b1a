// What each guarded write of cut-overs assumes, for writes.test.ts.
import type { Write, WriteOp } from '../../src/core/commit.ts';
import type { Cutover } from '../../src/core/rollout/cutover.ts';
import { anId } from './stores.ts';

interface Case {
  readonly op: WriteOp;
  readonly before?: readonly Write[];
  readonly refused?: readonly Write[];
  readonly holds: Write;
  readonly once?: boolean;
  readonly clashes?: boolean;
}

/** A cut-over of a cohort that no other case names. */
const cutoverRow = (more: Partial<Cutover> = {}): Cutover => ({
  id: anId('cut'),
  tenantId: 't1',
  cohort: anId('cohort'),
  phase: 'totp-only',
  before: null,
  status: 'running',
  pausedWhy: null,
  stages: [1, 100],
  stage: 0,
  threshold: 0.05,
  least: 5,
  stageMinutes: 60,
  goesOn: false,
  isOverridden: false,
  reason: 'test',
  actor: 'test',
  startedAt: 0,
  stageAt: 0,
  endedAt: null,
  revision: 1,
  ...more,
});

export function rolloutCases(): readonly Case[] {
  const open = cutoverRow();
  const begun = cutoverRow();
  const moved = {
    op: 'move-cutover',
    id: begun.id,
    revision: 1,
    status: 'paused',
    pausedWhy: 'failures',
    stage: 0,
    isNewStage: false,
    isEnd: false,
  } as const;
  const campaign: Write = {
    op: 'note-campaign',
    id: anId('cam'),
    tenantId: 't1',
    cohort: null,
    reminded: 3,
    reason: 'test',
    actor: 'test',
  };
  return [
    {
      op: 'insert-cutover',
      before: [{ op: 'insert-cutover', cutover: open }],
      // Another of the same cohort, while one is open.
      refused: [{ op: 'insert-cutover', cutover: cutoverRow({ cohort: open.cohort }) }],
      holds: { op: 'insert-cutover', cutover: cutoverRow() },
      once: true,
    },
    {
      op: 'move-cutover',
      before: [{ op: 'insert-cutover', cutover: begun }],
      refused: [
        { ...moved, revision: 2 },
        { ...moved, id: anId('cut') },
      ],
      holds: moved,
      once: true,
    },
    { op: 'note-campaign', holds: campaign, clashes: true },
  ];
}
