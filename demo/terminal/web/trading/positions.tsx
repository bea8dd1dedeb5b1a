// Positions and funds of the make-believe account.
import { useLocale, useSay } from '../words/say.ts';
import { TRADING } from '../words/trading.ts';
import { price, type Quote, quoteName } from './market.ts';

const HELD = [
  { at: 0, lots: 2, worth: 50, off: -84 },
  { at: 3, lots: 1, worth: 100, off: -12.4 },
  { at: 2, lots: -3, worth: 1000, off: 0.42 },
] as const;

export function Positions({ quotes }: { quotes: readonly Quote[] }) {
  const w = useSay(TRADING);
  const locale = useLocale();
  const rows = HELD.flatMap(({ at, lots, worth, off }) => {
    const quote = quotes[at];
    if (quote === undefined) return [];
    const average = quote.open + off;
    return [{ quote, lots, average, profit: (quote.last - average) * lots * worth }];
  });
  return (
    <section class="pane positions" aria-label={w('positions')}>
      <header class="pane-head">
        <h2>{w('positions')}</h2>
      </header>
      <Funds profit={rows.reduce((sum, row) => sum + row.profit, 0)} />
      <div class="scroll-x">
        <table>
          <thead>
            <tr>
              <th scope="col">{w('contract')}</th>
              <th scope="col">{w('side')}</th>
              <th scope="col" class="number">
                {w('quantity')}
              </th>
              <th scope="col" class="number more">
                {w('average')}
              </th>
              <th scope="col" class="number">
                {w('profit')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ quote, lots, average, profit }) => (
              <tr key={quote.code}>
                <th scope="row">
                  <strong>{quote.code}</strong> <span class="soft small more">{quoteName(quote, locale)}</span>
                </th>
                <td>{w(lots > 0 ? 'long' : 'short')}</td>
                <td class="number">{Math.abs(lots)}</td>
                <td class="number more">{price(average, quote)}</td>
                <td class={`number ${profit >= 0 ? 'up' : 'down'}`}>{money(profit, true)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Funds({ profit }: { profit: number }) {
  const w = useSay(TRADING);
  return (
    <dl class="funds">
      <div>
        <dt>{w('equity')}</dt>
        <dd>{money(1_284_600 + profit)}</dd>
      </div>
      <div>
        <dt>{w('available')}</dt>
        <dd>{money(902_310 + profit)}</dd>
      </div>
      <div>
        <dt>{w('margin')}</dt>
        <dd>{money(382_290)}</dd>
      </div>
    </dl>
  );
}

const money = (value: number, signed = false): string =>
  `${signed && value >= 0 ? '+' : ''}${Math.round(value).toLocaleString('en')}`;
