// Instants for people: in their own time zone, which is named.
import type { Locale } from '../words/say.ts';

export function When({ at, locale }: { at: string; locale: Locale }) {
  return <time dateTime={at}>{whenText(at, locale)}</time>;
}

/** Date, time and zone, in this order in every language; unreadable instants are shown as they came. */
export function whenText(at: string, locale: Locale): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(date);
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date);
  const parts = new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZoneName: 'short' }).formatToParts(date);
  const zone = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${day} ${time} ${zone}`;
}
