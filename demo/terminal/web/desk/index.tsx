// The dealer's desk of the demo (ES-5.2, ET-4.1): find an account, see how it signs in, unlock or unlink it with a reason.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ProblemView } from '../../views.ts';
import { sayer } from '../guides/sayer.ts';
import type { Locale } from '../words/say.ts';
import { AccountView } from './account.tsx';
import { ActDialog } from './act.tsx';
import { type Act, deskOf } from './api.ts';
import './desk.css';
import { DemoAccounts } from './demo-accounts.tsx';
import type { DeskAccount } from './views.ts';
import { WORDS } from './words.ts';

export interface DeskProps {
  readonly locale: Locale;
  readonly tenant: { readonly id: string; readonly name: string; readonly keepsDevices: boolean };
}
type Shown =
  | { kind: 'nothing' }
  | { kind: 'finding' }
  | { kind: 'found'; case: DeskAccount }
  | { kind: 'refused'; account: string; why: ProblemView };

/** The back office of one tenant. Shows one account at a time and reads it again after every act and on coming back. */
export function Desk(props: DeskProps) {
  // Another tenant is another desk: nothing of the last one may stay on the screen.
  return <TenantDesk key={props.tenant.id} {...props} />;
}

function TenantDesk({ locale, tenant }: DeskProps) {
  const w = sayer(WORDS, locale);
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState<Shown>({ kind: 'nothing' });
  const [asking, setAsking] = useState<Act | null>(null);
  const [done, setDone] = useState('');
  const latest = useRef(0);
  const doneText = useRef<HTMLParagraphElement>(null);

  const find = async (account: string, quietly = false) => {
    const wanted = account.normalize('NFKC').trim();
    if (wanted === '') return;
    const mine = ++latest.current;
    if (!quietly) {
      setDone('');
      setShown({ kind: 'finding' });
    }
    const answer = await deskOf(tenant.id, locale).find(wanted);
    if (mine !== latest.current) return;
    if ('value' in answer) setShown({ kind: 'found', case: answer.value });
    else if (!quietly) setShown({ kind: 'refused', account: wanted, why: answer.refused });
  };

  const number = shown.kind === 'found' ? shown.case.account.account : '';
  useEffect(() => {
    const again = () => void find(number, true);
    addEventListener('focus', again);
    return () => removeEventListener('focus', again);
  }, [number, locale]);

  // The button that opened the dialog may be gone by now: the keyboard goes on from the result.
  useEffect(() => doneText.current?.focus(), [done]);

  const acted = (act: Act) => {
    const coexist = shown.kind === 'found' && shown.case.account.phase !== 'totp-only';
    setDone(w(act === 'unlock' ? 'done.unlock' : coexist ? 'done.unbind-coexist' : 'done.unbind', { account: number }));
    setAsking(null);
    void find(number, true);
  };

  return (
    <article class="desk">
      <header>
        <p class="desk-tenant">{tenant.name}</p>
        <h1>{w('title')}</h1>
        <p class="desk-lead">{w('lead')}</p>
      </header>
      <form
        class="desk-search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          void find(typed);
        }}
      >
        <label for="desk-account">{w('accountLabel')}</label>
        <div class="desk-searchrow">
          <input
            id="desk-account"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
            autocomplete="off"
            spellcheck={false}
            maxLength={200}
            required
          />
          <button type="submit" class="desk-button is-main">
            {w('find')}
          </button>
        </div>
        <DemoAccounts
          tenant={tenant.id}
          legend={w('examples')}
          onChoose={(account) => {
            setTyped(account);
            void find(account);
          }}
        />
      </form>
      <div role="status" class="desk-status">
        {shown.kind === 'finding' ? <p class="desk-empty">{w('finding')}</p> : null}
        {done === '' ? null : (
          <p class="desk-done" tabIndex={-1} ref={doneText}>
            {done}
          </p>
        )}
      </div>
      {shown.kind === 'nothing' ? <Notice title={w('start')} text={w('startNote')} /> : null}
      {shown.kind === 'refused' ? (
        <div role="alert">
          {shown.why.code === 'account-unknown' ? (
            <Notice bad title={w('unknown', { account: shown.account })} text={w('unknownNote')} />
          ) : (
            <Notice bad title={w('failed')} text={shown.why.detail === '' ? w('failedNote') : shown.why.detail} />
          )}
        </div>
      ) : null}
      {shown.kind === 'found' ? (
        <AccountView locale={locale} case={shown.case} keepsDevices={tenant.keepsDevices} onAct={setAsking} />
      ) : null}
      {shown.kind === 'found' && asking !== null ? (
        <ActDialog
          locale={locale}
          act={asking}
          account={shown.case.account}
          send={(reason) => deskOf(tenant.id, locale).act(number, asking, reason)}
          onDone={() => acted(asking)}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </article>
  );
}

function Notice({ title, text, bad = false }: { title: string; text: string; bad?: boolean }) {
  return (
    <div class={bad ? 'desk-empty is-bad' : 'desk-empty'}>
      <p class="desk-emptytitle">{title}</p>
      <p>{text}</p>
    </div>
  );
}
