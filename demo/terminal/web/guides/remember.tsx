// What every guide ends with (ES-5.3): codes change, deleting is not unlinking, whom to contact.

import type { Locale } from '../words/say.ts';
import type { AuthenticatorId, Preset, Start } from './facts.ts';
import { sayer } from './sayer.ts';
import { WORDS } from './words.ts';

interface RememberProps {
  readonly locale: Locale;
  readonly preset: Preset;
  readonly start: Start;
  readonly authenticator: AuthenticatorId;
  readonly contact: string | undefined;
}

export function Remember({ locale, preset, start, authenticator, contact }: RememberProps) {
  const w = sayer(WORDS, locale);
  const tel = contact === undefined ? '' : locale === 'en' ? ` (${contact})` : `（${contact}）`;
  const whom =
    preset === 'star-desktop-bind' ? 'contactService' : start === 'sms' ? 'contactDealerSms' : 'contactDealer';
  return (
    <aside class="remember" aria-labelledby="remember-heading">
      <h2 id="remember-heading">{w('remember')}</h2>
      <ul>
        <Note sign="M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z" title={w('thirtyTitle')} text={w('thirty')} />
        <Note sign="M5 7h14M10 4h4M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5" title={w('deleteTitle')} text={w('delete')} />
        <Note
          sign="M5 4h4l2 5-2.5 1.800a12 12 0 0 0 4.7 4.700L15 13l5 2v4a1.5 1.5 0 0 1-1.6 1.500A15 15 0 0 1 3.5 5.6 1.5 1.5 0 0 1 5 4Z"
          title={w('contactTitle')}
          text={w(whom, { tel })}
        />
        {authenticator === 'tencent' ? (
          <Note
            sign="M7 18a4 4 0 0 1-.5-8 5.5 5.5 0 0 1 10.7 1.200A3.5 3.5 0 0 1 17 18M12 12v8m-3-3l3 3 3-3"
            title={w('backupTitle')}
            text={w('backup')}
          />
        ) : null}
        <Note
          sign="M12 3l7 3v5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V6ZM12 9v4m0 3v.5"
          title={w('neverTitle')}
          text={w('never')}
        />
      </ul>
    </aside>
  );
}

function Note({ sign, title, text }: { sign: string; title: string; text: string }) {
  return (
    <li>
      <svg class="remember-sign" viewBox="0 0 24 24" aria-hidden="true">
        <path d={sign} />
      </svg>
      <div>
        <h3>{title}</h3>
        <p>{text}</p>
      </div>
    </li>
  );
}
