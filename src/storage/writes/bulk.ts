// Bulk work's rows of the write table.
import { marksOf } from '../../core/bulk/change.ts';
import type { BulkWrite } from '../../core/bulk/writes.ts';
import type { Rows } from './row.ts';

export const BULK_WRITES: Rows<BulkWrite['op']> = {
  'insert-bulk': {
    sql: `INSERT INTO bulk_jobs (id, tenant_id, kind, name, reason, status, operator_id, operator, session_id, approved_by, created_at, started_at, ended_at, held_by, held_until)
          VALUES (@id, @tenant, @kind, @name, @reason, 'draft', @operatorId, @operator, @session, NULL, @now, NULL, NULL, NULL, NULL)`,
    rows: 'one',
    values: ({ job }) => ({
      id: job.id,
      tenant: job.tenantId,
      kind: job.kind,
      name: job.name,
      reason: job.reason,
      operatorId: job.requester.id,
      operator: job.requester.login,
      session: job.requester.sessionId,
    }),
  },
  'put-bulk-row': {
    sql: `INSERT INTO bulk_rows (job_id, line, account, canonical, status, input, change, flags, marks, code, detail, at)
          SELECT id, CAST(@line AS BIGINT), CAST(@account AS TEXT), CAST(@canonical AS TEXT), CAST(@status AS TEXT), CAST(@input AS TEXT), CAST(@change AS TEXT),
            CAST(@flags AS TEXT), CAST(@marks AS TEXT), CAST(@code AS TEXT), CAST(@detail AS TEXT), NULL
          FROM bulk_jobs WHERE id = @job AND status = 'draft'
          ON CONFLICT (job_id, line) DO UPDATE SET line = excluded.line`,
    rows: 'one',
    values: (w) => ({
      job: w.jobId,
      line: w.line,
      account: w.input.account,
      status: w.refused === null ? 'waiting' : 'refused',
      input: w.refused === null ? JSON.stringify(w.input) : null,
      canonical: w.refused === null ? w.canonical : null,
      change: w.change === null ? null : JSON.stringify(w.change),
      flags: w.flags.join(' '),
      // Between blanks, so that one is found by itself.
      marks: w.refused === null ? ` ${marksOf(w.change, w.flags).join(' ')} ` : null,
      code: w.refused?.code ?? null,
      detail: w.refused?.detail ?? null,
    }),
  },
  'move-bulk': {
    sql: `UPDATE bulk_jobs SET status = CAST(@to AS TEXT), approved_by = coalesce(CAST(@approvedBy AS TEXT), approved_by), held_by = NULL, held_until = NULL,
            asked_at = CASE WHEN @to = 'asked' THEN @now ELSE asked_at END,
            started_at = CASE WHEN @to = 'running' AND started_at IS NULL THEN @now ELSE started_at END,
            ended_at = CASE WHEN @to IN ('done', 'stopped') THEN @now ELSE ended_at END
          WHERE id = @id AND tenant_id = @tenant AND status = @from`,
    rows: 'one',
    values: (w) => ({ id: w.id, tenant: w.tenantId, from: w.from, to: w.to, approvedBy: w.approvedBy }),
  },
  'end-bulk-row': {
    sql: `UPDATE bulk_rows SET status = @status, code = CAST(@code AS TEXT), detail = CAST(@detail AS TEXT), at = @now, input = NULL
          WHERE job_id = @job AND line = CAST(@line AS BIGINT) AND status = 'waiting'
            AND EXISTS (SELECT 1 FROM bulk_jobs WHERE id = @job AND status = 'running')`,
    rows: 'one',
    values: (w) => ({ job: w.jobId, line: w.line, status: w.status, code: w.code, detail: w.detail }),
  },
};
