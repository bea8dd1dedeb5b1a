// Bulk work and its rows as bodies.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { isProblemCode, type Locale, problemWords } from '../../../contract/problems.ts';
import type { BulkRow, RowChange } from '../../../core/bulk/bulk.ts';
import { RISK_FLAGS } from '../../../core/operator/actions.ts';
import { reasonNamed } from '../../../core/operator/console-policy.ts';
import type { Caller } from '../../../core/ports.ts';
import type { JobFound } from '../../../flows/bulk/jobs.ts';
import type { HttpPorts } from '../handler.ts';
import { detailIn } from '../mistakes.ts';
import { instant } from '../replies.ts';
import { changesBody, isMine } from './desk-body.ts';

type Job = ReplyOf<'getBulk'>;

/** Who asks, and in which language. */
export interface Asker {
  readonly caller: Caller;
  readonly asked: Locale | null;
}

/** How far a job is, and what it does. */
export async function jobBody(
  ports: HttpPorts,
  { job, counts, marks, askedUntil }: JobFound,
  { caller, asked }: Asker,
): Promise<Job> {
  const { policy } = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  const reason = reasonNamed(policy.console, job.reason);
  return {
    id: job.id,
    kind: job.kind,
    name: job.name,
    reason: job.reason,
    ...(reason === undefined ? {} : { reasonText: reason.text[asked ?? policy.locale] }),
    status: job.status,
    operator: job.requester.login,
    ...(job.approvedBy === null ? {} : { approvedBy: job.approvedBy.replace(/^operator:/, '') }),
    createdAt: instant(job.createdAt),
    isMine: isMine(job.requester, caller),
    ...(askedUntil === null ? {} : { expiresAt: instant(askedUntil) }),
    ...(job.startedAt === null ? {} : { startedAt: instant(job.startedAt) }),
    ...(job.endedAt === null ? {} : { endedAt: instant(job.endedAt) }),
    rows: { ...counts },
    ...(job.kind === 'import' ? { changes: changesBody(marks) } : {}),
    riskFlags: RISK_FLAGS.flatMap((flag) => {
      const rows = marks[flag] ?? 0;
      return rows === 0 ? [] : [{ flag, rows }];
    }),
  };
}

/** What a row was refused with, in words. */
const titleOf = (code: string, locale: Locale): string =>
  isProblemCode(code) ? problemWords(code, locale, {}).title : code;

/** What a row changes, and what came of it. */
export const rowBody = (row: BulkRow, locale: Locale): ReplyOf<'listBulkRows'>['items'][number] => ({
  line: row.line,
  account: row.account,
  status: row.status,
  ...(row.code === null ? {} : { code: row.code, told: titleOf(row.code, locale) }),
  ...(row.detail === null ? {} : { detail: detailIn(row.detail, locale) }),
  ...(row.at === null ? {} : { at: instant(row.at) }),
  ...(row.change === null ? {} : { isNew: row.change.isNew, changes: row.change.fields.map((one) => ({ ...one })) }),
  riskFlags: [...row.flags],
});

/** What a row changes, in one cell: `phone: ***5678 → ***1234; email: → m*****@a.example`. */
export const changeCell = (change: RowChange | null): string | null =>
  change === null
    ? null
    : [
        ...(change.isNew ? ['new'] : []),
        ...change.fields.map(({ field, from, to }) => `${field}:${from === null ? '' : ` ${from}`} → ${to ?? ''}`),
      ].join('; ');
