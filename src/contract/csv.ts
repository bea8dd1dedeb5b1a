// CSV as RFC 4180 and spreadsheets write it: quoted fields, doubled quotes, line breaks inside quotes, CRLF or LF, a byte order mark.

export interface CsvRow {
  /** The line the row begins on, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** A mistake in the text itself; nothing after it can be trusted. */
export class CsvError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** The rows of a text; empty lines are left out. Throws CsvError where a quote is misplaced. */
export function parseCsv(source: string): readonly CsvRow[] {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let line = 1;
  let begun = 1;
  let at = 0;
  const endRow = (): void => {
    if (fields.length > 1 || (fields[0] ?? '') !== '') rows.push({ line: begun, fields });
    fields = [];
  };
  while (at < text.length) {
    if (fields.length === 0) begun = line;
    if (text[at] === '"') {
      const opened = line;
      let value = '';
      for (;;) {
        const quote = text.indexOf('"', at + 1);
        if (quote < 0) throw new CsvError(opened, 'a quote is opened and never closed');
        const part = text.slice(at + 1, quote);
        value += part;
        line += part.split('\n').length - 1;
        at = quote + 1;
        if (text[at] !== '"') break;
        value += '"';
      }
      if (at < text.length && !/[,\r\n]/.test(text[at] ?? ''))
        throw new CsvError(line, 'a quoted field is followed by something other than a comma');
      fields.push(value);
    } else {
      let end = at;
      while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') end++;
      const value = text.slice(at, end);
      if (value.includes('"')) throw new CsvError(line, 'a quote stands inside a field that does not begin with one');
      fields.push(value);
      at = end;
    }
    if (text[at] === ',') {
      at++;
      // A comma at the very end opens one more, empty field.
      if (at === text.length || text[at] === '\n' || text[at] === '\r') fields.push('');
      else continue;
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    line++;
    endRow();
  }
  endRow();
  return rows;
}
