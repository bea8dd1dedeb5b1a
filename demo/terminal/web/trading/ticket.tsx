// The order ticket. Nothing is traded: the page says so and keeps the order to itself.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Note } from '../ui/note.tsx';
import { useSay } from '../words/say.ts';
import { TRADING } from '../words/trading.ts';
import { price, type Quote } from './market.ts';

export function Ticket({ quote }: { quote: Quote }) {
  const w = useSay(TRADING);
  const [side, setSide] = useState<'buy' | 'sell'>('buy');
  const [quantity, setQuantity] = useState('1');
  const [at, setAt] = useState(price(quote.last, quote));
  const [said, setSaid] = useState('');
  // Another contract has another price; the same one keeps what was typed while the market moves.
  useEffect(() => {
    setAt(price(quote.last, quote));
    setSaid('');
  }, [quote.code]);

  const submit = (event: Event): void => {
    event.preventDefault();
    setSaid(w('taken', { side: w(side), contract: quote.code, quantity, price: at }));
  };
  return (
    <section class="pane ticket" aria-label={w('ticket')}>
      <header class="pane-head">
        <h2>{w('ticket')}</h2>
        <span class="soft">{quote.code}</span>
      </header>
      <form class="stack" onSubmit={submit}>
        <div class="sides" role="group" aria-label={w('side')}>
          {(['buy', 'sell'] as const).map((one) => (
            <button key={one} type="button" class={one} aria-pressed={side === one} onClick={() => setSide(one)}>
              {w(one)}
            </button>
          ))}
        </div>
        <div class="pair">
          <Field
            label={w('price')}
            value={at}
            onValue={setAt}
            inputMode="decimal"
            pattern="[0-9]+([.][0-9]+)?"
            required
          />
          <Field
            label={w('quantity')}
            value={quantity}
            onValue={setQuantity}
            inputMode="numeric"
            pattern="[1-9][0-9]{0,3}"
            required
          />
        </div>
        <Button look={side} type="submit" wide>
          {w(side === 'buy' ? 'submitBuy' : 'submitSell', { quantity })}
        </Button>
        {said === '' ? <p class="soft small">{w('demoOnly')}</p> : <Note tone="good">{said}</Note>}
      </form>
    </section>
  );
}
