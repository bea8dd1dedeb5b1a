// One message as a phone shows it: a bubble for an SMS, a card for a mail; a code in it stands out and copies with a tap.
import { useRef, useState } from 'preact/hooks';
import { sayer } from '../guides/sayer.ts';
import type { Locale } from '../words/say.ts';
import { OUTBOX_WORDS } from './outbox-words.ts';
import { whenText } from './when.tsx';

/** As /demo/outbox.json has it. */
export interface Message {
  readonly id: string;
  readonly to: string;
  readonly channel: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  readonly at: string;
  readonly tenant: string;
}
interface BubbleProps {
  readonly locale: Locale;
  readonly message: Message;
  readonly now: number;
  readonly isNew: boolean;
}

export function Bubble({ locale, message, now, isNew }: BubbleProps) {
  const w = sayer(OUTBOX_WORDS, locale);
  const { id, channel, to, subject, text, html, at, tenant } = message;
  const kind = channel === 'sms' || channel === 'email' ? channel : 'other';
  const code = codeIn(text);
  return (
    <li class={`bubble is-${kind}${isNew ? ' is-new' : ''}`}>
      <p class="bubble-head">
        <span class="bubble-channel">{w(`channel.${kind}`)}</span>
        <span class="bubble-to">{to}</span>
        <span>{tenant}</span>
        <time dateTime={at} title={whenText(at, locale)}>
          {agoText(at, now, locale)}
        </time>
      </p>
      <div class="bubble-body">
        {subject === undefined ? null : <h2 class="bubble-subject">{subject}</h2>}
        {html === undefined ? (
          <p class="bubble-text">{text}</p>
        ) : (
          <>
            <iframe
              class="bubble-mail"
              sandbox=""
              title={subject ?? to}
              src={`/demo/outbox/mail/${id}`}
              loading="lazy"
            />
            <details>
              <summary>{w('asText')}</summary>
              <p class="bubble-text">{text}</p>
            </details>
          </>
        )}
        {code === null ? null : <Code locale={locale} code={code} />}
      </div>
    </li>
  );
}

function Code({ locale, code }: { locale: Locale; code: string }) {
  const w = sayer(OUTBOX_WORDS, locale);
  const digits = useRef<HTMLElement>(null);
  const [said, setSaid] = useState<'copied' | 'selected' | null>(null);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      setSaid('copied');
    } catch {
      // No clipboard without https or permission: select it, so one key copies it.
      if (digits.current !== null) getSelection()?.selectAllChildren(digits.current);
      setSaid('selected');
    }
  };

  return (
    <p class="bubble-code">
      <strong ref={digits}>{`${code.slice(0, 3)} ${code.slice(3)}`}</strong>
      <button type="button" onClick={() => void copy()} aria-label={w('copyCode', { code: code.split('').join(' ') })}>
        {w('copy')}
      </button>
      <span role="status" class="bubble-said">
        {said === null ? '' : w(said)}
      </span>
    </p>
  );
}

/** The first six-digit code of a message, with or without a gap in its middle; null if there is none. */
export function codeIn(text: string): string | null {
  const found = /(?<!\d)(\d{3}) ?(\d{3})(?!\d)/.exec(text);
  return found === null ? null : `${found[1]}${found[2]}`;
}

/** How long ago, in the reader's words. */
function agoText(at: string, now: number, locale: Locale): string {
  const seconds = Math.max(0, Math.round((now - new Date(at).getTime()) / 1000));
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  if (seconds < 60) return format.format(-seconds, 'second');
  if (seconds < 3600) return format.format(-Math.floor(seconds / 60), 'minute');
  return whenText(at, locale);
}
