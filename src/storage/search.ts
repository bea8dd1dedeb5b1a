// Finds accounts by ranges of ordered indexes: what a search costs is what it shows. Every statement names the tenant.
import type { Account } from '../core/account/account.ts';
import { endOf } from '../core/search/query.ts';
import type { Found, SearchStore, TermRow } from '../core/search/store.ts';
import { termsOf } from '../core/search/terms.ts';
import { cursorAt, cursorStep } from './cursor.ts';
import type { Db, Row, Step } from './sql.ts';
import { LETTERS, SEARCH_WRITES } from './writes/search.ts';

/** How far the words as they are now have got; and how far those had that knew no folded characters. */
const CURSOR = 'search.account.folded';
const BEFORE = 'search.account';
const DONE = '~';
const COLUMNS = 'a.id, a.account, a.name, a.phone, a.email, a.cohort, a.status';

const foundOf = (row: Row): Found => ({
  id: String(row['id']),
  account: String(row['account']),
  name: row['name'] as string | null,
  phone: row['phone'] as string | null,
  email: row['email'] as string | null,
  cohort: row['cohort'] as string | null,
  status: String(row['status']) as Account['status'],
});

/** Search over an open, migrated database. */
export function searchStore(db: Db): SearchStore {
  const byCode = db.dialect === 'postgres' ? ' COLLATE "C"' : '';
  const members =
    db.dialect === 'postgres'
      ? 'SELECT jsonb_array_elements_text(CAST(@ids AS jsonb))'
      : 'SELECT value FROM json_each(@ids)';

  return {
    async terms(tenantId, kind, prefix, after, limit) {
      const rows = await db.tuples(
        `SELECT term, account_id FROM account_terms WHERE tenant_id = @tenant AND kind = @kind AND term < @end
           AND ${after === null ? 'term >= @term' : '(term, account_id) > (@term, @account)'} ORDER BY term, account_id LIMIT CAST(@limit AS BIGINT)`,
        {
          tenant: tenantId,
          kind: LETTERS[kind],
          end: endOf(prefix),
          term: after?.term ?? prefix,
          ...(after === null ? {} : { account: after.accountId }),
          limit,
        },
      );
      return rows.map(([term, accountId]): TermRow => ({ term: String(term), accountId: String(accountId) }));
    },
    async numbers(tenantId, prefix, after, limit) {
      const rows = await db.query(
        `SELECT ${COLUMNS} FROM accounts a WHERE a.tenant_id = @tenant AND a.canonical${byCode} ${after === null ? '>=' : '>'} @from AND a.canonical${byCode} < @end
         ORDER BY a.canonical${byCode} LIMIT CAST(@limit AS BIGINT)`,
        { tenant: tenantId, from: after ?? prefix, end: endOf(prefix), limit },
      );
      return rows.map(foundOf);
    },
    async number(tenantId, canonical) {
      const [row] = await db.query(
        `SELECT ${COLUMNS} FROM accounts a WHERE a.tenant_id = @tenant AND a.canonical = @canonical`,
        { tenant: tenantId, canonical },
      );
      return row === undefined ? undefined : foundOf(row);
    },
    async accounts(tenantId, ids) {
      if (ids.length === 0) return new Map();
      const rows = await db.query(
        `SELECT ${COLUMNS} FROM accounts a WHERE a.tenant_id = @tenant AND a.id IN (${members})`,
        { tenant: tenantId, ids: JSON.stringify(ids) },
      );
      return new Map(rows.map((row) => [String(row['id']), foundOf(row)]));
    },
    async count(tenantId, kind, prefix, most) {
      const [row] = await db.query(
        `SELECT count(*) AS n FROM (SELECT 1 AS one FROM account_terms WHERE tenant_id = @tenant AND kind = @kind AND term >= @from AND term < @end LIMIT CAST(@most AS BIGINT)) t`,
        { tenant: tenantId, kind: LETTERS[kind], from: prefix, end: endOf(prefix), most },
      );
      return Number(row?.['n'] ?? 0);
    },
    async isComplete() {
      return (await cursorAt(db, CURSOR)) === DONE;
    },
    async index(limit) {
      const from = await cursorAt(db, CURSOR);
      if (from === DONE) return 0;
      const before = (await cursorAt(db, BEFORE)) ?? '';
      const rows = await db.query(
        `SELECT id, tenant_id, name, phone, email, CASE WHEN id <= @before THEN 1 ELSE 0 END AS has_spelt
           FROM accounts WHERE id > @from ORDER BY id LIMIT CAST(@limit AS BIGINT)`,
        { from: from ?? '', before, limit },
      );
      const last = rows.at(-1);
      // A term of a name that changed meanwhile may be put back: it leads to an account that does not bear it, and is not shown.
      const steps = rows.flatMap((row) =>
        termsOf(
          {
            name: row['name'] as string | null,
            phone: row['phone'] as string | null,
            email: row['email'] as string | null,
          },
          before === DONE || Number(row['has_spelt']) === 1 ? 'folded' : undefined,
        ).map(
          (term): Step => ({
            sql: SEARCH_WRITES['put-term'].sql,
            rows: 'any',
            values: {
              tenant: String(row['tenant_id']),
              kind: LETTERS[term.kind],
              term: term.term,
              account: String(row['id']),
            },
          }),
        ),
      );
      await db.commit('search', [cursorStep(CURSOR, from, last === undefined ? DONE : String(last['id'])), ...steps]);
      return rows.length;
    },
  };
}
