// Which of our languages a caller reads (RFC 9110 §12.5.4).
import { LOCALES, type Locale } from '../../contract/problems.ts';

interface Asking {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The language problems are told in: the one asked for, or English. */
export const localeOf = (request: Asking): Locale => askedLocale(request) ?? 'en';

/** The language of ours that Accept-Language prefers; null when it names none. Reads the first 200 characters. */
export function askedLocale(request: Asking): Locale | null {
  const header = request.headers['accept-language'];
  if (typeof header !== 'string') return null;
  let best: Locale | null = null;
  let weight = 0;
  for (const part of header.slice(0, 200).split(',')) {
    const [tag = '', ...parameters] = part.split(';');
    const ours = localeFor(tag.trim().toLowerCase());
    const q = Number(/^\s*q=([\d.]+)\s*$/.exec(parameters[0] ?? '')?.[1] ?? 1);
    // Equal weights: the first one named.
    if (ours === undefined || !(q > weight)) continue;
    best = ours;
    weight = q;
  }
  return best;
}

function localeFor(tag: string): Locale | undefined {
  const exact = LOCALES.find((locale) => locale.toLowerCase() === tag);
  if (exact !== undefined) return exact;
  if (/^zh-(hant|hk|tw|mo)\b/.test(tag)) return 'zh-HK';
  if (/^zh\b/.test(tag)) return 'zh-CN';
  return /^en\b/.test(tag) ? 'en' : undefined;
}
