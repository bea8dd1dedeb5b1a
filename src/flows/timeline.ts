// Everything that happened to one customer, from the audit log: newest first, of a kind if asked (OP-1.1).
import { canonicalAccount } from '../core/account/account.ts';
import type { AuditRow } from '../core/audit/chain.ts';
import { eventsOf, kindsOf, type TimelineKind } from '../core/audit/kinds.ts';
import type { Where } from '../core/audit/log.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Caller, Ports } from '../core/ports.ts';

type Datum = string | number | boolean | null;

export interface Happening {
  readonly seq: number;
  readonly at: number;
  readonly event: string;
  readonly actor: string;
  readonly kinds: readonly TimelineKind[];
  /** The login it belongs to. */
  readonly login: string | null;
  readonly where: Where | null;
  readonly data: Readonly<Record<string, Datum>>;
}

export interface Timeline {
  readonly kind: 'timeline';
  readonly items: readonly Happening[];
  readonly next: string | null;
}

/** What an event says of itself. Data that is no JSON any more was tampered with, and is told as the text it is. */
export function dataOf(row: AuditRow): Readonly<Record<string, Datum>> {
  try {
    const data = JSON.parse(row.data) as unknown;
    if (typeof data !== 'object' || data === null) return { text: row.data };
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        key,
        value === null || ['string', 'number', 'boolean'].includes(typeof value)
          ? (value as Datum)
          : JSON.stringify(value),
      ]),
    );
  } catch {
    return { text: row.data };
  }
}

/** The number a page goes on before; a cursor that is none begins at the newest. */
export const beforeOf = (after: string | undefined): number =>
  /^\d{1,15}$/.test(after ?? '') ? Number(after) : Number.MAX_SAFE_INTEGER;

/** Events as they are told, with where their logins came from. */
export async function tell(
  ports: Pick<Ports, 'log'>,
  tenantId: string,
  rows: readonly AuditRow[],
): Promise<readonly Happening[]> {
  const told = rows.map((row) => {
    const data = dataOf(row);
    const login = typeof data['login'] === 'string' && data['login'].startsWith('lgn_') ? data['login'] : null;
    return { row, data, login };
  });
  const logins = new Set(told.flatMap(({ login }) => (login === null ? [] : [login])));
  const where = await ports.log.where(tenantId, [...logins]);
  return told.map(({ row, data, login }) => ({
    seq: row.seq,
    at: row.at,
    event: row.event,
    actor: row.actor,
    kinds: kindsOf(row.event, row.actor),
    login,
    where: (login === null ? undefined : where.get(login)) ?? null,
    data,
  }));
}

/** One page of a customer's timeline. */
export async function timelineOf(
  ports: Ports,
  caller: Caller,
  input: {
    readonly account: string;
    readonly kind?: TimelineKind | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<Timeline | Refusal> {
  const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), false);
  if (snapshot === undefined) return refuse('account-unknown');
  const filter =
    input.kind === undefined
      ? {}
      : input.kind === 'operators'
        ? { byOperators: true as const }
        : { events: eventsOf(input.kind) };
  const rows = await ports.log.ofAccount(
    caller.tenantId,
    snapshot.account.id,
    filter,
    beforeOf(input.after),
    input.limit + 1,
  );
  const shown = rows.slice(0, input.limit);
  return {
    kind: 'timeline',
    items: await tell(ports, caller.tenantId, shown),
    next: rows.length > input.limit ? String(shown.at(-1)?.seq) : null,
  };
}
