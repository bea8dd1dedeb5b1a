// The same guides as documents: Markdown in three languages and each drawing as a file of its own, for docs/guides.
// scripts/guides.ts writes the files; paper.test.ts judges them.
import { clientName } from '../words/clients.ts';
import { LOCALES, type Locale, say } from '../words/say.ts';
import { AUTHENTICATORS, type AuthenticatorId, CLIENTS, type ClientId } from './facts.ts';
import { PAPER } from './paper-words.ts';
import { pictureText } from './picture-file.tsx';
import { PICTURE_NAMES } from './pictures/index.tsx';
import { type PictureName, TITLES } from './pictures/words.ts';
import { sayer } from './sayer.ts';
import { STEPS, type StepName } from './step-words.ts';
import { WORDS } from './words.ts';

type Step = readonly [words: StepName, picture: PictureName];
const same = (name: StepName & PictureName): Step => [name, name];

const guides = ['microsoft', 'tencent'] as const;

/** Every file of docs/guides by its path. `css` is the text of pictures.css. */
export function documents(css: string): ReadonlyMap<string, string> {
  const pictures = PICTURE_NAMES.filter((name) => !name.endsWith('-google'));
  return new Map([
    ...guides.map((one) => [`bind-${one}-authenticator.md`, guideText(one)] as const),
    ...pictures.flatMap((name) =>
      LOCALES.map((locale) => [pictureFile(name, locale), pictureText(name, locale, css)] as const),
    ),
  ]);
}

/** Where a drawing's file stands, seen from the documents. */
const pictureFile = (name: PictureName, locale: Locale): string => `pictures/${name}.${locale}.svg`;

/** One authenticator's guide as Markdown, all languages in one file. */
function guideText(authenticator: (typeof guides)[number]): string {
  const name = AUTHENTICATORS[authenticator].name[2];
  const index = LOCALES.map((locale) => `[${say(PAPER.language, locale)}](#${locale.toLowerCase()})`).join(' · ');
  const note = '<!-- Written from demo/terminal/web/guides by scripts/guides.ts; change the words there. -->';
  return [`# ${name}`, note, index, ...LOCALES.flatMap((locale) => chapters(authenticator, locale))]
    .join('\n\n')
    .concat('\n');
}

function chapters(authenticator: AuthenticatorId, locale: Locale): string[] {
  const p = sayer(PAPER, locale);
  const w = sayer(WORDS, locale);
  const app = say(AUTHENTICATORS[authenticator].name, locale);
  const nameOf = (id: ClientId) => clientName({ id, name: id }, locale);
  const list = (steps: readonly Step[], client: string) =>
    steps.map((step, i) => stepText(step, i + 1, client, locale));
  const scan: readonly Step[] =
    authenticator === 'google' ? [same('scan-google')] : [same(`scan-${authenticator}`), same('scan')];
  const open = { 'star-9.5': same('accounts-95'), 'star-9.3': same('corner-93') } as const;
  const desktops = ['star-9.5', 'star-9.3'] as const;
  const phone = nameOf('estar-x');
  const paste: Step = [`paste-${authenticator}`, 'paste-phone'];

  return [
    `<a id="${locale.toLowerCase()}"></a>`,
    `## ${p('title', { app })}`,
    `### ${p('before')}`,
    p('versions'),
    (Object.keys(CLIENTS) as ClientId[])
      .map((id) => `- ${nameOf(id)} · ${w('version', { version: CLIENTS[id].minimumVersion })}`)
      .join('\n'),
    `### ${p('get')}`,
    ...list([same(`get-${authenticator}`)], ''),
    `### ${p('desktop')}`,
    ...desktops.flatMap((id) => [
      `#### ${nameOf(id)} · ${p('smsStill')}`,
      ...list([same('sign-in-desktop-sms'), open[id]], nameOf(id)),
    ]),
    `#### ${desktops.map(nameOf).join(', ')} · ${p('smsEnded')}`,
    ...list([same('sign-in-desktop')], p('client')),
    `#### ${p('next')}`,
    ...list([same('qr-opens'), ...scan, same('code-desktop'), same('done')], p('client')),
    `### ${p('phone')}`,
    `#### ${phone} · ${p('smsStill')}`,
    ...list([same('sign-in-phone-sms'), same('menu-phone')], phone),
    `#### ${phone} · ${p('smsEnded')}`,
    ...list([same('sign-in-phone')], phone),
    `#### ${p('next')}`,
    ...list([same('copy-phone'), paste, same('code-phone'), same('done')], phone),
    `### ${p('onlyDesktop')}`,
    ...list(
      [same('phone-cannot'), ['phone-sign-in', 'sign-in-phone'], ['phone-code', 'code-phone'], same('phone-listed')],
      phone,
    ),
    `### ${w('remember')}`,
    [
      point(w('thirtyTitle'), w('thirty')),
      point(w('deleteTitle'), w('delete')),
      point(`${w('contactTitle')} · ${p('smsStill')}`, w('contactDealerSms', { tel: '' })),
      point(`${w('contactTitle')} · ${p('smsEnded')}`, w('contactDealer', { tel: '' })),
      point(`${w('contactTitle')} · ${p('onlyDesktop')}`, w('contactService', { tel: '' })),
      ...(authenticator === 'tencent' ? [point(w('backupTitle'), w('backup'))] : []),
      point(w('neverTitle'), w('never')),
    ].join('\n'),
  ];
}

const point = (title: string, text: string): string => `- **${title}** ${text}`;

function stepText([words, picture]: Step, number: number, client: string, locale: Locale): string {
  const { title, text } = STEPS[words];
  const alt = say(TITLES[picture], locale);
  return `${number}. **${say(title, locale, { client })}**  \n   ${say(text, locale, { client })}\n\n   ![${alt}](${pictureFile(picture, locale)})`;
}
