// Accounts that a restore would leave without the method they have: what the copy holds was removed since, and what is bound now is not in it. They would
// be open to whoever knows the password, so what the copy still knows of is put back, and the rest are suspended until an operator unlocks them (security rule 8).
import type { DatabaseSync } from 'node:sqlite';
import { NO_METHOD_OF_ONES_OWN } from '../core/app-password/app-password.ts';

export interface Suspended {
  readonly tenant: string;
  readonly account: string;
}

const own = (a: string): string =>
  `${a}.status = 'active' AND ${a}.type NOT IN (${NO_METHOD_OF_ONES_OWN.map((type) => `'${type}'`).join(', ')})`;

/**
 * A binding that is in force now and that the copy knows as removed: somebody took its removal back since. The same row under the same id, so that what
 * was spent of it stays spent. Only kinds that are nothing but their row; of an app's phone or a passkey more would have to come with it.
 */
const AGAIN = `FROM r.former_authenticators f WHERE f.type IN ('totp', 'email')
  AND EXISTS (SELECT 1 FROM main.authenticators o WHERE o.account_id = f.account_id AND o.id = f.id AND o.type = f.type AND o.status = 'active')
  AND EXISTS (SELECT 1 FROM r.accounts n WHERE n.id = f.account_id)
  AND NOT EXISTS (SELECT 1 FROM r.authenticators n WHERE n.account_id = f.account_id AND n.id = f.id)`;
const PUT_BACK = `INSERT INTO r.authenticators (account_id, id, tenant_id, type, status, params, label, sealed, sealed_by, created_at, bound_at, expires_at)
  SELECT f.account_id, f.id, f.tenant_id, f.type, 'active', f.params, f.label, f.sealed, f.sealed_by,
    coalesce(f.created_at, f.removed_at), coalesce(f.bound_at, f.removed_at), NULL ${AGAIN}`;

/** They have a method in the copy and one now, and none that is in both. */
const LEFT_OPEN = `SELECT n.id, n.tenant_id AS tenant, n.account FROM r.accounts n WHERE n.status = 'active'
  AND EXISTS (SELECT 1 FROM r.authenticators a WHERE a.account_id = n.id AND ${own('a')})
  AND EXISTS (SELECT 1 FROM main.authenticators o WHERE o.account_id = n.id AND ${own('o')})
  AND NOT EXISTS (SELECT 1 FROM r.authenticators a JOIN main.authenticators o ON o.account_id = a.account_id AND o.id = a.id
                  WHERE a.account_id = n.id AND ${own('a')} AND ${own('o')})`;

const AT = `coalesce((SELECT max(at) FROM main.audit_events), (SELECT max(at) FROM r.audit_events), 0)`;
const SUSPEND = [
  `UPDATE r.accounts SET status = 'suspended', revision = revision + 1 WHERE id = @account`,
  // As after an objection: an operator's unlocking opens what this closed, and a risk flag says that something was.
  `INSERT INTO r.vetoes (hash, tenant_id, account_id, created_at, expires_at, used_at)
   SELECT 'restored/' || id || '/' || ${AT}, tenant_id, id, ${AT}, ${AT}, ${AT} FROM r.accounts WHERE id = @account ON CONFLICT DO NOTHING`,
  `INSERT INTO r.audit_events (tenant_id, at, account_id, event, actor, data)
   SELECT tenant_id, ${AT}, id, 'account.updated', 'restore', '{"changed":"status","why":"restored"}' FROM r.accounts WHERE id = @account`,
];

/**
 * Puts back in the copy (`r`) what is in force in the present database (`main`), and suspends the accounts that would be left open. To be called before
 * removed bindings are carried over, in one transaction with it. Answers whom it suspended.
 */
export function guardUnguarded(present: DatabaseSync): readonly Suspended[] {
  present.prepare(PUT_BACK).run();
  const found = present.prepare(LEFT_OPEN).all();
  const steps = SUSPEND.map((sql) => present.prepare(sql));
  for (const row of found) for (const step of steps) step.run({ account: String(row['id']) });
  return found.map((row) => ({ tenant: String(row['tenant']), account: String(row['account']) }));
}
