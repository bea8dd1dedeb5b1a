// A line of CSV (RFC 4180), safe to open in a spreadsheet: a cell that a spreadsheet would take for a formula gets a quote mark before it.

/** The cells as one line, with its end. */
export const csvRow = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((value) => cell(value === null ? '' : String(value))).join(',')}\r\n`;

/** A quote mark before what may begin a formula (also after blanks and in full width), then RFC 4180 quoting. */
function cell(text: string): string {
  const safe = /^\s*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
