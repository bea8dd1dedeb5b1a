// What an imported row would change, as it is shown before it is done: contacts masked, what was beside what will be. What is done is what was shown: a row
// that would change something else by now is not done (OPS-01).
import { type Account, maskEmail, maskPhone } from '../account/account.ts';
import { RISK_FLAGS, type RiskFlag } from '../operator/actions.ts';
import { CHANGE_FIELDS, type ChangeField, type RowChange, type RowInput } from './bulk.ts';

/** What a row is counted and found by: that it makes an account or changes nothing, the fields it changes of one there is, what speaks for a second look. */
export const MARKS = ['new', 'same', ...CHANGE_FIELDS, ...RISK_FLAGS] as const;
export type Mark = (typeof MARKS)[number];
export type Marked = Readonly<Partial<Record<Mark, number>>>;

type Shown = Pick<Account, 'name' | 'phone' | 'email' | 'cohort'> & { readonly locale: string };

/** The change from an account as it is (undefined: none) to as it would be; of what the row names only. */
export function changeOf(before: Shown | undefined, after: Shown, input: RowInput): RowChange {
  const fields = CHANGE_FIELDS.filter(
    (field) => input[field] !== undefined && (before?.[field] ?? null) !== after[field],
  ).map((field) => ({ field, from: masked(field, before?.[field] ?? null), to: masked(field, after[field]) }));
  return { isNew: before === undefined, fields };
}

/** Whether two are the same to whoever was shown one of them. */
export const isSameChange = (one: RowChange | null, other: RowChange): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Nothing would be another afterwards. */
export const changesNothing = ({ isNew, fields }: RowChange): boolean => !isNew && fields.length === 0;

/** The marks of a row. */
export function marksOf(change: RowChange | null, flags: readonly RiskFlag[]): readonly Mark[] {
  if (change === null) return flags;
  if (change.isNew) return ['new', ...flags];
  return changesNothing(change) ? ['same', ...flags] : [...change.fields.map(({ field }) => field), ...flags];
}

const masked = (field: ChangeField, value: string | null): string | null =>
  value === null ? null : field === 'phone' ? maskPhone(value) : field === 'email' ? maskEmail(value) : value;
