// What bulk work would change, in words: how many of each for whoever decides, and old beside new in each row.
import { Text } from '@mantine/core';
import { useNumbers } from '../parts/numbers.ts';
import { useWords, words } from '../parts/words.tsx';
import type { BulkJob, BulkRows } from './types.ts';

export type Changes = NonNullable<BulkJob['changes']>;
type Row = BulkRows['items'][number];
export type ChangeMark = keyof Changes;

/** In the order of how much they say. */
export const CHANGE_MARKS = [
  'new',
  'phone',
  'email',
  'name',
  'cohort',
  'locale',
  'same',
] as const satisfies readonly ChangeMark[];

export const MARKS = words({
  new: ['新账号', '新帳戶', 'New accounts'],
  phone: ['手机号码更改', '手機號碼更改', 'Phones changed'],
  email: ['邮箱更改', '電郵更改', 'Mail addresses changed'],
  name: ['姓名更改', '姓名更改', 'Names changed'],
  cohort: ['分组更改', '分組更改', 'Cohorts changed'],
  locale: ['语言更改', '語言更改', 'Languages changed'],
  same: ['无变化', '無變化', 'Nothing changed'],
});

const FIELDS = words({
  name: ['姓名', '姓名', 'Name'],
  phone: ['手机号码', '手機號碼', 'Phone'],
  email: ['邮箱', '電郵', 'Mail'],
  cohort: ['分组', '分組', 'Cohort'],
  locale: ['语言', '語言', 'Language'],
  isNew: ['新账号', '新帳戶', 'New account'],
  nothing: ['无变化', '無變化', 'Nothing'],
  none: ['（空）', '（空）', '(empty)'],
});

/** How many rows make or change what; what none does is left out. */
export function useChanges(): (changes: Changes | undefined) => readonly string[] {
  const t = useWords(MARKS);
  const n = useNumbers();
  return (changes) =>
    changes === undefined
      ? []
      : CHANGE_MARKS.flatMap((mark) => (changes[mark] === 0 ? [] : [`${t[mark]} ${n.count(changes[mark])}`]));
}

/** What a row changes: old, then new. */
export function RowChanges({ row: { isNew, changes } }: { readonly row: Row }) {
  const t = useWords(FIELDS);
  if (changes === undefined) return null;
  if (changes.length === 0) return <Text size="sm">{isNew === true ? t.isNew : t.nothing}</Text>;
  return (
    <>
      {isNew === true ? <Text size="sm">{t.isNew}</Text> : null}
      {changes.map(({ field, from, to }) => (
        <Text size="sm" key={field}>
          {`${t[field]}: `}
          {isNew === true ? null : `${from ?? t.none} → `}
          <strong>{to ?? t.none}</strong>
        </Text>
      ))}
    </>
  );
}
