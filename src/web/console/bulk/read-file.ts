// A file of accounts as rows to send: CSV with named columns, or one account a line. What is wrong with a row the server tells, row by row.
import { type CsvRow, parseCsv } from '../../../contract/csv.ts';
import type { BulkRowSent } from './types.ts';

const COLUMNS = ['account', 'name', 'phone', 'email', 'cohort', 'locale'] as const;
/** What one request may carry, below the server's 64 KB; characters of other scripts take three bytes. */
const MOST_BYTES = 50_000;
const MOST_ROWS = 400;

/** The rows of a text. Throws CsvError where its quotes are misplaced. */
export function rowsOf(text: string): readonly BulkRowSent[] {
  const [head, ...rest] = parseCsv(text);
  if (head === undefined) return [];
  const names = head.fields.map((field) => field.trim().toLowerCase());
  const hasHead = names.includes('account');
  const at = (column: string): number => (hasHead ? names.indexOf(column) : column === 'account' ? 0 : -1);
  return (hasHead ? rest : [head, ...rest]).map(({ line, fields }: CsvRow): BulkRowSent => {
    const row: Record<string, string> = {};
    for (const column of COLUMNS) {
      const value = (fields[at(column)] ?? '').trim();
      if (value !== '') row[column] = value.slice(0, 2000);
    }
    return { line, account: '', ...row };
  });
}

/** Rows in parts that each fit into one request. */
export function* parts(rows: readonly BulkRowSent[]): Generator<readonly BulkRowSent[]> {
  const encoder = new TextEncoder();
  let part: BulkRowSent[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = encoder.encode(JSON.stringify(row)).length + 1;
    if (part.length === MOST_ROWS || (part.length > 0 && bytes + size > MOST_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(row);
    bytes += size;
  }
  if (part.length > 0) yield part;
}
