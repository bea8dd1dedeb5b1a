// The epoch step after a restore (security rule 8): what may have been used, ended or revoked since the backup is void.
//   codes of time  every step up to now counts as spent (tenants.spent_floor)
//   recovery and bypass codes removed: which were used since cannot be known
//   cases that wait returned to who asked; customers' ways to object removed
//   open and finished challenges, sent codes, unfinished bindings, remembered requests: removed
//   sessions, open logins, trusted browsers: ended
//   devices        removed, and bound anew by their next right code; revoked ones stay revoked
//   app passwords  ended, but for those that the database being replaced still has in force; their one-time links are removed
//   accounts       suspended where the method they have now is not in the backup and the one in the backup was removed since
//   registrations  void; phones stay as they were, but those that the database being replaced knows revoked are revoked, and a PIN that was changed
//                  or reset since has to be set anew
//   operators      one-time links are void; roles that the database being replaced knows were taken away are gone
//   messages       that wait are not sent any more
// Failures stay: a restore must not lift a freeze.
import type { DatabaseSync } from 'node:sqlite';
import { type ChangedAccount, changedBefore } from './changed.ts';
import type { Db, Step } from './sql.ts';
import { guardUnguarded, type Suspended } from './unguarded.ts';

export interface Restored {
  /** Steps up to this instant (ms) are spent. */
  readonly floor: number;
  /** When the database was as it is now: the backup's time, or that of the last thing it knows. RFC 3339. */
  readonly asOf: string;
  /** Accounts whose binding, contacts or password changed in the hours before that. */
  readonly changed: readonly ChangedAccount[];
  readonly recoveryCodes: number;
  readonly challenges: number;
  readonly pendingBindings: number;
  readonly devices: number;
  readonly appPasswords: number;
  readonly tickets: number;
  readonly messages: number;
  /** API keys in force: those revoked since the backup may be among them. */
  readonly apiKeys: readonly { readonly id: string; readonly tenant: string; readonly name: string }[];
}

const COUNTS = {
  recoveryCodes: `authenticators WHERE type = 'recovery-code'`,
  challenges: `challenges`,
  pendingBindings: `authenticators WHERE status = 'pending'`,
  devices: `client_devices WHERE revoked_at IS NULL`,
  appPasswords: `app_passwords WHERE revoked_at IS NULL`,
  tickets: `tickets WHERE status = 'open'`,
  messages: `outbox WHERE status = 'waiting'`,
} as const;

const STEPS: readonly string[] = [
  `UPDATE tenants SET spent_floor = @floor, version = version + 1`,
  `DELETE FROM challenges`,
  `DELETE FROM sent_codes`,
  `DELETE FROM idempotency`,
  `DELETE FROM oidc_records`,
  `DELETE FROM visits`,
  `DELETE FROM sessions`,
  `DELETE FROM trusted_devices`,
  `DELETE FROM authenticators WHERE status <> 'active' OR type IN ('recovery-code', 'bypass-code')`,
  `UPDATE cases SET status = 'returned', decided_by = 'system', decided_at = @now, decision_reason = 'restored' WHERE status = 'submitted'`,
  `DELETE FROM vetoes WHERE used_at IS NULL`,
  `DELETE FROM client_devices WHERE revoked_at IS NULL`,
  `UPDATE app_passwords SET revoked_at = @now WHERE revoked_at IS NULL`,
  `DELETE FROM mail_profiles`,
  `UPDATE operator_links SET used_at = @now WHERE used_at IS NULL`,
  `UPDATE tickets SET status = 'void' WHERE status = 'open'`,
  `UPDATE phones SET nonce = NULL`,
  `UPDATE outbox SET status = 'failed', text_sealed = NULL, last_error = 'void: the store was restored' WHERE status = 'waiting'`,
];

/** How far before the backup changes are looked for, when nobody says. */
export const CHECK_HOURS = 24;

/** Begins a new epoch, in one transaction. `data` goes into the audit event of each tenant; `check` says for which hours to look for changes. */
export async function markRestored(
  db: Db,
  actor: string,
  data: Readonly<Record<string, string>>,
  check: { readonly asOf?: number; readonly hours?: number } = {},
): Promise<Restored> {
  const [last] = await db.query('SELECT max(at) AS at FROM audit_events', {});
  const asOf = check.asOf ?? Number(last?.['at'] ?? 0);
  const changed = await changedBefore(db, asOf - (check.hours ?? CHECK_HOURS) * 3600_000);
  const [row] = await db.query(
    `SELECT CAST(@now AS BIGINT) AS floor, ${Object.entries(COUNTS)
      .map(([name, from]) => `(SELECT count(*) FROM ${from}) AS ${name.toLowerCase()}`)
      .join(', ')}`,
    {},
  );
  const floor = Number(row?.['floor']);
  const count = (name: keyof typeof COUNTS): number => Number(row?.[name.toLowerCase()] ?? 0);
  const steps: Step[] = STEPS.map((sql) => ({ sql, rows: 'any', values: sql.includes('@floor') ? { floor } : {} }));
  steps.push({
    sql: `INSERT INTO audit_events (tenant_id, at, account_id, event, actor, data) SELECT id, @now, NULL, 'store.restored', @actor, @data FROM tenants ORDER BY id`,
    rows: 'any',
    values: { actor, data: JSON.stringify({ floor, ...data }) },
  });
  await db.run(steps);
  const keys = await db.query(
    'SELECT id, tenant_id, name FROM api_keys WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now) ORDER BY tenant_id, id',
    {},
  );
  return {
    floor,
    asOf: new Date(asOf).toISOString(),
    changed,
    recoveryCodes: count('recoveryCodes'),
    challenges: count('challenges'),
    pendingBindings: count('pendingBindings'),
    devices: count('devices'),
    appPasswords: count('appPasswords'),
    tickets: count('tickets'),
    messages: count('messages'),
    apiKeys: keys.map((key) => ({
      id: String(key['id']),
      tenant: String(key['tenant_id']),
      name: String(key['name']),
    })),
  };
}

export interface Replayed extends Counted {
  /** Accounts that would have been left without the method they have: suspended, until an operator unlocks them. */
  readonly unguarded: readonly Suspended[];
}

interface Counted {
  readonly apiKeys: number;
  readonly devices: number;
  readonly authenticators: number;
  readonly suspended: number;
  /** App passwords that are in force again. */
  readonly appPasswords: number;
  readonly phones: number;
  /** PINs that have to be set anew. */
  readonly pins: number;
  /** Roles of operators that were taken away since. */
  readonly operatorRoles: number;
}

const REPLAY: { readonly [K in keyof Counted]: string } = {
  apiKeys: `UPDATE r.api_keys SET revoked_at = (SELECT o.revoked_at FROM main.api_keys o WHERE o.id = r.api_keys.id)
            WHERE revoked_at IS NULL AND id IN (SELECT id FROM main.api_keys WHERE revoked_at IS NOT NULL)`,
  devices: `INSERT OR REPLACE INTO r.client_devices (account_id, device_id, id, name, client_id, version, first_used_at, last_used_at, revoked_at)
            SELECT account_id, device_id, id, name, client_id, version, first_used_at, last_used_at, revoked_at FROM main.client_devices o
            WHERE revoked_at IS NOT NULL AND account_id IN (SELECT id FROM r.accounts)
              AND NOT EXISTS (SELECT 1 FROM r.client_devices n WHERE n.account_id = o.account_id AND n.device_id = o.device_id AND n.revoked_at IS NOT NULL)`,
  authenticators: `DELETE FROM r.authenticators WHERE status = 'active' AND type <> 'sms' AND account_id IN (SELECT id FROM main.accounts)
            AND NOT EXISTS (SELECT 1 FROM main.authenticators o WHERE o.account_id = r.authenticators.account_id AND o.id = r.authenticators.id AND o.status = 'active')`,
  appPasswords: `UPDATE r.app_passwords SET revoked_at = NULL WHERE EXISTS (SELECT 1 FROM main.app_passwords o
            WHERE o.account_id = r.app_passwords.account_id AND o.id = r.app_passwords.id AND o.tag = r.app_passwords.tag AND o.revoked_at IS NULL)`,
  phones: `UPDATE r.phones SET status = 'revoked', revoked_at = (SELECT o.revoked_at FROM main.phones o WHERE o.id = r.phones.id)
            WHERE status <> 'revoked' AND id IN (SELECT id FROM main.phones WHERE status = 'revoked')`,
  pins: `UPDATE r.account_pins SET sealed = x'', sealed_by = '', epoch = (SELECT o.epoch + 1 FROM main.account_pins o WHERE o.account_id = r.account_pins.account_id)
            WHERE EXISTS (SELECT 1 FROM main.account_pins o WHERE o.account_id = r.account_pins.account_id AND o.epoch > r.account_pins.epoch)`,
  operatorRoles: `DELETE FROM r.operator_roles WHERE NOT EXISTS (SELECT 1 FROM main.operator_roles o
            WHERE o.operator_id = r.operator_roles.operator_id AND o.tenant_id = r.operator_roles.tenant_id AND o.role = r.operator_roles.role)`,
  suspended: `UPDATE r.accounts SET status = 'suspended' WHERE status <> 'suspended' AND id IN (SELECT id FROM main.accounts WHERE status = 'suspended')`,
};
/** Why accounts are suspended is carried over with it, each reason for itself: who lifts one does not lift another. */
const REASONS = [
  `UPDATE r.accounts SET suspended_at = (SELECT o.suspended_at FROM main.accounts o WHERE o.id = r.accounts.id)
   WHERE suspended_at IS NULL AND id IN (SELECT id FROM main.accounts WHERE suspended_at IS NOT NULL)`,
  `INSERT OR REPLACE INTO r.vetoes (hash, tenant_id, account_id, created_at, expires_at, used_at, change)
   SELECT hash, tenant_id, account_id, created_at, expires_at, used_at, change FROM main.vetoes
   WHERE used_at IS NOT NULL AND lifted_at IS NULL AND account_id IN (SELECT id FROM r.accounts)`,
];
/** A database from before reasons were told apart says only that nobody gets in: the relying party opens it again. */
const REASON_UNKNOWN = `UPDATE r.accounts SET suspended_at = coalesce((SELECT max(at) FROM main.audit_events), 0)
  WHERE status = 'suspended' AND suspended_at IS NULL AND NOT EXISTS (SELECT 1 FROM r.vetoes v WHERE v.account_id = r.accounts.id AND v.used_at IS NOT NULL AND v.lifted_at IS NULL)`;
/** A database from before there were such things knows of none. */
const NEEDS: { readonly [K in keyof Counted]?: string } = {
  appPasswords: 'app_passwords',
  phones: 'phones',
  pins: 'account_pins',
  operatorRoles: 'operator_roles',
};
const REPLAY_FAILURES = 'INSERT OR REPLACE INTO r.failures (scope, n, at) SELECT scope, n, at FROM main.failures';

/**
 * Carries over what the database being replaced still knows: keys and devices revoked, bindings removed, accounts suspended and failures counted
 * since the backup; and suspends whom that would leave without the method they have. Null when it cannot be read, for it may be damaged: then the epoch step alone stands.
 */
export function replay(present: DatabaseSync, restoring: string): Replayed | null {
  try {
    present.prepare('ATTACH DATABASE ? AS r').run(restoring);
  } catch {
    return null;
  }
  try {
    present.exec('BEGIN IMMEDIATE');
    const knows = (table: string): boolean =>
      present.prepare('SELECT 1 FROM main.sqlite_master WHERE name = ?').get(table) !== undefined;
    const unguarded = guardUnguarded(present);
    const done = Object.fromEntries(
      Object.entries(REPLAY).map(([name, sql]) => [
        name,
        knows(NEEDS[name as keyof Counted] ?? 'accounts') ? Number(present.prepare(sql).run().changes) : 0,
      ]),
    ) as unknown as Counted;
    const tellsApart = present
      .prepare(`SELECT 1 FROM pragma_table_info('accounts', 'main') WHERE name = 'suspended_at'`)
      .get();
    for (const sql of tellsApart === undefined ? [REASON_UNKNOWN] : REASONS) present.exec(sql);
    present.exec(REPLAY_FAILURES);
    present.exec('COMMIT');
    return { ...done, unguarded };
  } catch {
    if (present.isTransaction) present.exec('ROLLBACK');
    return null;
  } finally {
    present.exec('DETACH DATABASE r');
  }
}
