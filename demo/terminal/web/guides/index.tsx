// The bind guides (ES-2, ET-3.1): the reader says which authenticator and which client, and gets exactly those steps, drawn.
import { useState } from 'preact/hooks';
import { clientName } from '../words/clients.ts';
import { Choices } from './choices.tsx';
import {
  AUTHENTICATORS,
  type AuthenticatorId,
  CLIENTS,
  CLIENTS_OF,
  type ClientId,
  type Preset,
  type Start,
} from './facts.ts';
import './guides.css';
import { type Locale, say } from '../words/say.ts';
import { Drawing } from './pictures/index.tsx';
import { Remember } from './remember.tsx';
import { sayer } from './sayer.ts';
import { STEPS } from './step-words.ts';
import { stepsFor } from './steps.ts';
import { WORDS } from './words.ts';

export type { Preset };
export interface GuidesProps {
  readonly locale: Locale;
  readonly preset: Preset;
  /** Whom to call, shown after the role's name: a telephone number or the policy's contact line. */
  readonly contact?: string;
}

/** The guides of one preset. Keeps the reader's choices; a choice the preset does not have falls back to its first. */
export function Guides({ locale, preset, contact }: GuidesProps) {
  const w = sayer(WORDS, locale);
  const clients = CLIENTS_OF[preset];
  const [authenticator, setAuthenticator] = useState<AuthenticatorId>('tencent');
  const [chosen, setClient] = useState<ClientId>(clients[0] ?? 'star-9.3');
  const [wanted, setStart] = useState<Start>('sms');
  const client = clients.includes(chosen) ? chosen : (clients[0] ?? 'star-9.3');
  const start = preset === 'star-rollout' ? wanted : 'direct';
  const onlyUsing = preset === 'star-desktop-bind' && client === 'estar-x';
  const steps = stepsFor({ preset, authenticator, client, start });
  const names = { client: nameOf(client, locale), app: say(AUTHENTICATORS[authenticator].name, locale) };
  const version = CLIENTS[client].minimumVersion;

  return (
    <article class="guides">
      <header class="guides-head">
        <h1>{w('title')}</h1>
        <p class="guides-lead">{w('lead')}</p>
      </header>
      <div class="guides-choices">
        <Choices
          legend={w('chooseAuthenticator')}
          name="guide-authenticator"
          value={authenticator}
          onChoose={setAuthenticator}
          options={(Object.keys(AUTHENTICATORS) as AuthenticatorId[]).map((id) => ({
            id,
            name: say(AUTHENTICATORS[id].name, locale),
            note: say(AUTHENTICATORS[id].where, locale),
            badge: id === 'tencent' && preset === 'star-rollout' ? w('recommended') : undefined,
          }))}
        />
        <Choices
          legend={preset === 'star-desktop-bind' ? w('chooseDevice') : w('chooseClient')}
          name="guide-client"
          value={client}
          onChoose={setClient}
          options={clients.map((id) => ({
            id,
            name: nameOf(id, locale),
            note: `${w(CLIENTS[id].kind)} · ${w('version', { version: CLIENTS[id].minimumVersion })}`,
          }))}
        />
        {preset === 'star-rollout' ? (
          <Choices
            legend={w('chooseStart')}
            name="guide-start"
            value={start}
            onChoose={setStart}
            options={[
              { id: 'sms', name: w('startSms'), note: w('startSmsNote') },
              { id: 'direct', name: w('startDirect'), note: w('startDirectNote') },
            ]}
          />
        ) : null}
      </div>
      <section class="guides-steps" aria-labelledby="guide-heading">
        <div class="guides-bar">
          <div>
            <h2 id="guide-heading">{w(onlyUsing ? 'headingUse' : 'heading', names)}</h2>
            <p class="guides-note" role="status">
              {w('count', { n: steps.length })}
            </p>
          </div>
          <button type="button" class="guides-print" onClick={() => window.print()}>
            {w('print')}
          </button>
        </div>
        <p class="guides-before">{w('versionNote', { ...names, version })}</p>
        <ol class="guides-list">
          {steps.map((step, i) => (
            <li key={`${step.words}-${authenticator}`} class="guides-step">
              <Drawing name={step.picture} locale={locale} />
              <h3>
                <span class="guides-number">{i + 1}</span>
                {say(STEPS[step.words].title, locale, names)}
              </h3>
              <p>{say(STEPS[step.words].text, locale, names)}</p>
            </li>
          ))}
        </ol>
      </section>
      <Remember locale={locale} preset={preset} start={start} authenticator={authenticator} contact={contact} />
    </article>
  );
}

const nameOf = (id: ClientId, locale: Locale): string => clientName({ id, name: id }, locale);
