// The words accounts are found by.
import type { SearchWrite } from '../../core/search/writes.ts';
import type { Values } from '../sql.ts';
import type { Rows } from './row.ts';

/** A letter per kind, stored: another form of its terms is another letter. */
export const LETTERS = { name: 'n', phone: 'p', mail: 'm' } as const;

const valuesOf = (w: SearchWrite): Values => ({
  tenant: w.tenantId,
  kind: LETTERS[w.term.kind],
  term: w.term.term,
  account: w.accountId,
});

export const SEARCH_WRITES: Rows<'put-term' | 'drop-term'> = {
  'put-term': {
    sql: `INSERT INTO account_terms (tenant_id, kind, term, account_id) VALUES (@tenant, @kind, @term, @account) ON CONFLICT DO NOTHING`,
    rows: 'any',
    values: valuesOf,
  },
  'drop-term': {
    sql: `DELETE FROM account_terms WHERE tenant_id = @tenant AND kind = @kind AND term = @term AND account_id = @account`,
    rows: 'any',
    values: valuesOf,
  },
};
