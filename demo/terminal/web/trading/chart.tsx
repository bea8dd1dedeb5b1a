// Today's line of one contract, and its order book.
import { useLocale, useSay } from '../words/say.ts';
import { TRADING } from '../words/trading.ts';
import { change, price, type Quote, quoteName } from './market.ts';
import { Change } from './quotes.tsx';

const width = 480;
const height = 150;

export function Chart({ quote }: { quote: Quote }) {
  const w = useSay(TRADING);
  const locale = useLocale();
  const name = quoteName(quote, locale);
  const low = Math.min(...quote.day, quote.open);
  const span = Math.max(...quote.day, quote.open) - low || 1;
  const y = (value: number): number => 8 + (height - 16) * (1 - (value - low) / span);
  const line = quote.day
    .map((value, at) => `${(at * width) / (quote.day.length - 1)} ${y(value).toFixed(1)}`)
    .join('L');
  return (
    <section class={`pane chart ${change(quote) >= 0 ? 'rising' : 'falling'}`} aria-label={w('chart')}>
      <header class="pane-head">
        <div>
          <h2>
            {quote.code} <span class="soft">{name}</span>
          </h2>
        </div>
        <p class="chart-last">
          <span class="digits big">{price(quote.last, quote)}</span> <Change quote={quote} />
        </p>
      </header>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={w('chartAlt', { name, last: price(quote.last, quote) })}
      >
        <path class="area" d={`M0 ${height}L${line}L${width} ${height}Z`} />
        <path class="open" d={`M0 ${y(quote.open)}H${width}`} />
        <path class="line" d={`M${line}`} />
      </svg>
    </section>
  );
}

export function Depth({ quote }: { quote: Quote }) {
  const w = useSay(TRADING);
  const level = (side: 1 | -1, at: number) => {
    const value = quote.last + side * quote.tick * at;
    const lots = ((Math.abs(Math.round(value / quote.tick)) * 7919) % 46) + 3;
    return (
      <li key={at}>
        <span class="soft">{at}</span>
        <span class={side > 0 ? 'down' : 'up'}>{price(value, quote)}</span>
        <span>{lots}</span>
        <meter min={0} max={48} value={lots} aria-hidden="true" />
      </li>
    );
  };
  return (
    <section class="pane depth" aria-label={w('depth')}>
      <header class="pane-head">
        <h2>{w('depth')}</h2>
      </header>
      <ol aria-label={w('ask')}>{[5, 4, 3, 2, 1].map((at) => level(1, at))}</ol>
      <ol aria-label={w('bid')}>{[1, 2, 3, 4, 5].map((at) => level(-1, at))}</ol>
    </section>
  );
}
