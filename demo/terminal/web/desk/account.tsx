// One account on the desk: who it is, how it signs in, from which devices, and what a dealer can do about it.
import type { BoundAuthenticator } from '../../../../sdk/src/types.ts';
import { sayer } from '../guides/sayer.ts';
import type { Locale } from '../words/say.ts';
import type { Act } from './api.ts';
import { Devices } from './devices.tsx';
import type { DeskAccount } from './views.ts';
import { whenText } from './when.tsx';
import { type DeskWord, WORDS } from './words.ts';

interface AccountViewProps {
  readonly locale: Locale;
  readonly case: DeskAccount;
  /** Whether the brokerage keeps a list of phones. */
  readonly keepsDevices: boolean;
  readonly onAct: (act: Act) => void;
}

export function AccountView({ locale, case: { account, devices }, keepsDevices, onAct }: AccountViewProps) {
  const w = sayer(WORDS, locale);
  const isFrozen = account.authenticators.some(({ status }) => status === 'frozen');
  const state = account.status === 'suspended' ? 'suspended' : isFrozen ? 'frozen' : 'active';
  // SMS follows the number on file; it is not a binding a dealer removes.
  const isBound = account.authenticators.some(({ type }) => type !== 'sms');
  const hasApp = account.authenticators.some(({ type }) => type === 'totp');
  const facts: readonly [DeskWord, string | undefined][] = [
    ['phoneHint', account.phoneHint],
    ['emailHint', account.emailHint],
    ['cohort', account.cohort],
    ['language', w(`locale.${account.locale}`)],
    ['created', whenText(account.createdAt, locale)],
    ['contact', account.contact],
  ];

  return (
    <section class="desk-case" aria-labelledby="desk-case">
      <header class="desk-casehead">
        <div>
          <h2 id="desk-case">
            <span class="desk-number">{account.account}</span> {account.name}
          </h2>
          <ul class="desk-chips">
            <li class={state === 'active' ? 'desk-tag is-good' : 'desk-tag is-bad'}>{w(state)}</li>
            <li class={hasApp ? 'desk-tag is-good' : 'desk-tag is-warn'}>{w(hasApp ? 'bound' : 'unbound')}</li>
            <li class="desk-tag">{w(`phase.${account.phase}`)}</li>
          </ul>
        </div>
        <div class="desk-acts">
          {isFrozen ? (
            <button type="button" class="desk-button" onClick={() => onAct('unlock')}>
              {w('unlock')}
            </button>
          ) : null}
          {isBound ? (
            <button type="button" class="desk-button is-danger" onClick={() => onAct('unbind')}>
              {w('unbind')}
            </button>
          ) : null}
        </div>
      </header>
      <dl class="desk-facts">
        {facts.map(([word, value]) =>
          value === undefined ? null : (
            <div key={word}>
              <dt>{w(word)}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <h3>{w('methods')}</h3>
      {account.authenticators.length === 0 ? (
        <p class="desk-none">{w('noMethods')}</p>
      ) : (
        <ul class="desk-methods">
          {account.authenticators.map((one) => (
            <Method key={one.id} locale={locale} one={one} />
          ))}
        </ul>
      )}
      {keepsDevices ? (
        <>
          <h3>{w('devices')}</h3>
          <Devices locale={locale} devices={devices} />
        </>
      ) : null}
    </section>
  );
}

const SIGNS = {
  totp: 'M12 3l7 3v5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V6ZM9 11.5l2.2 2.2L15 10',
  sms: 'M4 6h16v10H10l-4 4v-4H4ZM8 10h8M8 13h5',
  email: 'M4 6h16v12H4ZM4 7l8 6 8-6',
  app: 'M7.5 3h9v18h-9ZM11 18h2',
  passkey: 'M8 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM11.5 12H20v3M16.500 12v2.500',
  wechat: 'M4 5h16v11h-9l-5 4v-4H4ZM8 10h.1M12 10h.1M16 10h.1',
  'bypass-code': 'M5 5h14v14H5ZM8 12h8M12 8v8',
  'recovery-code': 'M5 5h14v14H5ZM8 9h3M8 12h3M8 15h3M14 9h2M14 12h2M14 15h2',
} as const;

function Method({ locale, one }: { locale: Locale; one: BoundAuthenticator }) {
  const w = sayer(WORDS, locale);
  return (
    <li>
      <svg class="desk-sign" viewBox="0 0 24 24" aria-hidden="true">
        <path d={SIGNS[one.type]} />
      </svg>
      <div>
        <p class="desk-method">
          {w(`type.${one.type}`)} {one.hint === '' ? null : <span class="desk-hint">{one.hint}</span>}
          {one.status === 'frozen' ? <span class="desk-tag is-bad">{w('frozen')}</span> : null}
        </p>
        <p class="desk-small">
          {one.type === 'sms' ? null : <>{w('since', { at: whenText(one.boundAt, locale) })} · </>}
          {one.codesLeft === undefined ? null : <>{w('codesLeft', { n: one.codesLeft })} · </>}
          {one.type === 'sms' ? null : w(`may.${one.canUnbind}`)}
        </p>
      </div>
    </li>
  );
}
