// The lines of a file of accounts as rows to send. What is wrong with a row the server tells, row by row.
import type { ACCOUNT_COLUMNS, AccountLine } from '../../../contract/account-file.ts';
import type { BulkRowSent } from './types.ts';

/** What one request may carry, below the server's 64 KB; characters of other scripts take three bytes. */
const MOST_BYTES = 50_000;
const MOST_ROWS = 400;
/** What a field of a request may hold; far longer than anything the server takes. */
const MOST_LETTERS = 2000;

/** A line of the file as it is sent; one that could not be read goes with why, for the report names every line. */
export const toSend = ({ line, given, fault }: AccountLine<(typeof ACCOUNT_COLUMNS)[number]>): BulkRowSent => ({
  line,
  account: '',
  ...Object.fromEntries(Object.entries(given).map(([column, value]) => [column, value.slice(0, MOST_LETTERS)])),
  ...(fault === null ? {} : { mistake: fault }),
});

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
