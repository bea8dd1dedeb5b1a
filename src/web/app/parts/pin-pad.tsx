// Where a PIN is typed: our own keys and the keyboard's, no text field, so that the digits are never a text on the page
// and no password manager or autofill keeps them.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useSay } from '../../words/say.ts';
import { type Bytes, toBase64Url } from '../pin/bytes.ts';
import type { Kdf } from '../pin/stretch.ts';
import { Typing, type Vault } from '../pin/vault.ts';
import { PIN_DIGITS } from '../pin/weak.ts';
import { PIN } from '../words/pin.ts';

interface Props {
  title: string;
  text?: string;
  /** With these, M is begun while digits are typed, and `vault()` gives it. */
  ahead: { readonly salt: Bytes; readonly kdf: Kdf } | null;
  /** The digits, which the taker wipes. Afterwards the pad is empty again. */
  onDone: (digits: Bytes, vault: () => Vault) => void;
  busy?: boolean;
  /** What is being done while busy. */
  doing?: string;
  /** Shown above the keys: what went wrong before, a choice. */
  children?: ComponentChildren;
  /** In the lower left corner of the keys. */
  corner?: ComponentChildren;
  below?: ComponentChildren;
}

export function PinPad(props: Props) {
  const { title, text, ahead, onDone, busy = false, doing, children, corner, below } = props;
  const w = useSay(PIN);
  const typing = useRef<Typing | null>(null);
  const [count, setCount] = useState(0);
  const [short, setShort] = useState(false);
  // The account is read anew now and then; only another salt or kind of stretching begins the PIN anew.
  const salted = ahead === null ? '' : toBase64Url(ahead.salt) + JSON.stringify(ahead.kdf);
  useLayoutEffect(() => {
    typing.current = new Typing(ahead);
    setCount(0);
    // What was typed does not wait behind another app.
    const hidden = (): void => {
      if (document.visibilityState !== 'hidden') return;
      typing.current?.end();
      typing.current = new Typing(ahead);
      setCount(0);
    };
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      typing.current?.end();
      typing.current = null;
    };
  }, [salted, title]);

  const type = (work: (digits: Typing) => void): void => {
    if (busy || typing.current === null) return;
    setShort(false);
    work(typing.current);
    setCount(typing.current.length);
  };
  const done = (): void => {
    const now = typing.current;
    if (busy || now === null) return;
    if (now.length < PIN_DIGITS.min) {
      setShort(true);
      return;
    }
    onDone(now.copy(), () => now.take());
    now.end();
    typing.current = new Typing(ahead);
    setCount(0);
  };
  const press = useRef<(event: KeyboardEvent) => void>(() => undefined);
  press.current = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isForOthers(event)) return;
    const digit = event.key.normalize('NFKC');
    if (/^[0-9]$/.test(digit)) type((digits) => digits.add(Number(digit)));
    else if (event.key === 'Backspace') type((digits) => digits.remove());
    else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) done();
  };
  useLayoutEffect(() => {
    const follow = (event: KeyboardEvent): void => press.current(event);
    addEventListener('keydown', follow);
    return () => removeEventListener('keydown', follow);
  }, []);

  return (
    <div class="pad">
      <div class="pad-head">
        <h2 tabIndex={-1} data-pad-heading>
          {title}
        </h2>
        {text === undefined ? null : <p class="soft">{text}</p>}
      </div>
      {children}
      <div class="pad-dots" aria-hidden="true">
        {Array.from({ length: Math.max(count, PIN_DIGITS.min) }, (_, at) => (
          <span key={at} class={at < count ? 'on' : ''} />
        ))}
      </div>
      <p class="unseen" role="status">
        {busy ? doing : count > 0 ? w('typed', { n: count }) : ''}
      </p>
      {short ? (
        <p class="pad-short" role="alert">
          {w('weakLength')}
        </p>
      ) : (
        <p class="pad-hint soft small">{busy ? (doing ?? w('working')) : w('length')}</p>
      )}
      <div class="pad-keys" role="group" aria-label={w('enter')}>
        {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => (
          <Key key={digit} digit={digit} onPress={() => type((digits) => digits.add(digit))} />
        ))}
        <span class="pad-corner">{corner}</span>
        <Key digit={0} onPress={() => type((digits) => digits.add(0))} />
        <button
          class="pad-key plain"
          type="button"
          aria-label={w('erase')}
          onMouseDown={stay}
          onClick={() => type((d) => d.remove())}
        >
          <Erase />
        </button>
      </div>
      <Button look="main" wide busy={busy} onClick={done}>
        {w('ok')}
      </Button>
      {below}
    </div>
  );
}

/** Typed into a field, or while a question lies over the pad: not of the PIN. */
const isForOthers = ({ target, isComposing }: KeyboardEvent): boolean =>
  isComposing ||
  (target instanceof Element && target.matches('input, textarea, select')) ||
  document.querySelector('dialog[open]') !== null;

/** A key that was clicked does not take the focus, or Enter would be that digit once more. */
const stay = (event: MouseEvent): void => event.preventDefault();

const Key = ({ digit, onPress }: { digit: number; onPress: () => void }) => (
  <button class="pad-key" type="button" onMouseDown={stay} onClick={onPress}>
    {digit}
  </button>
);

const Erase = () => (
  <svg class="icon" width="26" height="26" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d="M9 5.500h11.500v13H9L3 12ZM11.500 9.500l5 5M16.500 9.500l-5 5" />
  </svg>
);

/** The key in the corner that asks for a fingerprint or face instead. */
export const FingerKey = ({ label, onPress }: { label: string; onPress: () => void }) => (
  <button class="pad-key plain" type="button" aria-label={label} title={label} onClick={onPress}>
    <Icon name="finger" size={28} />
  </button>
);
