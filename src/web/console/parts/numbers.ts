// Numbers and shares as people read them, in their language.
import { useMemo } from 'react';
import { LANG } from '../../words/rows.ts';
import { useLocale } from './words.tsx';

export interface Numbers {
  /** 12,345. */
  count(n: number): string;
  /** 0.814 → 81.4%. */
  share(part: number): string;
}

export function useNumbers(): Numbers {
  const locale = useLocale();
  return useMemo(() => {
    const count = new Intl.NumberFormat(LANG[locale], { maximumFractionDigits: 1 });
    const share = new Intl.NumberFormat(LANG[locale], { style: 'percent', maximumFractionDigits: 1 });
    return { count: (n) => count.format(n), share: (part) => share.format(part) };
  }, [locale]);
}
