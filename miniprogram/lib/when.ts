// When something happened, by the clock and calendar of the person's phone (NF-1). WeChat has no Intl on every phone, so it is put together here.
import { type Locale, say, type Words } from '../../src/web/words/rows.ts';

const TODAY: Words = ['今天', '今日', 'today'];
const DAY: Words = ['{month}月{day}日', '{month}月{day}日', '{day} {name}'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

const two = (n: number): string => String(n).padStart(2, '0');

/** An instant (ISO 8601), today's by the clock alone; `now` in ms. */
export function showWhen(instant: string, now: number, locale: Locale): string {
  const at = new Date(instant);
  const isToday = at.toDateString() === new Date(now).toDateString();
  const members = { month: at.getMonth() + 1, day: at.getDate(), name: MONTHS[at.getMonth()] ?? '' };
  return `${say(isToday ? TODAY : DAY, locale, members)} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
