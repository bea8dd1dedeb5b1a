// When bulk work waits for a second operator: by what its rows would do, however few they are, and by how many one operator begins alone (OPS-01, OPS-10).
import { canonicalAccount } from '../../core/account/account.ts';
import type { BulkJob, BulkKind } from '../../core/bulk/bulk.ts';
import type { AccountRow } from '../../core/commit.ts';
import type { ActionName } from '../../core/operator/actions.ts';
import { needsSecondInBulk } from '../../core/operator/console-policy.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';
import { accountChange } from '../accounts.ts';

const HOUR = 3600_000;
/** Rows of an import that are looked at before it begins. With more, it waits: the second operator looks instead. */
const MOST_LOOKED_AT = 1000;

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

/** Whether a job with so many waiting rows begins only when a second operator lets it. */
export async function waitsForSecond(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  job: BulkJob,
  waiting: number,
): Promise<boolean> {
  const since = (await ports.store.now()) - HOUR;
  // Many small jobs are one large one.
  const before = await ports.bulk.rowsAlone(job.tenantId, job.requester.login, since);
  if (before + waiting > rowsAlone(policy, job.kind)) return true;
  const guarded = (['change-person', 'switch-phase', 'apply-cohort'] as const).filter((a) =>
    needsSecondInBulk(policy.console, a),
  );
  if (job.kind !== 'import' || guarded.length === 0) return false;
  if (waiting > MOST_LOOKED_AT) return true;
  for (const { input } of await ports.bulk.waiting(job.id, MOST_LOOKED_AT)) {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), false);
    if (snapshot === undefined) continue;
    const change = await accountChange(ports, caller, policy, snapshot, input as Parameters<typeof accountChange>[4]);
    if (change.kind === 'change' && importedActions(snapshot, change.row).some((a) => guarded.some((g) => g === a)))
      return true;
  }
  return false;
}
