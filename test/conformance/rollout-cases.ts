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
  affected: null,
  reason: 'test',
  actor: 'test',
  requester: { login: 'test', id: null, sessionId: null },
  approvedBy: null,
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
    approvedBy: null,
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
  const name = anId('cohort');
  const saved = (of: string, revision: number): Write => ({
    op: 'save-cohort',
    tenantId: 't1',
    name: of,
    rule: '{"bound":"sms-only"}',
    actor: 'test',
    revision,
  });
  const run = { op: 'run-cohort', tenantId: 't1', name, revision: 1, run: 'counting' } as const;
  const listed: Write = { op: 'list-account', tenantId: 't1', name, canonical: '700001' };
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
    {
      op: 'save-cohort',
      before: [saved(name, 0)],
      refused: [saved(name, 0), saved(name, 2)],
      holds: saved(name, 1),
      once: true,
    },
    {
      op: 'run-cohort',
      before: [saved(name, 0)],
      refused: [
        { ...run, revision: 2 },
        { ...run, name: 'none' },
      ],
      holds: run,
      once: true,
    },
    {
      op: 'drop-cohort',
      before: [saved(name, 0)],
      refused: [{ op: 'drop-cohort', tenantId: 't1', name, revision: 2 }],
      holds: { op: 'drop-cohort', tenantId: 't1', name, revision: 1 },
      once: true,
    },
    { op: 'list-account', holds: listed },
    { op: 'drop-listed', before: [listed], holds: { op: 'drop-listed', tenantId: 't1', name } },
  ];
}
