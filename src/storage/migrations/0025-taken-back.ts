// What an objection to a change of methods needs to take it back: what each change did, and the removed bindings as they were, of every kind that an
// account brings itself.
import type { Dialect } from './dialect.ts';

const COLUMNS = [
  'account_id',
  'id',
  'tenant_id',
  'type',
  'params',
  'sealed',
  'sealed_by',
  'label',
  'created_at',
  'bound_at',
];
/** A binding that is removed a second time, after it was put back, was removed now. */
const former = (old: string): string =>
  `INSERT INTO former_authenticators (${COLUMNS.join(', ')}, removed_at)
     VALUES (${COLUMNS.map((column) => `${old}.${column}`).join(', ')}, coalesce((SELECT at FROM audit_events ORDER BY seq DESC LIMIT 1), 0))
     ON CONFLICT (account_id, id) DO UPDATE SET sealed = excluded.sealed, sealed_by = excluded.sealed_by, label = excluded.label, removed_at = excluded.removed_at`;
const IF_OWN = `OLD.status = 'active' AND OLD.type NOT IN ('sms', 'bypass-code')`;

export const takenBack = ({ name }: Dialect): readonly string[] => [
  `ALTER TABLE vetoes ADD COLUMN change TEXT`,
  `ALTER TABLE former_authenticators ADD COLUMN label TEXT`,
  `ALTER TABLE former_authenticators ADD COLUMN created_at BIGINT`,
  `ALTER TABLE former_authenticators ADD COLUMN bound_at BIGINT`,
  ...(name === 'sqlite'
    ? [
        `DROP TRIGGER authenticators_former`,
        `CREATE TRIGGER authenticators_former AFTER DELETE ON authenticators WHEN ${IF_OWN} BEGIN ${former('OLD')}; END`,
      ]
    : [
        `DROP TRIGGER authenticators_former ON authenticators`,
        `CREATE OR REPLACE FUNCTION hufu_former_authenticator() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ${former('OLD').replaceAll("'", "''")}; RETURN NULL; END'`,
        `CREATE TRIGGER authenticators_former AFTER DELETE ON authenticators FOR EACH ROW WHEN (${IF_OWN}) EXECUTE FUNCTION hufu_former_authenticator()`,
      ]),
];
