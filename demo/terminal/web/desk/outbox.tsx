// Every SMS and mail the demo "sent", newest first, as a phone would show them; so that a visitor needs no phone network.
import { useState } from 'preact/hooks';
import { sayer } from '../guides/sayer.ts';
import type { Locale } from '../words/say.ts';
import { Bubble, type Message } from './bubble.tsx';
import './outbox.css';
import { OUTBOX_WORDS } from './outbox-words.ts';
import { useOutbox } from './use-outbox.ts';

const everyone = '';

/** The demo's inbox. Asks every two seconds while the page is visible; says when something new came. */
export function Outbox({ locale }: { locale: Locale }) {
  const w = sayer(OUTBOX_WORDS, locale);
  const { messages, newest, isLost, now } = useOutbox();
  const [chosen, setChosen] = useState(everyone);
  const recipients = [...countByRecipient(messages ?? [])];
  const to = recipients.some(([one]) => one === chosen) ? chosen : everyone;
  const shown = (messages ?? []).filter((message) => to === everyone || message.to === to);

  return (
    <article class="outbox">
      <header>
        <h1>{w('title')}</h1>
        <p class="outbox-lead">{w('lead')}</p>
      </header>
      <p role="status" class="outbox-status">
        {isLost ? w('lost') : newest === null ? '' : w('arrived', { to: newest.to })}
      </p>
      {messages === null ? (
        <p class="outbox-none">{w('loading')}</p>
      ) : messages.length === 0 ? (
        <Empty title={w('emptyTitle')} text={w('empty')} />
      ) : (
        <div class="outbox-panes">
          <fieldset class="outbox-filter">
            <legend>{w('filter')}</legend>
            <Recipient name={w('everyone')} count={messages.length} value={everyone} chosen={to} onChoose={setChosen} />
            {recipients.map(([one, count]) => (
              <Recipient key={one} name={one} count={count} value={one} chosen={to} onChoose={setChosen} />
            ))}
          </fieldset>
          <ol class="outbox-list">
            {shown.map((message) => (
              <Bubble key={message.id} locale={locale} message={message} now={now} isNew={message === newest} />
            ))}
          </ol>
        </div>
      )}
    </article>
  );
}

interface RecipientProps {
  readonly name: string;
  readonly count: number;
  readonly value: string;
  readonly chosen: string;
  readonly onChoose: (to: string) => void;
}
function Recipient({ name, count, value, chosen, onChoose }: RecipientProps) {
  return (
    <label class="outbox-to">
      <input type="radio" name="outbox-to" value={value} checked={value === chosen} onChange={() => onChoose(value)} />
      <span class="outbox-name">{name}</span>
      <span class="outbox-count">{count}</span>
    </label>
  );
}

function Empty({ title, text }: { title: string; text: string }) {
  return (
    <div class="outbox-none">
      <svg class="outbox-phone" viewBox="0 0 120 96" aria-hidden="true">
        <rect class="outbox-case" x="34" y="4" width="52" height="100" rx="10" />
        <rect class="outbox-glass" x="38" y="8" width="44" height="92" rx="7" />
        <path class="outbox-line" d="M45 30h22M45 38h14M45 58h26M45 66h18" />
        <path class="outbox-wave" d="M18 34a22 22 0 0 0 0 28M102 34a22 22 0 0 1 0 28" />
      </svg>
      <p class="outbox-nonetitle">{title}</p>
      <p>{text}</p>
    </div>
  );
}

function countByRecipient(messages: readonly Message[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { to } of messages) counts.set(to, (counts.get(to) ?? 0) + 1);
  return counts;
}
