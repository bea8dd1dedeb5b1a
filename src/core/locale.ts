// The three languages people read.

export type Locale = 'zh-CN' | 'zh-HK' | 'en';
/** A text in every language. */
export type Words = Readonly<Record<Locale, string>>;
