// Which steps a reader needs, in order: a pure function of preset, authenticator, client and how the person signs in today.
import { type AuthenticatorId, CLIENTS, type ClientId, type Preset, type Start } from './facts.ts';
import type { PictureName } from './pictures/words.ts';
import type { StepName } from './step-words.ts';

export interface GuideStep {
  readonly words: StepName;
  readonly picture: PictureName;
}
export interface Choice {
  readonly preset: Preset;
  readonly authenticator: AuthenticatorId;
  readonly client: ClientId;
  readonly start: Start;
}

const plain = (name: StepName & PictureName): GuideStep => ({ words: name, picture: name });

/** The steps of one guide. A phone never gets a step that asks it to scan its own screen. */
export function stepsFor(choice: Choice): readonly GuideStep[] {
  const { preset, authenticator, client } = choice;
  const get = plain(`get-${authenticator}`);
  if (CLIENTS[client].kind === 'desktop') {
    return [get, ...openOnDesktop(choice), ...scanWith(authenticator), plain('code-desktop'), done(choice)];
  }
  if (preset === 'star-desktop-bind') {
    return [
      plain('phone-cannot'),
      { words: 'phone-sign-in', picture: 'sign-in-phone' },
      { words: 'phone-code', picture: 'code-phone' },
      plain('phone-listed'),
    ];
  }
  const open = choice.start === 'sms' ? [plain('sign-in-phone-sms'), plain('menu-phone')] : [plain('sign-in-phone')];
  return [
    get,
    ...open,
    plain('copy-phone'),
    { words: `paste-${authenticator}`, picture: 'paste-phone' },
    plain('code-phone'),
    done(choice),
  ];
}

function openOnDesktop({ client, start }: Choice): GuideStep[] {
  if (start === 'direct') return [plain('sign-in-desktop'), plain('qr-opens')];
  return [plain('sign-in-desktop-sms'), plain(client === 'star-9.5' ? 'accounts-95' : 'corner-93'), plain('qr-opens')];
}

const scanWith = (authenticator: AuthenticatorId): GuideStep[] =>
  authenticator === 'google' ? [plain('scan-google')] : [plain(`scan-${authenticator}`), plain('scan')];

const done = ({ start }: Choice): GuideStep => ({ words: start === 'sms' ? 'done-sms' : 'done', picture: 'done' });
