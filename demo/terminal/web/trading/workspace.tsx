// The trading screen: one market, shown whole on a desktop and by tab on a phone.
import { useState } from 'preact/hooks';
import { Chart, Depth } from './chart.tsx';
import { type Quote, useMarket } from './market.ts';
import { Positions } from './positions.tsx';
import { Quotes } from './quotes.tsx';
import { Ticket } from './ticket.tsx';

export type Tab = 'quotes' | 'trade' | 'positions';

export function Workspace({ tab }: { tab?: Tab }) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const [running, setRunning] = useState(!calm);
  const quotes = useMarket(running);
  const [code, setCode] = useState('');
  const quote: Quote | undefined = quotes.find((one) => one.code === code) ?? quotes[0];
  if (quote === undefined) return null;
  const shows = (one: Tab): boolean => tab === undefined || tab === one;
  return (
    <div class={tab === undefined ? 'workspace' : 'workspace by-tab'}>
      {shows('quotes') && (
        <Quotes quotes={quotes} chosen={quote.code} onChoose={setCode} running={running} onRunning={setRunning} />
      )}
      {(shows('quotes') || shows('trade')) && <Chart quote={quote} />}
      {shows('trade') && <Ticket quote={quote} />}
      {shows('trade') && <Depth quote={quote} />}
      {shows('positions') && <Positions quotes={quotes} />}
    </div>
  );
}
