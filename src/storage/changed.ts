// Which accounts an operator should look at after a restore: a binding, contact or password that was changed around the time of the backup is back as it
// was before, or half-way. The audit log knows what was changed before the backup; what came after, only the database that was replaced can tell.
import type { DatabaseSync } from 'node:sqlite';
import type { AuditEventName } from '../core/audit/events.ts';
import type { Db, Row } from './sql.ts';

export interface ChangedAccount {
  readonly tenant: string;
  readonly account: string;
  /** What was changed, such as `binding.removed` or `phone`. */
  readonly what: readonly string[];
  /** The last change, RFC 3339. */
  readonly at: string;
  /** `after` the backup: it is not in the restored database; `before`: it is. */
  readonly seen: 'before' | 'after';
}

const EVENTS = [
  'account.updated',
  'account.secured',
  'authorised-person.changed',
  'binding.confirmed',
  'account.restored',
  'binding.removed',
  'binding.restored',
  'device.revoked',
  'phone.completed',
  'phone.revoked',
  'pin.set',
  'pin.changed',
  'pin.reset',
  'recovery-codes.created',
  'app-password.created',
  'app-password.revoked',
] as const satisfies readonly AuditEventName[];

/** What of an account's row guards it. */
const MEMBERS: ReadonlySet<string> = new Set(['phone', 'email', 'password', 'status']);

const SQL = `SELECT e.tenant_id, e.event, e.at, e.data, a.account FROM audit_events e JOIN accounts a ON a.id = e.account_id
  WHERE e.at >= @since AND e.event IN (${EVENTS.map((event) => `'${event}'`).join(', ')}) ORDER BY e.seq`;

/** Accounts changed since, by the log of a database that was restored: so they were before the backup. */
export const changedBefore = async (db: Db, since: number): Promise<readonly ChangedAccount[]> =>
  gathered(await db.query(SQL, { since }), 'before');

/** Accounts changed since, by the log of the database that is replaced; null when it cannot be read. */
export function changedAfter(present: DatabaseSync | null, since: number): readonly ChangedAccount[] | null {
  if (present === null) return null;
  try {
    return gathered(present.prepare(SQL).all({ since }), 'after');
  } catch {
    return null;
  }
}

function gathered(rows: readonly Row[], seen: ChangedAccount['seen']): readonly ChangedAccount[] {
  const found = new Map<string, { tenant: string; account: string; what: Set<string>; at: number }>();
  for (const row of rows) {
    const what = changes(String(row['event']), String(row['data']));
    if (what.length === 0) continue;
    const [tenant, account] = [String(row['tenant_id']), String(row['account'])];
    const name = `${tenant}\n${account}`;
    const known = found.get(name) ?? { tenant, account, what: new Set<string>(), at: 0 };
    for (const one of what) known.what.add(one);
    known.at = Number(row['at']);
    found.set(name, known);
  }
  return [...found.values()].map(({ what, at, ...rest }) => ({
    ...rest,
    what: [...what],
    at: new Date(at).toISOString(),
    seen,
  }));
}

function changes(event: string, data: string): readonly string[] {
  if (event !== 'account.updated') return [event];
  const { changed } = JSON.parse(data) as { readonly changed?: string };
  return (changed ?? '').split(' ').filter((member) => MEMBERS.has(member));
}
