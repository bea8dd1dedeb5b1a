// A file of accounts for a command: the reading is the console's too, and stops with the file's name and line.
import { AccountFileError, type AccountLine, readAccounts } from '../contract/account-file.ts';
import { readText } from './policy-file.ts';
import { Stop } from './terminal.ts';

/** The rows of a file, each with what is wrong with it; stops where the file as a whole cannot be read. */
export function linesOf<Column extends string>(
  file: string,
  columns: readonly Column[],
  mayBeList: boolean,
): readonly AccountLine<Column | 'account'>[] {
  const text = readText(file);
  try {
    return readAccounts(text, columns, { mayBeList }).rows;
  } catch (error) {
    if (!(error instanceof AccountFileError)) throw error;
    const { fault, line, message } = error;
    throw new Stop('failed', fault === 'empty' ? `${file} ${message}` : `${file}:${line}: ${message}`, { line }, error);
  }
}
