// The languages by their own names, as those who read them look for them.
import type { Locale } from './rows.ts';

export const LOCALE_NAMES: Readonly<Record<Locale, string>> = {
  'zh-CN': '简体中文',
  'zh-HK': '繁體中文（香港）',
  en: 'English',
};
