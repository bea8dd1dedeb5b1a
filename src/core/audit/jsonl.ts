// One event as a line of JSON Lines: what `hufu audit export` and the console's export both write.
import type { ExportRow } from './chain.ts';

/** The event as a line; `at` in ISO 8601, UTC. */
export const jsonLine = (e: ExportRow): string =>
  `${JSON.stringify({ seq: e.seq, at: new Date(e.at).toISOString(), tenant: e.tenantId, account: e.accountId, event: e.event, actor: e.actor, data: dataOf(e.data), accountNumber: e.accountNumber })}\n`;

/** Data that is no JSON any more was tampered with; it is exported as the text it is. */
function dataOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
