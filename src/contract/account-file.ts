// A file of accounts, read in one way by the command and by the console: UTF-8, commas, columns named in the first row. What is not plain is refused with its
// line; a file that is only nearly right would put one customer's number into another's account.
import { CsvError, parseCsv } from './csv.ts';

/** What an account's row may say in the console; the command takes a password too. */
export const ACCOUNT_COLUMNS = ['account', 'name', 'phone', 'email', 'cohort', 'locale'] as const;

/** Why a whole file is refused. */
export type FileFault = 'empty' | 'quotes' | 'separator' | 'no-account' | 'unknown-column' | 'column-twice' | 'head';

/** A file that is not read any further; `value` is what stands there. */
export class AccountFileError extends Error {
  readonly fault: FileFault;
  readonly line: number;
  readonly value: string;
  constructor(fault: FileFault, line: number, value: string, message: string) {
    super(message);
    this.fault = fault;
    this.line = line;
    this.value = value;
  }
}

export interface AccountLine<Column extends string> {
  /** The line the row begins on, from 1. */
  readonly line: number;
  /** What the row says; empty fields are left out. */
  readonly given: Readonly<Partial<Record<Column, string>>>;
  /** Why the row cannot be used: it has not as many fields as there are columns. */
  readonly fault: string | null;
}

export interface AccountFile<Column extends string> {
  /** The columns in the file's order. */
  readonly columns: readonly Column[];
  readonly rows: readonly AccountLine<Column>[];
}

/** The rows of a text. `mayBeList`: it may also be one account a line, without a head. Throws AccountFileError. */
export function readAccounts<Column extends string>(
  text: string,
  known: readonly Column[],
  { mayBeList }: { readonly mayBeList: boolean },
): AccountFile<Column | 'account'> {
  const rows = rowsOf(text);
  const [head, ...rest] = rows;
  const listed = known.join(',');
  if (head === undefined)
    throw new AccountFileError('empty', 1, '', `is empty: the first row must name the columns (${listed})`);
  const { line, fields } = head;
  const names = fields.map((name) => name.trim().toLowerCase());
  if (fields.length === 1 && /[;\t；，]/.test(names[0] ?? ''))
    throw new AccountFileError('separator', line, fields[0] ?? '', 'the fields are not separated by commas');
  const isList = mayBeList && fields.length === 1 && !known.some((one) => one === names[0]);
  if (
    isList &&
    looksLikeHead(
      fields[0] ?? '',
      rest.map((row) => row.fields[0] ?? ''),
    )
  )
    throw new AccountFileError(
      'head',
      line,
      fields[0] ?? '',
      `"${fields[0]}" looks like the head of a column: call it account`,
    );
  const columns: readonly (Column | 'account')[] = isList
    ? ['account']
    : names.map((name, at) => columnOf(name, fields[at] ?? '', known, line));
  if (!columns.some((column) => column === 'account'))
    throw new AccountFileError(
      'no-account',
      line,
      '',
      `the first row must name the columns, account among them (${listed})`,
    );
  if (new Set(columns).size < columns.length)
    throw new AccountFileError('column-twice', line, '', 'a column is named twice');
  return { columns, rows: (isList ? rows : rest).map((row) => read(row, columns, isList)) };
}

function rowsOf(text: string): ReturnType<typeof parseCsv> {
  try {
    return parseCsv(text);
  } catch (error) {
    if (error instanceof CsvError) throw new AccountFileError('quotes', error.line, '', error.message);
    throw error;
  }
}

function columnOf<Column extends string>(name: string, shown: string, known: readonly Column[], line: number): Column {
  const column = known.find((one) => one === name);
  if (column !== undefined) return column;
  throw new AccountFileError(
    'unknown-column',
    line,
    shown,
    `there is no column "${shown}"; there are ${known.join(', ')}`,
  );
}

/** Accounts have a digit almost everywhere: one line without, before lines with, names a column. */
const looksLikeHead = (first: string, others: readonly string[]): boolean =>
  !/\p{Nd}/u.test(first) && others.some((other) => /\p{Nd}/u.test(other));

function read<Column extends string>(
  { line, fields }: { readonly line: number; readonly fields: readonly string[] },
  columns: readonly Column[],
  isList: boolean,
): AccountLine<Column> {
  const given: Partial<Record<Column, string>> = {};
  for (const [at, column] of columns.entries()) {
    // A password is taken as it is; elsewhere blanks around a value are a spreadsheet's.
    const value = column === 'password' ? fields[at] : fields[at]?.trim();
    if (value !== undefined && value !== '') given[column] = value;
  }
  return { line, given, fault: faultOf(fields, columns.length, isList) };
}

function faultOf(fields: readonly string[], columns: number, isList: boolean): string | null {
  if (fields.length !== columns) return `has ${fields.length} fields where the first row names ${columns}`;
  if (!isList) return null;
  return /[;\t；，]/.test(fields[0] ?? '') ? 'is more than one account' : null;
}
