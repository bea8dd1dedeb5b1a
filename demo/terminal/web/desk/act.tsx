// The confirmation before an act: it names the consequence first, wants a reason, and says what went wrong if it did.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Account } from '../../../../sdk/src/types.ts';
import type { ProblemView } from '../../views.ts';
import { sayer } from '../guides/sayer.ts';
import type { Locale } from '../words/say.ts';
import type { Act, Answer } from './api.ts';
import type { DeskActed } from './views.ts';
import { type DeskWord, WORDS } from './words.ts';

const REASONS: Readonly<Record<Act, readonly (DeskWord & `reason.${string}`)[]>> = {
  unbind: ['reason.lost', 'reason.new', 'reason.deleted', 'reason.other'],
  unlock: ['reason.typing', 'reason.clock', 'reason.other'],
};

interface ActDialogProps {
  readonly locale: Locale;
  readonly act: Act;
  readonly account: Account;
  readonly send: (reason: string) => Promise<Answer<DeskActed>>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** A modal dialog: the browser keeps the focus inside, gives it back afterwards, and closes it with Escape. */
export function ActDialog({ locale, act, account, send, onDone, onClose }: ActDialogProps) {
  const w = sayer(WORDS, locale);
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState<DeskWord | null>(null);
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState<'needReason' | 'needNote' | null>(null);
  const [refused, setRefused] = useState<ProblemView | null>(null);
  const [isWorking, setWorking] = useState(false);

  useEffect(() => dialog.current?.showModal(), []);

  const submit = async () => {
    const lacks = reason === null ? 'needReason' : reason === 'reason.other' && note.trim() === '' ? 'needNote' : null;
    setMissing(lacks);
    if (lacks !== null || reason === null || isWorking) return;
    setWorking(true);
    const answer = await send(note.trim() === '' ? w(reason) : `${w(reason)}: ${note.trim()}`);
    setWorking(false);
    if ('refused' in answer) setRefused(answer.refused);
    else {
      dialog.current?.close();
      onDone();
    }
  };

  const consequence =
    act === 'unlock' ? 'unlock.consequence' : account.phase === 'totp-only' ? 'unbind.totp-only' : 'unbind.coexist';
  return (
    <dialog
      ref={dialog}
      class="desk-dialog"
      aria-labelledby="desk-act"
      aria-describedby="desk-consequence"
      onClose={onClose}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2 id="desk-act">{w(`${act}.title`, { account: account.account })}</h2>
        <p id="desk-consequence">{w(consequence)}</p>
        <p class="desk-first">{w('verifyFirst')}</p>
        <fieldset aria-describedby={missing === 'needReason' ? 'desk-missing' : undefined}>
          <legend>{w('reason')}</legend>
          {REASONS[act].map((word) => (
            <label key={word} class="desk-reason">
              <input
                type="radio"
                name="desk-reason"
                value={word}
                checked={reason === word}
                onChange={() => setReason(word)}
              />
              {w(word)}
            </label>
          ))}
        </fieldset>
        <label for="desk-note">{w('note')}</label>
        <input
          id="desk-note"
          value={note}
          maxLength={300}
          placeholder={w('noteHint')}
          aria-invalid={missing === 'needNote'}
          aria-describedby={missing === 'needNote' ? 'desk-missing' : undefined}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
        <div role="alert" class="desk-wrong">
          {missing === null ? null : <p id="desk-missing">{w(missing)}</p>}
          {refused === null ? null : (
            <p>
              {w('failed')} · {refused.detail === '' ? w('failedNote') : refused.detail}
            </p>
          )}
        </div>
        <div class="desk-dialogacts">
          <button type="button" class="desk-button" onClick={() => dialog.current?.close()}>
            {w('cancel')}
          </button>
          <button
            type="submit"
            class={act === 'unbind' ? 'desk-button is-danger is-full' : 'desk-button is-main'}
            aria-disabled={isWorking}
          >
            {isWorking ? w('working') : w(act)}
          </button>
        </div>
      </form>
    </dialog>
  );
}
