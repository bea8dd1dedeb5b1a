// Every picture of the guides by name: the register the page, the documents' exporter and the tests read.
import type { JSX } from 'preact';
import type { Locale } from '../../words/say.ts';
import * as desktop from './desktop.tsx';
import { Picture, type Scene, sceneIn } from './parts.tsx';
import * as phone from './phone.tsx';
import * as terminal from './terminal.tsx';
import { type PictureName, TITLES } from './words.ts';

const SCENES: Readonly<Record<PictureName, (scene: Scene) => JSX.Element>> = {
  'get-tencent': (s) => <phone.MiniProgram {...s} />,
  'get-microsoft': (s) => <phone.Store {...s} name="microsoft" />,
  'get-google': (s) => <phone.Store {...s} name="google" />,
  'sign-in-desktop': (s) => <desktop.SignInDesktop {...s} />,
  'sign-in-desktop-sms': (s) => <desktop.SignInDesktop {...s} sms />,
  'accounts-95': (s) => <desktop.Accounts95 {...s} />,
  'corner-93': (s) => <desktop.Corner93 {...s} />,
  'qr-opens': (s) => <desktop.QrOpens {...s} />,
  'scan-tencent': (s) => <phone.TencentHome {...s} />,
  'scan-microsoft': (s) => <phone.MicrosoftAdd {...s} />,
  'scan-google': (s) => <phone.GoogleAdd {...s} />,
  scan: (s) => <desktop.Scan {...s} />,
  'code-desktop': (s) => <desktop.CodeDesktop {...s} />,
  done: (s) => <phone.Done {...s} />,
  'sign-in-phone': (s) => <terminal.SignInPhone {...s} />,
  'sign-in-phone-sms': (s) => <terminal.SignInPhone {...s} sms />,
  'menu-phone': (s) => <terminal.MenuPhone {...s} />,
  'copy-phone': (s) => <terminal.CopyPhone {...s} />,
  'paste-phone': (s) => <phone.PasteKey {...s} />,
  'code-phone': (s) => <terminal.CodePhone {...s} />,
  'phone-cannot': (s) => <terminal.PhoneCannot {...s} />,
  'phone-listed': (s) => <terminal.PhoneListed {...s} />,
};

export const PICTURE_NAMES = Object.keys(TITLES) as PictureName[];

/** One drawing with its labels and its accessible name in the reader's language. */
export function Drawing({ name, locale }: { name: PictureName; locale: Locale }) {
  return (
    <Picture name={name} locale={locale}>
      {SCENES[name](sceneIn(locale))}
    </Picture>
  );
}
