// The rows of a job, done one by one: each in the commit of its own act, so that a kill at any moment does none twice and forgets none.

import { canonicalAccount } from '../../core/account/account.ts';
import type { BulkJob, BulkKind, RowStatus, WaitingRow } from '../../core/bulk/bulk.ts';
import { changesNothing, isSameChange } from '../../core/bulk/change.ts';
import { CONFLICT, guarded, type WriteNamed } from '../../core/commit.ts';
import { ACTIONS } from '../../core/operator/actions.ts';
import { needsSecondInBulk } from '../../core/operator/console-policy.ts';
import { may } from '../../core/operator/roles.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { Invalid } from '../accounts.ts';
import { objectionFor } from '../objection.ts';
import { PERFORM } from '../operator/perform.ts';
import { importedChange } from './check.ts';
import { importedActions } from './second.ts';

/** Rows under way at once: they share the database's commits, and nobody who logs in waits long. */
const AT_ONCE = 16;
const PAGE = 64;
/** How long a node may be silent before another goes on, s. */
const HELD_SECONDS = 60;
/** A fault is tried again so often before the row is given up. */
const TRIES = 3;

/** Works on every job that runs and that no other node holds. With `isStopped`, until that is true; what is left is done by the next. */
export async function runBulk(
  ports: Ports,
  node: string,
  isStopped: () => boolean,
  onFault: (error: unknown) => void,
): Promise<void> {
  for (const job of await ports.bulk.running()) {
    const tries = new Map<number, number>();
    while (!isStopped() && (await ports.bulk.hold(job.id, node, HELD_SECONDS))) {
      if (!(await stillMay(ports, job))) {
        await move(ports, job, 'paused', 'bulk.paused');
        break;
      }
      const rows = await ports.bulk.waiting(job.id, PAGE);
      if (rows.length === 0) {
        await move(ports, job, 'done', 'bulk.done');
        break;
      }
      const waiting = [...rows];
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (let row = waiting.shift(); row !== undefined && !isStopped(); row = waiting.shift()) {
            try {
              await doRow(ports, job, row);
            } catch (error) {
              onFault(error);
              const tried = (tries.get(row.line) ?? 0) + 1;
              tries.set(row.line, tried);
              if (tried >= TRIES) await end(ports, job, row.line, 'failed', 'internal', null);
            }
          }
        }),
      );
    }
  }
}

/** An operator whose role is gone does nothing more. */
async function stillMay(ports: Ports, { requester, tenantId }: BulkJob): Promise<boolean> {
  if (requester.id === null) return true;
  const services = await ports.operators.services(requester.id);
  return may(services.find((one) => one.tenantId === tenantId)?.roles ?? [], ACTIONS.bulk.permission);
}

type Done = { readonly kind: string } | Refusal | Invalid;

/** Does a row, with its end in the same commit; whatever it is refused with is its end too. */
async function doRow(ports: Ports, job: BulkJob, row: WaitingRow): Promise<void> {
  const { line } = row;
  const caller: Caller = {
    tenantId: job.tenantId,
    actor: `operator:${job.requester.login}`,
    keyId: '',
    client: null,
  };
  const ended: Ended = { op: 'end-bulk-row', jobId: job.id, line, status: 'done', code: null, detail: null };
  const done = await DO[job.kind](ports, caller, job, row, ended);
  if (done.kind === 'refused')
    // Somebody else ended it, or the job no longer runs: nothing was done, and nothing is told of it.
    await end(ports, job, line, 'refused', (done as Refusal).code, null);
  else if (done.kind === 'invalid') {
    const { at, message } = done as Invalid;
    await end(ports, job, line, 'refused', 'invalid-request', `${at} ${message}`);
  }
}

type Ended = WriteNamed<'end-bulk-row'>;
type Do = (ports: Ports, caller: Caller, job: BulkJob, row: WaitingRow, ended: Ended) => Promise<Done>;

/** Whether it is still this call's to do: nobody did the row, paused or stopped the job meanwhile. */
const isOpen = (ports: Ports, { jobId, line }: Ended): Promise<boolean> => ports.bulk.isOpen(jobId, line);

/** No second operator let it begin. */
const isAlone = ({ approvedBy }: BulkJob): boolean => approvedBy === null;

/** An operator's action on the row's account, told to its owner with a way to object. */
const acting =
  (action: 'register' | 'unbind'): Do =>
  async (ports, caller, job, { input: { account } }, ended) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(account), false);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
    if (isAlone(job) && needsSecondInBulk(policy.console, action)) return refuse('situation-changed');
    const { objection, writes } = await objectionFor(ports, policy, snapshot);
    const given = { account, reason: `${job.reason}: ${job.id}`, operator: job.requester.login };
    return PERFORM[action](ports, caller, given, {
      objection,
      writes: async () => ((await isOpen(ports, ended)) ? [ended, ...writes] : refuse('closed')),
    });
  };

const DO: Readonly<Record<BulkKind, Do>> = {
  register: acting('register'),
  unbind: acting('unbind'),
  async import(ports, caller, job, { input, change: shown }, ended) {
    return guarded(async (): Promise<Done | typeof CONFLICT> => {
      const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), true);
      const { policy } = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
      const change = await importedChange(ports, caller, policy, snapshot, input);
      if (change.kind === 'invalid') return change;
      // What is done is what was shown to whoever let it begin.
      if (!changesNothing(change.shown) && !isSameChange(shown, change.shown)) return refuse('situation-changed');
      const { row } = change;
      // What was no account, or had that number, when the job was begun may be another matter by now.
      if (isAlone(job) && importedActions(snapshot, row).some((action) => needsSecondInBulk(policy.console, action)))
        return refuse('situation-changed');
      const written = await ports.store.commit(row.id, [ended, ...change.writes]);
      if (written.kind === 'conflict') return (await isOpen(ports, ended)) ? CONFLICT : refuse('closed');
      if (change.isMoved) ports.wake('outbox', caller.tenantId);
      return { kind: 'done' };
    });
  },
};

async function end(
  ports: Ports,
  job: BulkJob,
  line: number,
  status: RowStatus,
  code: string,
  detail: string | null,
): Promise<void> {
  await ports.store.commit(job.id, [{ op: 'end-bulk-row', jobId: job.id, line, status, code, detail }]);
}

async function move(
  ports: Ports,
  { id, tenantId, kind }: BulkJob,
  to: 'done' | 'paused',
  event: 'bulk.done' | 'bulk.paused',
): Promise<void> {
  const counts = await ports.bulk.counts(id);
  await ports.store.commit(id, [
    { op: 'move-bulk', id, tenantId, from: 'running', to, approvedBy: null },
    {
      op: 'audit',
      event: { tenantId, accountId: null, event, actor: 'job:bulk', data: { job: id, kind, ...counts } },
    },
  ]);
}
