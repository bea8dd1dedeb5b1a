// A make-believe market: six contracts whose prices wander a little. Seeded, so that pictures and tests look alike.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Locale, say, type Words } from '../words/say.ts';

export interface Quote {
  readonly code: string;
  readonly name: Words;
  /** Digits after the point. */
  readonly digits: number;
  readonly tick: number;
  readonly open: number;
  readonly last: number;
  readonly volume: number;
  readonly interest: number;
  readonly day: readonly number[];
  /** Which way the last change went, and when, for the flash. */
  readonly moved: -1 | 0 | 1;
}

const CONTRACTS = [
  {
    root: 'HSI',
    name: ['恒生指数', '恒生指數', 'Hang Seng Index'],
    digits: 0,
    tick: 1,
    open: 26480,
    volume: 84210,
    interest: 118302,
  },
  {
    root: 'CN',
    name: ['富时中国 A50', '富時中國 A50', 'FTSE China A50'],
    digits: 1,
    tick: 2.5,
    open: 15212.5,
    volume: 301877,
    interest: 902114,
  },
  {
    root: 'CL',
    name: ['WTI 原油', 'WTI 原油', 'WTI crude oil'],
    digits: 2,
    tick: 0.01,
    open: 61.38,
    volume: 221406,
    interest: 331870,
  },
  {
    root: 'GC',
    name: ['COMEX 黄金', 'COMEX 黃金', 'COMEX gold'],
    digits: 1,
    tick: 0.1,
    open: 4088.6,
    volume: 167305,
    interest: 402981,
  },
  {
    root: 'ES',
    name: ['迷你标普 500', '迷你標普 500', 'E-mini S&P 500'],
    digits: 2,
    tick: 0.25,
    open: 6712.25,
    volume: 948120,
    interest: 2104533,
  },
  {
    root: 'ZS',
    name: ['CBOT 大豆', 'CBOT 大豆', 'CBOT soybeans'],
    digits: 2,
    tick: 0.25,
    open: 1128.75,
    volume: 99812,
    interest: 340277,
  },
] as const;

export const quoteName = (quote: Quote, locale: Locale): string => say(quote.name, locale);
export const price = (value: number, { digits }: { digits: number }): string => value.toFixed(digits);
export const change = ({ last, open }: Quote): number => last - open;

/** A small, repeatable generator (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const snap = (value: number, tick: number): number => Math.round(value / tick) * tick;

function start(): Quote[] {
  const random = chance(20261120);
  const next = new Date();
  next.setMonth(next.getMonth() + 1, 1);
  const month = `${String(next.getFullYear()).slice(2)}${String(next.getMonth() + 1).padStart(2, '0')}`;
  return CONTRACTS.map((contract) => {
    const drift = (random() - 0.45) * contract.open * 0.0002;
    let last: number = contract.open;
    const day = Array.from({ length: 96 }, () => {
      last = snap(last + drift + (random() - 0.5) * contract.open * 0.0016, contract.tick);
      return last;
    });
    return { ...contract, code: `${contract.root}${month}`, last, day, moved: 0 };
  });
}

/** The quotes, moving while `running` and the page is visible. */
export function useMarket(running: boolean): readonly Quote[] {
  const [quotes, set] = useState(start);
  const random = useMemo(() => chance(7), []);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => {
      if (document.hidden) return;
      const which = Math.floor(random() * CONTRACTS.length);
      set((now) =>
        now.map((quote, at) =>
          at === which ? move(quote, random) : quote.moved === 0 ? quote : { ...quote, moved: 0 },
        ),
      );
    }, 1200);
    return () => clearInterval(timer);
  }, [running, random]);
  return quotes;
}

function move(quote: Quote, random: () => number): Quote {
  const steps = Math.ceil(random() * 3) * (random() < 0.5 ? -1 : 1);
  const last = snap(quote.last + steps * quote.tick, quote.tick);
  const lots = Math.ceil(random() * 20);
  return { ...quote, last, volume: quote.volume + lots, day: [...quote.day.slice(1), last], moved: steps < 0 ? -1 : 1 };
}
