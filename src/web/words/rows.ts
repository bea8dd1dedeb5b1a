// Words in three languages, for whatever draws them: pages, and the mini-program, which is no browser. A row is a tuple of three, so a missing language does not compile.

export const LOCALES = ['zh-CN', 'zh-HK', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export type Words = readonly [zhCN: string, zhHK: string, en: string];
export type Members = Readonly<Record<string, string | number>>;

const HAN = /[\u3400-\u9fff]/;
const LATIN = /[A-Za-z]/;
/** What stands between two characters: Chinese and Latin letters are set apart, whichever of them a member happens to bring. */
const between = (one: string, other: string): string =>
  (HAN.test(one) && LATIN.test(other)) || (LATIN.test(one) && HAN.test(other)) ? ' ' : '';

/** One row in one language, with `{name}` filled from `members`; a name without a member leaves nothing. */
export function say(words: Words, locale: Locale, members: Members = {}): string {
  const row = words[LOCALES.indexOf(locale)] ?? '';
  return row.replace(/\{(\w+)\}/g, (whole, name: string, at: number) => {
    const member = String(members[name] ?? '');
    return `${between(row.charAt(at - 1), member.charAt(0))}${member}${between(member.slice(-1), row.charAt(at + whole.length))}`;
  });
}

/** The first language of the browser that we speak, else `otherwise`. Traditional script means Hong Kong's words. */
export function preferredLocale(tags: readonly string[], otherwise: Locale = 'en'): Locale {
  for (const tag of tags) {
    if (/^zh\b.*\b(Hant|HK|TW|MO)\b/i.test(tag)) return 'zh-HK';
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return otherwise;
}

/** What a page's `lang` says of each. */
export const LANG: Readonly<Record<Locale, string>> = { 'zh-CN': 'zh-Hans-CN', 'zh-HK': 'zh-Hant-HK', en: 'en' };
