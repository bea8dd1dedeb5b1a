// Which of our languages a caller reads (RFC 9110 §12.5.4).
import { LOCALES, type Locale } from '../../contract/problems.ts';

/** The language of ours that Accept-Language prefers; English when it names none. Reads the first 200 characters. */
export function localeOf(request: {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}): Locale {
  const header = request.headers['accept-language'];
  if (typeof header !== 'string') return 'en';
  let best: Locale = 'en';
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
