// A browser as a person would name it, from what it says of itself (User-Agent, RFC 9110 §10.1.5). Anyone can write anything there: it helps to
// recognise an attempt and decides nothing.

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bMicroMessenger\/(\d+)/, 'WeChat'],
  [/\bEdg(?:A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\bFxiOS\/(\d+)/, 'Firefox'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\bCriOS\/(\d+)/, 'Chrome'],
  [/\bChrome\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bHarmonyOS\b|\bOpenHarmony\b/, 'HarmonyOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** `Chrome 147 · Windows`; what is known of it when only that is; otherwise its own first words. Empty for null. */
export function browserName(userAgent: string | null): string {
  if (userAgent === null) return '';
  const known = BROWSERS.map(([pattern, name]) => ({ found: pattern.exec(userAgent), name })).find((one) => one.found);
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const parts = [known === undefined ? undefined : `${known.name} ${known.found?.[1] ?? ''}`, system];
  const named = parts.filter((part) => part !== undefined).join(' · ');
  return named === '' ? Array.from(userAgent).slice(0, 60).join('') : named;
}
