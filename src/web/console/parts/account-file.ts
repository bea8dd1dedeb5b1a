// A file or a list of accounts in the pages: read as the command reads one, and what is wrong with it in the reader's language.
import { AccountFileError, type FileFault } from '../../../contract/account-file.ts';
import { Utf8Error } from '../../../contract/utf8.ts';
import { useWords } from './words.tsx';

type Told = (line: number, value: string) => string;
type Say = readonly [Told, Told, Told];
const W: Readonly<Record<FileFault | 'utf8', Say>> = {
  utf8: [
    (line) => `第 ${line} 行不是 UTF-8 编码。请另存为 UTF-8（Excel 中选“CSV UTF-8”）后重新选择。`,
    (line) => `第 ${line} 行並非 UTF-8 編碼。請另存為 UTF-8（Excel 中選「CSV UTF-8」）後重新選擇。`,
    (line) => `Line ${line} is not UTF-8. Save the file as UTF-8 (in Excel: “CSV UTF-8”) and choose it again.`,
  ],
  empty: [() => '没有账号。', () => '沒有帳戶。', () => 'There is no account in it.'],
  quotes: [
    (line) => `第 ${line} 行的引号有误，请改正后重试。`,
    (line) => `第 ${line} 行的引號有誤，請更正後重試。`,
    (line) => `A quote is misplaced on line ${line}. Correct it and try again.`,
  ],
  separator: [
    () => '各列须以逗号分隔。请另存为以逗号分隔的 CSV 后重试。',
    () => '各欄須以逗號分隔。請另存為以逗號分隔的 CSV 後重試。',
    () => 'The columns are not separated by commas. Save it as CSV with commas and try again.',
  ],
  'no-account': [
    () => '首行须有名为 account 的列。',
    () => '首行須有名為 account 的欄。',
    () => 'The first row must name a column account.',
  ],
  'unknown-column': [
    (_, value) => `首行中的“${value}”不是可用的列名。可用：account、name、phone、email、cohort、locale。`,
    (_, value) => `首行中的「${value}」並非可用的欄名。可用：account、name、phone、email、cohort、locale。`,
    (_, value) => `“${value}” in the first row is no column. There are account, name, phone, email, cohort and locale.`,
  ],
  'column-twice': [
    () => '首行中有重复的列名。',
    () => '首行中有重複的欄名。',
    () => 'A column is named twice in the first row.',
  ],
  head: [
    (_, value) => `首行“${value}”像是列名。列名请用 account；若它是账号，请移到其他行。`,
    (_, value) => `首行「${value}」似是欄名。欄名請用 account；若它是帳戶，請移到其他行。`,
    (_, value) =>
      `The first line “${value}” looks like the head of a column. Call it account; if it is an account, put it on another line.`,
  ],
};

/** What is wrong with a file, in words; null where it is something else that was thrown. */
export function useFileFault(): (error: unknown) => string | null {
  const t = useWords(W);
  return (error) => {
    if (error instanceof Utf8Error) return t.utf8(error.line, '');
    return error instanceof AccountFileError ? t[error.fault](error.line, error.value) : null;
  };
}
