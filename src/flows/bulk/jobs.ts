// Bulk work as operators steer it: drawn up row by row, started (many rows by a second operator), paused, gone on with, stopped.
import type { BulkJob, BulkKind, BulkStatus, Counts } from '../../core/bulk/bulk.ts';
import type { Marked } from '../../core/bulk/change.ts';
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import { makeId } from '../../core/ids.ts';
import { askedUntil, mayNotDecide } from '../../core/operator/case.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { actorOf, counted, reasonOf } from '../operator/guard.ts';
import { isTheirs, known } from '../operator/known.ts';
import { checkRows, type GivenRow } from './check.ts';
import { waitsForSecond } from './second.ts';

export interface JobFound {
  readonly kind: 'job';
  readonly job: BulkJob;
  readonly counts: Counts;
  /** What its rows would do, counted as they were checked. */
  readonly marks: Marked;
  /** Until when a second operator may let it begin, ms; null when it waits for none. */
  readonly askedUntil: number | null;
}

/** A job of the tenant with how far it is. */
export async function bulkJob(ports: Ports, caller: Caller, id: string): Promise<JobFound | Refusal> {
  const job = await ports.bulk.get(caller.tenantId, id);
  return job === undefined ? refuse('not-found') : viewBulk(ports, job);
}

async function viewBulk(ports: Ports, job: BulkJob): Promise<JobFound> {
  const { policy } = await ports.tenants.get(job.tenantId, Number.POSITIVE_INFINITY);
  const until = job.status === 'asked' ? askedUntil(job.askedAt ?? job.createdAt, policy.console.caseHours) : null;
  const [counts, marks] = await Promise.all([ports.bulk.counts(job.id), ports.bulk.marks(job.id)]);
  return { kind: 'job', job, counts, marks, askedUntil: until };
}

/** The tenant's jobs, newest first, those before `after`. */
export async function listBulk(
  ports: Ports,
  caller: Caller,
  after: string | undefined,
  limit: number,
): Promise<readonly JobFound[]> {
  const jobs = await ports.bulk.list(caller.tenantId, after, limit);
  return Promise.all(jobs.map((job) => viewBulk(ports, job)));
}

/** Draws up a job without rows. */
export async function createBulk(
  ports: Ports,
  caller: Caller,
  input: { readonly kind: BulkKind; readonly name: string; readonly reason: string },
): Promise<JobFound | Refusal> {
  const { policy } = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  const reason = reasonOf(policy, caller, input.reason);
  if (typeof reason !== 'string') return reason;
  const now = await ports.store.now();
  const job: BulkJob = {
    id: makeId('blk', now, ports.random(18)),
    tenantId: caller.tenantId,
    kind: input.kind,
    name: input.name,
    reason,
    status: 'draft',
    requester: actorOf(caller, ''),
    approvedBy: null,
    createdAt: now,
    askedAt: null,
    startedAt: null,
    endedAt: null,
  };
  await ports.store.commit(job.id, [{ op: 'insert-bulk', job }, told(caller, job, 'bulk.created', {})]);
  return bulkJob(ports, caller, job.id);
}

/** Puts rows into a draft, each with what it would change. The same lines may be sent again: a page that lost its answer repeats itself. */
export async function putBulkRows(
  ports: Ports,
  caller: Caller,
  id: string,
  rows: readonly GivenRow[],
): Promise<JobFound | Refusal> {
  const found = await bulkJob(ports, caller, id);
  if (found.kind === 'refused') return found;
  // Whoever put rows into another's draft could approve them as that one's.
  if (!isTheirs(found.job.requester, actorOf(caller, ''))) return refuse('own-case', { why: 'others' });
  const { policy } = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  const written = await ports.store.commit(id, await checkRows(ports, caller, policy, found.job, rows));
  // The only thing assumed is that it is a draft.
  return written.kind === 'conflict' ? refuse('closed') : bulkJob(ports, caller, id);
}

export type Steer = 'start' | 'approve' | 'pause' | 'resume' | 'stop';

/** From where each step goes where. */
const STEPS: Readonly<Record<Steer, { readonly from: readonly BulkStatus[]; readonly to: BulkStatus }>> = {
  start: { from: ['draft'], to: 'running' },
  approve: { from: ['asked'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  stop: { from: ['draft', 'asked', 'running', 'paused'], to: 'stopped' },
};
const EVENTS = {
  start: 'bulk.started',
  approve: 'bulk.approved',
  pause: 'bulk.paused',
  resume: 'bulk.resumed',
  stop: 'bulk.stopped',
} as const;

/** Moves a job on. A start of what the policy lets no operator do alone asks a second one instead (OPS-01, OPS-10); every start counts as an action. */
export async function steerBulk(ports: Ports, caller: Caller, id: string, step: Steer): Promise<JobFound | Refusal> {
  const { from, to: target } = STEPS[step];
  return guarded(async () => {
    const found = await bulkJob(ports, caller, id);
    if (found.kind === 'refused') return found;
    const { job, counts } = found;
    if (!from.includes(job.status)) return refuse('closed');
    if (step === 'start' && !isTheirs(job.requester, actorOf(caller, ''))) return refuse('own-case', { why: 'others' });
    if (step === 'start' && counts.waiting === 0) return refuse('nothing-to-do');
    if (step === 'approve') {
      if (caller.operator === undefined) return refuse('own-case', { why: 'own' });
      const now = await ports.store.now();
      if (found.askedUntil !== null && now >= found.askedUntil) return refuse('expired');
      const why = mayNotDecide(await known(ports, job.requester), await known(ports, actorOf(caller, '')), now);
      if (why !== undefined) return refuse('own-case', { why });
    }
    const { policy } = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
    const count: readonly Write[] | Refusal =
      step === 'start' ? await counted(ports, policy, job.tenantId, job.requester.login, await ports.store.now()) : [];
    if ('kind' in count) return count;
    // Looked at after the count: of two starts at once one finds the other's count, and then its rows.
    const asks = step === 'start' && (await waitsForSecond(ports, policy, found));
    const to = asks ? 'asked' : target;
    const approvedBy = step === 'approve' ? caller.actor : null;
    const written = await ports.store.commit(id, [
      { op: 'move-bulk', id, tenantId: job.tenantId, from: job.status, to, approvedBy },
      ...count,
      told(caller, job, asks ? 'bulk.asked' : EVENTS[step], { rows: counts.waiting }),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('bulk', id);
    return bulkJob(ports, caller, id);
  });
}

const told = (
  { actor }: Caller,
  { id, tenantId, kind, reason }: BulkJob,
  event: 'bulk.created' | 'bulk.asked' | (typeof EVENTS)[Steer],
  more: Readonly<Record<string, number>>,
): Write => ({
  op: 'audit',
  event: { tenantId, accountId: null, event, actor, data: { job: id, kind, reason, ...more } },
});
