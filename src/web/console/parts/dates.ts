// Instants as people read them: in their language, and in the time zone of their browser (NF-1).
import { useMemo } from 'react';
import { LANG } from '../../words/rows.ts';
import { useLocale } from './words.tsx';

/** From longest to shortest, in seconds. */
const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

export interface Dates {
  /** 2026-11-20 14:05:09. */
  at(iso: string): string;
  /** The day alone. Days without a time (`2026-11-20`) are days wherever one is. */
  day(iso: string): string;
  /** "3 minutes ago", "in 2 hours". */
  ago(iso: string): string;
}

export function useDates(): Dates {
  const locale = useLocale();
  return useMemo(() => {
    const tag = LANG[locale];
    const at = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium' });
    const day = new Intl.DateTimeFormat(tag, { dateStyle: 'medium' });
    const bare = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
    const ago = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
    return {
      at: (iso) => at.format(new Date(iso)),
      day: (iso) => (/^\d{4}-\d\d-\d\d$/.test(iso) ? bare : day).format(new Date(iso)),
      ago(iso) {
        const seconds = (Date.parse(iso) - Date.now()) / 1000;
        const [unit, size] = UNITS.find(([, s]) => Math.abs(seconds) >= s) ?? ['second', 1];
        return ago.format(Math.round(seconds / size), unit);
      },
    };
  }, [locale]);
}
