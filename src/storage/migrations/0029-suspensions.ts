// Since when the relying party itself has an account suspended; what an owner's objection or a restore suspended is in `vetoes`. The status of an account is
// what follows from both. Until now an account that was objected to and suspended by the relying party afterwards looked like one that was only objected to.
const SAID = `SELECT max(e.at) FROM audit_events e WHERE e.tenant_id = accounts.tenant_id AND e.account_id = accounts.id AND e.actor <> 'restore'
  AND (e.event = 'account.created' OR e.event = 'account.updated') AND e.data LIKE '%"changed":"%status%'`;
const OBJECTED = `SELECT min(v.used_at) FROM vetoes v WHERE v.account_id = accounts.id AND v.used_at IS NOT NULL AND v.lifted_at IS NULL`;

export const suspensions = (): readonly string[] => [
  `ALTER TABLE accounts ADD COLUMN suspended_at BIGINT`,
  // Whoever set a status after an objection that still stands suspended it: opening it would have lifted the objection.
  `UPDATE accounts SET suspended_at = coalesce((${SAID}), created_at)
   WHERE status = 'suspended' AND ((${OBJECTED}) IS NULL OR (${SAID}) > (${OBJECTED}))`,
];
