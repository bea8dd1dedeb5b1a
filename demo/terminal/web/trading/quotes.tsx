// The quotes board. Choosing a row chooses the contract for chart, book and ticket.
import { IconButton } from '../ui/button.tsx';
import { useLocale, useSay } from '../words/say.ts';
import { TRADING } from '../words/trading.ts';
import { change, price, type Quote, quoteName } from './market.ts';

interface Props {
  quotes: readonly Quote[];
  chosen: string;
  onChoose: (code: string) => void;
  running: boolean;
  onRunning: (running: boolean) => void;
}

export function Quotes({ quotes, chosen, onChoose, running, onRunning }: Props) {
  const w = useSay(TRADING);
  const locale = useLocale();
  return (
    <section class="pane quotes" aria-label={w('quotes')}>
      <header class="pane-head">
        <h2>{w('quotes')}</h2>
        <IconButton
          icon={running ? 'pause' : 'play'}
          label={w(running ? 'pause' : 'resume')}
          onClick={() => onRunning(!running)}
          size={18}
        />
      </header>
      <div class="scroll-x">
        <table>
          <thead>
            <tr>
              <th scope="col">{w('contract')}</th>
              <th scope="col" class="number">
                {w('last')}
              </th>
              <th scope="col" class="number">
                {w('change')}
              </th>
              <th scope="col" class="number more">
                {w('bid')}
              </th>
              <th scope="col" class="number more">
                {w('ask')}
              </th>
              <th scope="col" class="number more">
                {w('volume')}
              </th>
              <th scope="col" class="number most">
                {w('interest')}
              </th>
            </tr>
          </thead>
          <tbody>
            {quotes.map((quote) => (
              <tr key={quote.code} class={quote.code === chosen ? 'chosen' : undefined}>
                <th scope="row">
                  <button type="button" aria-pressed={quote.code === chosen} onClick={() => onChoose(quote.code)}>
                    <strong>{quote.code}</strong>
                    <span class="soft small">{quoteName(quote, locale)}</span>
                  </button>
                </th>
                <td class={`number ${quote.moved === 0 ? '' : quote.moved > 0 ? 'flash-up' : 'flash-down'}`}>
                  {price(quote.last, quote)}
                </td>
                <td class="number">
                  <Change quote={quote} />
                </td>
                <td class="number more">{price(quote.last - quote.tick, quote)}</td>
                <td class="number more">{price(quote.last + quote.tick, quote)}</td>
                <td class="number more soft">{quote.volume.toLocaleString('en')}</td>
                <td class="number most soft">{quote.interest.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** A change with its arrow, so that colour is never the only sign; red or green for up depends on the place. */
export function Change({ quote }: { quote: Quote }) {
  const w = useSay(TRADING);
  const by = change(quote);
  const percent = ((by / quote.open) * 100).toFixed(2);
  return (
    <span class={by >= 0 ? 'up' : 'down'}>
      <span aria-hidden="true">{by >= 0 ? '▲' : '▼'}</span>
      <span class="unseen">{w(by >= 0 ? 'up' : 'down')} </span>
      {percent.replace('-', '')}%
    </span>
  );
}
