// When bulk work waits for a second operator: by what its rows would do, however few they are, and by how many one operator begins alone (OPS-01, OPS-10).
import type { BulkJob, BulkKind, Counts } from '../../core/bulk/bulk.ts';
import type { Mark, Marked } from '../../core/bulk/change.ts';
import type { AccountRow } from '../../core/commit.ts';
import type { ActionName } from '../../core/operator/actions.ts';
import { needsSecondInBulk } from '../../core/operator/console-policy.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';

const HOUR = 3600_000;

/** What an imported row is to an account that is there already, as the desk would call it; nothing to one that is not. */
export function importedActions(snapshot: AccountSnapshot | undefined, row: AccountRow): readonly ActionName[] {
  if (snapshot === undefined) return [];
  const { account: before } = snapshot;
  const actions: ActionName[] = [];
  // Whoever chooses where codes and notices go chooses who the person is.
  const isPerson =
    row.phone !== before.phone ||
    row.email !== before.email ||
    row.passwordHash !== before.passwordHash ||
    (row.status ?? before.status) !== before.status;
  if (isPerson) actions.push('change-person');
  // Another cohort may be another phase.
  if (row.cohort !== before.cohort) actions.push('switch-phase', 'apply-cohort');
  return actions;
}

/** How many rows of a kind one operator may begin within an hour without a second one; what an import does to accounts there are is looked at by row. */
export const rowsAlone = ({ console: rules }: Policy, kind: BulkKind): number =>
  needsSecondInBulk(rules, kind === 'import' ? 'bulk' : kind) ? 0 : rules.bulkRows;

/** Whether an import that changes whom an account there is belongs to waits, however few its rows. */
export const changesWait = ({ console: rules }: Policy): boolean => needsSecondInBulk(rules, 'change-person');

interface Draft {
  readonly job: BulkJob;
  readonly counts: Counts;
  readonly marks: Marked;
}

/** Whether a draft begins only when a second operator lets it. */
export async function waitsForSecond(ports: Ports, policy: Policy, { job, counts, marks }: Draft): Promise<boolean> {
  const since = (await ports.store.now()) - HOUR;
  // Many small jobs are one large one.
  const before = await ports.bulk.rowsAlone(job.tenantId, job.requester.login, since);
  if (before + counts.waiting > rowsAlone(policy, job.kind)) return true;
  const does = (action: ActionName, ...of: readonly Mark[]): boolean =>
    needsSecondInBulk(policy.console, action) && of.some((mark) => (marks[mark] ?? 0) > 0);
  return (
    job.kind === 'import' &&
    (does('change-person', 'phone', 'email') || does('switch-phase', 'cohort') || does('apply-cohort', 'cohort'))
  );
}
