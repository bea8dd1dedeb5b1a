// One event as a line of CSV (RFC 4180), safe to open in a spreadsheet: a cell that a spreadsheet would take for a formula gets a quote mark before it.
import type { AuditRow } from './chain.ts';

export const CSV_HEAD = 'seq,at,tenant,account,event,actor,data\r\n';

/** The event as a CSV line; `at` in ISO 8601, UTC. */
export const csvLine = (e: AuditRow): string =>
  `${[String(e.seq), new Date(e.at).toISOString(), e.tenantId, e.accountId ?? '', e.event, e.actor, e.data].map(cell).join(',')}\r\n`;

/** A quote mark before what may begin a formula (also after blanks and in full width), then RFC 4180 quoting. */
function cell(text: string): string {
  const safe = /^\s*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
