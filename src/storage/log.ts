// The audit log as operators read it. An account's rare events have an index of their own in the log; those of its logins are listed beside it by a job
// (`follow`), and what the job has not come to yet is looked for at the log's end.
import type { AuditLog, LogFilter, Where } from '../core/audit/log.ts';
import { auditRowOf } from './audit.ts';
import { cursorAt, cursorStep } from './cursor.ts';
import { RARE } from './history.ts';
import type { Db, Values } from './sql.ts';

const CURSOR = 'events.seq';
/** How far back from the end of the log a login is looked for that the job has not listed. */
const UNLISTED = 20_000;
const COLUMNS = 'e.seq, e.tenant_id, e.at, e.account_id, e.event, e.actor, e.data';

/** The log over an open, migrated database. */
export function auditLog(db: Db): AuditLog {
  const among = (name: string): string =>
    db.dialect === 'postgres'
      ? `SELECT jsonb_array_elements_text(CAST(@${name} AS jsonb))`
      : `SELECT value FROM json_each(@${name})`;
  const listed = async (): Promise<number> => Number((await cursorAt(db, CURSOR)) ?? 0);
  const settled =
    db.dialect === 'sqlite'
      ? 'SELECT max(seq) AS seq FROM audit_events'
      : `SELECT value AS seq FROM meta WHERE name = 'audit.settled'`;
  const end = async (): Promise<number> =>
    Number((await db.query('SELECT max(seq) AS seq FROM audit_events', {}))[0]?.['seq'] ?? 0) + 1;

  return {
    end,
    async ofAccount(tenantId, accountId, { events, byOperators }, before, limit) {
      const wanted = [
        events === undefined ? '' : ` AND e.event IN (${among('events')})`,
        byOperators === undefined ? '' : ` AND e.actor LIKE 'operator:%'`,
      ].join('');
      const values: Values = {
        tenant: tenantId,
        account: accountId,
        before,
        limit,
        ...(events === undefined ? {} : { events: JSON.stringify(events) }),
      };
      const tail = `ORDER BY e.seq DESC LIMIT CAST(@limit AS BIGINT)`;
      const ours = 'e.account_id = @account AND e.tenant_id = @tenant';
      const up = Math.max(await listed(), (await end()) - UNLISTED);
      const found = await Promise.all([
        db.query(
          `SELECT ${COLUMNS} FROM audit_events e WHERE ${ours} AND ${RARE} AND e.seq < @before${wanted} ${tail}`,
          values,
        ),
        // What operators do is never among the events of logins.
        ...(byOperators === true
          ? []
          : [
              db.query(
                `SELECT ${COLUMNS} FROM account_events a JOIN audit_events e ON e.seq = a.seq
                 WHERE a.account_id = @account AND e.tenant_id = @tenant AND a.seq < @before${wanted} ORDER BY a.seq DESC LIMIT CAST(@limit AS BIGINT)`,
                values,
              ),
              db.query(
                `SELECT ${COLUMNS} FROM audit_events e WHERE e.seq > @up AND e.seq < @before AND ${ours} AND NOT (${RARE})${wanted} ${tail}`,
                { ...values, up },
              ),
            ]),
      ]);
      const rows = new Map(found.flat().map((row) => [Number(row['seq']), auditRowOf(row)]));
      return [...rows.values()].sort((a, b) => b.seq - a.seq).slice(0, limit);
    },
    async where(tenantId, logins) {
      if (logins.length === 0) return new Map();
      const rows = await db.query(
        `SELECT id, client_id, client_version, ip, device_name, user_agent FROM challenges WHERE tenant_id = @tenant AND id IN (${among('ids')})`,
        { tenant: tenantId, ids: JSON.stringify(logins) },
      );
      return new Map(
        rows.map((row): [string, Where] => [
          String(row['id']),
          {
            client: String(row['client_id']),
            version: String(row['client_version']),
            ip: row['ip'] as string | null,
            device: row['device_name'] as string | null,
            userAgent: row['user_agent'] as string | null,
          },
        ]),
      );
    },
    async accountOf(tenantId, login) {
      const [row] = await db.query('SELECT account_id FROM challenges WHERE id = @login AND tenant_id = @tenant', {
        login,
        tenant: tenantId,
      });
      return row === undefined ? undefined : String(row['account_id']);
    },
    async slice(tenantId, low, high, filter, down, limit) {
      const { sql, values } = filtered(filter);
      const rows = await db.query(
        `SELECT ${COLUMNS} FROM audit_events e WHERE e.seq >= @low AND e.seq < @high AND e.tenant_id = @tenant${sql}
         ORDER BY e.seq ${down ? 'DESC' : 'ASC'} LIMIT CAST(@limit AS BIGINT)`,
        { ...values, tenant: tenantId, low, high, limit },
      );
      return rows.map(auditRowOf);
    },
    async numberAt(at) {
      // Numbers and instants grow together; events that commit at the same time may swap places, hence the minute.
      const wanted = at - 60_000;
      let [low, high] = [1, await end()];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        const [row] = await db.query('SELECT seq, at FROM audit_events WHERE seq >= @middle ORDER BY seq LIMIT 1', {
          middle,
        });
        if (row === undefined || Number(row['at']) >= wanted) high = middle;
        else low = Number(row['seq']) + 1;
      }
      return low;
    },
    async follow(limit) {
      const at = await cursorAt(db, CURSOR);
      const from = Number(at ?? 0);
      const [last] = await db.query(settled, {});
      const to = Math.min(Number(last?.['seq'] ?? 0), from + limit);
      if (to <= from) return 0;
      await db.commit('events', [
        cursorStep(CURSOR, at, String(to)),
        {
          sql: `INSERT INTO account_events (account_id, seq) SELECT account_id, seq FROM audit_events
                WHERE seq > @after AND seq <= @upTo AND account_id IS NOT NULL AND NOT (${RARE}) ON CONFLICT DO NOTHING`,
          rows: 'any',
          values: { after: from, upTo: to },
        },
      ]);
      return to - from;
    },
  };
}

/** The conditions of a filter. Beginnings are compared character by character: no language's order, no wildcards. */
function filtered({ event, actor, accountId, from, to }: LogFilter): { readonly sql: string; readonly values: Values } {
  const begins = (column: string, name: string): string =>
    ` AND substr(e.${column}, 1, length(CAST(@${name} AS TEXT))) = CAST(@${name} AS TEXT)`;
  return {
    sql: [
      event === undefined ? '' : begins('event', 'event'),
      actor === undefined ? '' : begins('actor', 'actor'),
      accountId === undefined ? '' : ' AND e.account_id = @account',
      from === undefined ? '' : ' AND e.at >= @from',
      to === undefined ? '' : ' AND e.at < @to',
    ].join(''),
    values: {
      ...(event === undefined ? {} : { event }),
      ...(actor === undefined ? {} : { actor }),
      ...(accountId === undefined ? {} : { account: accountId }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
  };
}
