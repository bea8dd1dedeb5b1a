// Rows of bulk work looked at before they are put into a draft: whether one can be done, what it would change, and what speaks for a second look. It is kept
// with the row, so that whoever starts or approves it knows what they let begin (OPS-01).
import { canonicalAccount } from '../../core/account/account.ts';
import type { BulkJob, RowChange, RowInput } from '../../core/bulk/bulk.ts';
import { changeOf, changesNothing } from '../../core/bulk/change.ts';
import type { WriteNamed } from '../../core/commit.ts';
import type { RiskFlag } from '../../core/operator/actions.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { accountChange, type PutAccount } from '../accounts.ts';
import { risksOf } from '../operator/risks.ts';

/** Rows looked at at once. */
const AT_ONCE = 16;

/** A row as it was read from a file, or why it cannot be done. */
export interface GivenRow {
  readonly line: number;
  readonly input: RowInput;
  readonly refused: { readonly code: string; readonly detail: string } | null;
}

type Put = WriteNamed<'put-bulk-row'>;
type Seen = Pick<Put, 'refused' | 'change' | 'flags'>;

/** The rows as they are written. An account that an earlier line names is done once; the later line is refused. */
export async function checkRows(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  job: BulkJob,
  rows: readonly GivenRow[],
): Promise<readonly Put[]> {
  const named = rows.map((row) => ({ row, canonical: canonicalAccount(row.input.account) }));
  const lines = new Map(await ports.bulk.linesOf(job.id, [...new Set(named.map(({ canonical }) => canonical))]));
  const fresh = named.map(({ row, canonical }) => {
    const first = lines.get(canonical);
    if (row.refused !== null || canonical === '') return { row, canonical, refused: row.refused };
    if (first === undefined) lines.set(canonical, row.line);
    return { row, canonical, refused: first === undefined || first === row.line ? null : again(first) };
  });
  const puts: Put[] = [];
  for (let at = 0; at < fresh.length; at += AT_ONCE)
    puts.push(
      ...(await Promise.all(
        fresh.slice(at, at + AT_ONCE).map(async ({ row: { line, input }, canonical, refused }): Promise<Put> => {
          const seen = refused === null ? await look(ports, caller, policy, job, canonical, input) : refusedBy(refused);
          return { op: 'put-bulk-row', jobId: job.id, line, input, canonical, ...seen };
        }),
      )),
    );
  return puts;
}

const again = (line: number) => ({ code: 'invalid-request', detail: `is the same account as line ${line}` });
const refusedBy = (refused: Seen['refused']): Seen => ({ refused, change: null, flags: [] });

async function look(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  { kind }: BulkJob,
  canonical: string,
  input: RowInput,
): Promise<Seen> {
  const snapshot = await ports.store.account(caller.tenantId, canonical, false);
  // Whom nobody asked about is not verified, which is true of every row and told of the job.
  const risks = async (action: 'register' | 'unbind' | 'change-person'): Promise<readonly RiskFlag[]> =>
    snapshot === undefined ? [] : risksOf(ports, policy, snapshot, action, true);
  if (kind !== 'import') return { refused: null, change: null, flags: await risks(kind) };
  const found = await importedChange(ports, caller, policy, snapshot, input);
  if (found.kind === 'invalid') return refusedBy({ code: 'invalid-request', detail: `${found.at} ${found.message}` });
  const { shown } = found;
  return { refused: null, change: shown, flags: changesNothing(shown) ? [] : await risks('change-person') };
}

/** What an imported row writes, with the change as it is shown. */
export async function importedChange(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  snapshot: Parameters<typeof accountChange>[3],
  input: RowInput,
): Promise<
  | Exclude<Awaited<ReturnType<typeof accountChange>>, { kind: 'change' }>
  | (Extract<Awaited<ReturnType<typeof accountChange>>, { kind: 'change' }> & { readonly shown: RowChange })
> {
  if (canonicalAccount(input.account) === '')
    return { kind: 'invalid', at: '/account', message: 'must hold at least one visible character' };
  const change = await accountChange(ports, caller, policy, snapshot, input as PutAccount);
  return change.kind === 'invalid' ? change : { ...change, shown: changeOf(snapshot?.account, change.row, input) };
}
