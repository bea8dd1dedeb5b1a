// Bulk work.
import { Readable } from 'node:stream';
import type { BodyOf } from '../../../contract/endpoints.ts';
import { BulkRowInput } from '../../../contract/schemas/bulk.ts';
import type { RowInput } from '../../../core/bulk/bulk.ts';
import { csvRow } from '../../../core/csv.ts';
import type { GivenRow } from '../../../flows/bulk/check.ts';
import {
  bulkJob,
  createBulk,
  type JobFound,
  listBulk,
  putBulkRows,
  type Steer,
  steerBulk,
} from '../../../flows/bulk/jobs.ts';
import { changesWait, rowsAlone } from '../../../flows/bulk/second.ts';
import type { Handlers, HttpPorts } from '../handler.ts';
import { instant, ok, type Reply } from '../replies.ts';
import { type Asker, changeCell, jobBody, rowBody } from './bulk-body.ts';

const PAGE = 500;

/** A row of the file, checked by itself: what is wrong with it is its own report, and no reason to refuse the others. */
function given({ line, mistake, ...row }: BodyOf<'putBulkRows'>['rows'][number]): GivenRow {
  const filled = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
  const read = BulkRowInput.safeParse(filled);
  if (read.success && mistake === undefined) return { line, input: read.data as RowInput, refused: null };
  const issue = read.error?.issues[0];
  const account = row.account.replace(/[\p{Cc}\p{Cs}]/gu, '').slice(0, 200);
  const detail = mistake ?? `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  return { line, input: { account }, refused: { code: 'invalid-request', detail } };
}

const steer =
  (step: Steer) =>
  async (ports: HttpPorts, { params, ...asker }: Asker & { readonly params: { readonly job: string } }) => {
    const found = await steerBulk(ports, asker.caller, params.job, step);
    return found.kind === 'refused' ? found : ok(await jobBody(ports, found, asker));
  };

async function* report(ports: HttpPorts, id: string): AsyncGenerator<string> {
  yield csvRow(['line', 'account', 'status', 'code', 'detail', 'at', 'change', 'flags']);
  for (let after = 0; ; ) {
    const rows = await ports.bulk.rows(id, {}, after, PAGE);
    for (const row of rows)
      yield csvRow([
        row.line,
        row.account,
        row.status,
        row.code,
        row.detail,
        row.at === null ? null : instant(row.at),
        changeCell(row.change),
        row.flags.join(' '),
      ]);
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.line ?? after;
  }
}

export const bulk: Handlers<
  | 'createBulk'
  | 'listBulk'
  | 'getBulk'
  | 'putBulkRows'
  | 'listBulkRows'
  | 'bulkReport'
  | 'startBulk'
  | 'approveBulk'
  | 'pauseBulk'
  | 'resumeBulk'
  | 'stopBulk'
> = {
  async createBulk(ports, { body, ...asker }) {
    const found = await createBulk(ports, asker.caller, body);
    return found.kind === 'refused' ? found : ok(await jobBody(ports, found, asker), 201);
  },
  async listBulk(ports, { caller, query, asked }) {
    const limit = query.limit ?? 50;
    const { policy } = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
    const jobs = await listBulk(ports, caller, query.after, limit);
    const { reasons } = policy.console;
    return ok({
      items: await Promise.all(jobs.map((found) => jobBody(ports, found, { caller, asked }))),
      next: jobs.length < limit ? null : (jobs.at(-1)?.job.id ?? null),
      reasons: reasons.map(({ code, text }) => ({ code, text: text[asked ?? policy.locale] })),
      alone: {
        import: rowsAlone(policy, 'import'),
        register: rowsAlone(policy, 'register'),
        unbind: rowsAlone(policy, 'unbind'),
      },
      changesWait: changesWait(policy),
    });
  },
  async getBulk(ports, { params, ...asker }) {
    const found = await bulkJob(ports, asker.caller, params.job);
    return found.kind === 'refused' ? found : ok(await jobBody(ports, found, asker));
  },
  async putBulkRows(ports, { params, body, ...asker }) {
    const found = await putBulkRows(ports, asker.caller, params.job, body.rows.map(given));
    return found.kind === 'refused' ? found : ok(await jobBody(ports, found, asker));
  },
  async listBulkRows(ports, { caller, params, query, asked }) {
    const found = await bulkJob(ports, caller, params.job);
    if (found.kind === 'refused') return found;
    const limit = query.limit ?? 100;
    const rows = await ports.bulk.rows(params.job, query, query.after ?? 0, limit);
    return ok({
      items: rows.map((row) => rowBody(row, asked ?? 'en')),
      next: rows.length < limit ? null : String(rows.at(-1)?.line),
    });
  },
  async bulkReport(ports, { caller, params }): Promise<Reply | Exclude<Awaited<ReturnType<typeof bulkJob>>, JobFound>> {
    const found = await bulkJob(ports, caller, params.job);
    if (found.kind === 'refused') return found;
    return {
      status: 200,
      body: Readable.from(report(ports, params.job)),
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${params.job}.csv"`,
      },
    };
  },
  startBulk: steer('start'),
  approveBulk: steer('approve'),
  pauseBulk: steer('pause'),
  resumeBulk: steer('resume'),
  stopBulk: steer('stop'),
};
