// Up to where the audit log can be read once and for all: below it no event can appear any more.
import type { Db } from './sql.ts';

/** SQLite numbers events as they commit; PostgreSQL before, so there the sealing job says what is settled. */
export async function settledSeq(db: Db): Promise<number> {
  const [row] = await db.query(
    db.dialect === 'sqlite'
      ? 'SELECT max(seq) AS seq FROM audit_events'
      : `SELECT value AS seq FROM meta WHERE name = 'audit.settled'`,
    {},
  );
  return Number(row?.['seq'] ?? 0);
}
