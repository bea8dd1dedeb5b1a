// One event as a line of CSV, safe to open in a spreadsheet.
import { csvRow } from '../csv.ts';
import type { ExportRow } from './chain.ts';

export const CSV_HEAD = 'seq,at,tenant,account,event,actor,data,accountNumber\r\n';

/** The event as a CSV line; `at` in ISO 8601, UTC. */
export const csvLine = (e: ExportRow): string =>
  csvRow([e.seq, new Date(e.at).toISOString(), e.tenantId, e.accountId, e.event, e.actor, e.data, e.accountNumber]);
