// Instants as people of a language write them, in the person's own time zone and naming it (NF-1).
import type { Locale } from './say.ts';

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const sameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();
const isToday = (at: Date): boolean => sameDay(at, new Date());

const format = (at: Date, locale: Locale, parts: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, parts).format(at);

/** When something ends: with zone; today's without the date. */
export function showTime(instant: string | number, locale: Locale): string {
  const at = new Date(instant);
  const day = isToday(at) ? {} : ({ month: 'short', day: 'numeric' } as const);
  return `${format(at, locale, { ...day, ...CLOCK })} ${zoneOf(at, locale)}`;
}

/** The zone by the name people here use for it; others by their short name. */
function zoneOf(at: Date, locale: Locale): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const known = ZONES[timeZone];
  if (known !== undefined) return known[locale];
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
const BEIJING = { 'zh-CN': '北京时间', 'zh-HK': '北京時間', en: 'China time' };
const ZONES: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  'Asia/Hong_Kong': { 'zh-CN': '香港时间', 'zh-HK': '香港時間', en: 'HKT' },
  'Asia/Shanghai': BEIJING,
  'Asia/Urumqi': BEIJING,
};

/** A day: without the year when it is this one. */
export function showDay(instant: string | number, locale: Locale): string {
  const at = new Date(instant);
  const year = at.getFullYear() === new Date().getFullYear() ? {} : ({ year: 'numeric' } as const);
  return format(at, locale, { ...year, month: 'short', day: 'numeric' });
}

/** When something happened: today by the clock, otherwise by day and clock. */
export function showWhen(instant: string | number, locale: Locale): string {
  const at = new Date(instant);
  if (isToday(at)) return `${TODAY[locale]} ${format(at, locale, CLOCK)}`;
  return `${showDay(instant, locale)} ${format(at, locale, CLOCK)}`;
}

const TODAY: Readonly<Record<Locale, string>> = { 'zh-CN': '今天', 'zh-HK': '今日', en: 'today' };

/** Seconds as a countdown reads them: 0:58, 9:05, 23:58:01. */
export function showLeft(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
