// A tenant's audit log for those who may read it: in pages, newest first, and as a file, oldest first. It is read in stretches of its numbers, so that
// neither a rare event nor a small tenant in a large house holds up whoever else waits for the database.
import { canonicalAccount } from '../core/account/account.ts';
import type { AuditRow, ExportRow } from '../core/audit/chain.ts';
import type { LogFilter } from '../core/audit/log.ts';
import { may } from '../core/operator/roles.ts';
import type { Caller, Ports } from '../core/ports.ts';
import { beforeOf, dataOf } from './timeline.ts';

export interface AuditFilter {
  readonly event?: string | undefined;
  readonly actor?: string | undefined;
  readonly account?: string | undefined;
  /** RFC 3339. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface AuditEntry {
  readonly seq: number;
  readonly at: number;
  readonly event: string;
  readonly actor: string;
  /** The number, for those who may see customers; otherwise the id. */
  readonly account: string | null;
  readonly data: ReturnType<typeof dataOf>;
}

/** Numbers per stretch, and stretches per page: what a page looks through at most before it says "go on from here". */
const STRETCH = 4000;
const STRETCHES = 40;

/** The filter as the log takes it; undefined when it names an account that this tenant does not have. */
async function filterOf(ports: Ports, caller: Caller, asked: AuditFilter): Promise<LogFilter | undefined> {
  const account =
    asked.account === undefined
      ? undefined
      : await ports.store.account(caller.tenantId, canonicalAccount(asked.account), false);
  if (asked.account !== undefined && account === undefined) return undefined;
  return {
    event: asked.event,
    actor: asked.actor,
    accountId: account?.account.id,
    from: asked.from === undefined ? undefined : Date.parse(asked.from),
    to: asked.to === undefined ? undefined : Date.parse(asked.to),
  };
}

/** The numbers between which events of the asked time lie. */
async function bounds(ports: Ports, filter: LogFilter): Promise<{ readonly low: number; readonly high: number }> {
  const end = await ports.log.end();
  return {
    low: filter.from === undefined ? 1 : await ports.log.numberAt(filter.from),
    // Twice the minute that `numberAt` allows for.
    high: filter.to === undefined ? end : Math.min(end, await ports.log.numberAt(filter.to + 120_000)),
  };
}

/** One page, newest first. `next` may come with a page that is not full, or empty: there is more to look through. */
export async function auditPage(
  ports: Ports,
  caller: Caller,
  input: AuditFilter & { readonly after?: string | undefined; readonly limit: number },
): Promise<{ readonly items: readonly AuditEntry[]; readonly next: string | null }> {
  const filter = await filterOf(ports, caller, input);
  if (filter === undefined) return { items: [], next: null };
  const { low, high } = await bounds(ports, filter);
  const rows: AuditRow[] = [];
  let top = Math.min(high, beforeOf(input.after));
  for (let n = 0; top > low && rows.length < input.limit && n < STRETCHES; n++) {
    const bottom = Math.max(low, top - STRETCH);
    const found = await ports.log.slice(caller.tenantId, bottom, top, filter, true, input.limit - rows.length);
    rows.push(...found);
    top = rows.length === input.limit ? (rows.at(-1)?.seq ?? bottom) : bottom;
  }
  return { items: await entries(ports, caller, rows), next: top > low ? String(top) : null };
}

/** The accounts that events are about, by id; none for who may not see customers. */
async function accountsOf(ports: Ports, caller: Caller, rows: readonly AuditRow[]) {
  const seesCustomers = caller.operator === undefined || may(caller.operator.roles, 'customers:read');
  const ids = new Set(rows.flatMap((row) => (row.accountId === null ? [] : [row.accountId])));
  return ports.search.accounts(caller.tenantId, seesCustomers ? [...ids] : []);
}

async function entries(ports: Ports, caller: Caller, rows: readonly AuditRow[]): Promise<readonly AuditEntry[]> {
  const accounts = await accountsOf(ports, caller, rows);
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at,
    event: row.event,
    actor: row.actor,
    account: row.accountId === null ? null : (accounts.get(row.accountId)?.account ?? row.accountId),
    data: dataOf(row),
  }));
}

/**
 * The log from its oldest asked event up to now, a stretch at a time: never more of it in memory, however slowly it is taken. That it was exported, by
 * whom and what of it, is on record before the first line leaves.
 */
export async function auditExport(
  ports: Ports,
  caller: Caller,
  input: AuditFilter & { readonly format: string },
): Promise<AsyncGenerator<readonly ExportRow[]>> {
  const filter = await filterOf(ports, caller, input);
  const asked = Object.entries(input).filter(([, value]) => value !== undefined);
  await ports.store.commit(caller.tenantId, [
    {
      op: 'audit',
      event: {
        tenantId: caller.tenantId,
        accountId: null,
        event: 'audit.exported',
        actor: caller.actor,
        data: Object.fromEntries(asked) as Record<string, string>,
      },
    },
  ]);
  const { low, high } = filter === undefined ? { low: 1, high: 1 } : await bounds(ports, filter);
  return stretches(ports, caller, filter ?? {}, low, high);
}

async function* stretches(
  ports: Ports,
  caller: Caller,
  filter: LogFilter,
  low: number,
  high: number,
): AsyncGenerator<readonly ExportRow[]> {
  for (let from = low; from < high; from += STRETCH) {
    const rows = await ports.log.slice(caller.tenantId, from, Math.min(high, from + STRETCH), filter, false, STRETCH);
    if (rows.length === 0) continue;
    const accounts = await accountsOf(ports, caller, rows);
    yield rows.map((row) => ({ ...row, accountNumber: accounts.get(row.accountId ?? '')?.account ?? null }));
  }
}
