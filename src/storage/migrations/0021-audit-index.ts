// The index of what a person is shown of their account, with its condition said member by member: for `NOT IN (…)` SQLite fills a table of its own
// at every insert, which cost each audited event more than writing it.

export const auditIndex = (): readonly string[] => [
  `DROP INDEX audit_events_of_account`,
  `CREATE INDEX audit_events_of_account ON audit_events (account_id, seq)
     WHERE event <> 'login.started' AND event <> 'step.verified' AND event <> 'login.satisfied' AND event <> 'login.allowed'
       AND event <> 'code.sent' AND event <> 'challenge.started' AND event <> 'challenge.satisfied'`,
];
