// Bulk work over either database.
import type { BulkJob, BulkKind, BulkRow, BulkStatus, RowChange, RowInput, RowStatus } from '../core/bulk/bulk.ts';
import type { Mark } from '../core/bulk/change.ts';
import type { BulkStore } from '../core/bulk/store.ts';
import { type Db, type Row, rowsOf } from './sql.ts';

/** The jobs over an open, migrated database. */
export const bulkStore = (db: Db): BulkStore => ({
  async list(tenantId, before, limit) {
    const rows = await db.query(
      `SELECT * FROM bulk_jobs WHERE tenant_id = @tenant ${before === undefined ? '' : 'AND id < @before'} ORDER BY id DESC LIMIT @limit`,
      { tenant: tenantId, limit, ...(before === undefined ? {} : { before }) },
    );
    return rows.map(jobOf);
  },
  async asked(tenantId, limit) {
    const rows = await db.query(
      `SELECT * FROM bulk_jobs WHERE tenant_id = @tenant AND status = 'asked' ORDER BY id LIMIT @limit`,
      { tenant: tenantId, limit },
    );
    return rows.map(jobOf);
  },
  async get(tenantId, id) {
    const [row] = await db.query('SELECT * FROM bulk_jobs WHERE id = @id AND tenant_id = @tenant', {
      id,
      tenant: tenantId,
    });
    return row === undefined ? undefined : jobOf(row);
  },
  async counts(id) {
    const rows = await db.query('SELECT status, count(*) AS n FROM bulk_rows WHERE job_id = @id GROUP BY status', {
      id,
    });
    const of = (status: RowStatus): number => Number(rows.find((row) => row['status'] === status)?.['n'] ?? 0);
    return { waiting: of('waiting'), done: of('done'), refused: of('refused'), failed: of('failed') };
  },
  async marks(id) {
    const rows = await db.query(
      'SELECT marks, count(*) AS n FROM bulk_rows WHERE job_id = @id AND marks IS NOT NULL GROUP BY marks',
      { id },
    );
    const found: Partial<Record<Mark, number>> = {};
    for (const row of rows)
      for (const mark of wordsOf(row['marks']) as Mark[]) found[mark] = (found[mark] ?? 0) + Number(row['n']);
    return found;
  },
  async linesOf(id, accounts) {
    const rows = await db.query(
      `SELECT r.canonical, min(r.line) AS line FROM ${rowsOf(db.dialect, '@accounts', { canonical: 'text' })} q
         JOIN bulk_rows r ON r.job_id = @id AND r.canonical = q.canonical GROUP BY r.canonical`,
      { id, accounts: JSON.stringify(accounts.map((canonical) => ({ canonical }))) },
    );
    return new Map(rows.map((row) => [String(row['canonical']), Number(row['line'])]));
  },
  async rowsAlone(tenantId, operator, since) {
    const [row] = await db.query(
      `SELECT count(*) AS n FROM bulk_jobs j JOIN bulk_rows r ON r.job_id = j.id
       WHERE j.tenant_id = @tenant AND lower(j.operator) = lower(@operator) AND j.approved_by IS NULL
         AND j.started_at > CAST(@since AS BIGINT) AND (r.status = 'waiting' OR r.at IS NOT NULL)`,
      { tenant: tenantId, operator, since },
    );
    return Number(row?.['n'] ?? 0);
  },
  async rows(id, { status, mark }, after, limit) {
    const rows = await db.query(
      `SELECT line, account, status, code, detail, at, change, flags FROM bulk_rows WHERE job_id = @id AND line > CAST(@after AS BIGINT)
         ${status === undefined ? '' : 'AND status = @status'} ${mark === undefined ? '' : 'AND marks LIKE @mark'}
       ORDER BY line LIMIT @limit`,
      {
        id,
        after,
        limit,
        ...(status === undefined ? {} : { status }),
        ...(mark === undefined ? {} : { mark: `% ${mark} %` }),
      },
    );
    return rows.map(rowOf);
  },
  async waiting(id, limit) {
    const rows = await db.query(
      `SELECT line, input, change FROM bulk_rows WHERE job_id = @id AND status = 'waiting' ORDER BY line LIMIT @limit`,
      { id, limit },
    );
    return rows.map((row) => ({
      line: Number(row['line']),
      input: JSON.parse(String(row['input'])) as RowInput,
      change: changeIn(row),
    }));
  },
  async isOpen(id, line) {
    const found = await db.query(
      `SELECT 1 AS open FROM bulk_rows r JOIN bulk_jobs j ON j.id = r.job_id
       WHERE r.job_id = @id AND r.line = CAST(@line AS BIGINT) AND r.status = 'waiting' AND j.status = 'running'`,
      { id, line },
    );
    return found.length === 1;
  },
  async running() {
    return (await db.query(`SELECT * FROM bulk_jobs WHERE status = 'running' ORDER BY id LIMIT 20`, {})).map(jobOf);
  },
  async hold(id, node, seconds) {
    const held = await db.commit(id, [
      {
        sql: `UPDATE bulk_jobs SET held_by = @node, held_until = @now + CAST(@ms AS BIGINT)
              WHERE id = @id AND status = 'running' AND (held_by IS NULL OR held_by = @node OR held_until < @now)`,
        rows: 'one',
        values: { id, node, ms: seconds * 1000 },
      },
    ]);
    return held === -1;
  },
});

const wordsOf = (value: unknown): string[] => (textOf(value) ?? '').split(' ').filter((word) => word !== '');
const changeIn = (row: Row): RowChange | null => {
  const text = textOf(row['change']);
  return text === null ? null : (JSON.parse(text) as RowChange);
};
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberOf = (value: unknown): number | null => (value === null ? null : Number(value));

const jobOf = (row: Row): BulkJob => ({
  id: String(row['id']),
  tenantId: String(row['tenant_id']),
  kind: String(row['kind']) as BulkKind,
  name: String(row['name']),
  reason: String(row['reason']),
  status: String(row['status']) as BulkStatus,
  requester: {
    id: textOf(row['operator_id']),
    login: String(row['operator']),
    sessionId: textOf(row['session_id']),
  },
  approvedBy: textOf(row['approved_by']),
  createdAt: Number(row['created_at']),
  askedAt: numberOf(row['asked_at']),
  startedAt: numberOf(row['started_at']),
  endedAt: numberOf(row['ended_at']),
});

const rowOf = (row: Row): BulkRow => ({
  line: Number(row['line']),
  account: String(row['account']),
  status: String(row['status']) as RowStatus,
  code: textOf(row['code']),
  detail: textOf(row['detail']),
  at: numberOf(row['at']),
  change: changeIn(row),
  flags: wordsOf(row['flags']) as unknown as BulkRow['flags'],
});
