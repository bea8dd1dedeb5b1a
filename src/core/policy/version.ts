// Client versions: numbers joined by dots, compared number by number, missing parts 0 (ES-1.1: 9.3.43.1175 > 9.3.9.9999).

import { sameText } from '../text-key.ts';

export type Version = readonly number[];

/** Versions are few, and asked for at every login. */
const parsed = new Map<string, Version | undefined>();
const MOST = 256;

/** Parses `9.3.43.1175`; undefined for anything else. Digits only, at most 12 parts of 9 digits: no signs, suffixes, spaces. */
export function parseVersion(text: string): Version | undefined {
  const same = sameText(text);
  if (parsed.has(same)) return parsed.get(same);
  const version = versionOf(same);
  if (parsed.size < MOST) parsed.set(same, version);
  return version;
}

function versionOf(text: string): Version | undefined {
  if (!/^\d{1,9}(\.\d{1,9}){0,11}$/.test(text)) return undefined;
  return text.split('.').map(Number);
}

/** Negative when `a` is older than `b`, 0 when equal, positive when newer. */
export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
