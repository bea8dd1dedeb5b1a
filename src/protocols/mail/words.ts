// A refusal as mail protocols tell it: one line of ASCII that says what to do (RFC 9051 §7.1, RFC 5530, RFC 3206, RFC 4954 §6). The protocols have no
// other language before a login, so these lines are English; the account's owner reads the rest in the settings.
import type { Told } from './door.ts';

export interface Line {
  /** Without a code. */
  readonly text: string;
  /** IMAP response code (RFC 5530). */
  readonly imap: string;
  /** POP3 response code (RFC 3206). */
  readonly pop3: string;
  /** SMTP reply code and enhanced status (RFC 4954, RFC 5248). */
  readonly smtp: string;
  /** Whether trying the same again later may work. */
  readonly temporary: boolean;
}

const LATER = { imap: 'UNAVAILABLE', pop3: 'SYS/TEMP', smtp: '454 4.7.0', temporary: true } as const;
const WRONG = { imap: 'AUTHENTICATIONFAILED', pop3: 'AUTH', smtp: '535 5.7.8', temporary: false } as const;

/** The line of a refusal; undefined when nothing was refused. */
export function lineOf(told: Told): Line | undefined {
  if (told.kind === 'accepted') return undefined;
  if (told.kind === 'unavailable') return { ...LATER, text: 'Temporarily unavailable. Try again shortly.' };
  if (told.kind === 'unsupported') return { ...WRONG, text: 'Use PLAIN or LOGIN, for IMAP, POP3 or SMTP.' };
  const where = told.where?.en ?? 'your account settings';
  switch (told.code) {
    case 'tls':
      return {
        imap: 'PRIVACYREQUIRED',
        pop3: 'SYS/PERM',
        smtp: '538 5.7.11',
        temporary: false,
        text: 'Turn on TLS (SSL or STARTTLS) in your mail app: passwords are not taken in clear.',
      };
    case 'credentials':
      return {
        ...WRONG,
        text: `Wrong name or password. If two-step verification is on, use an app password: ${where}`,
      };
    case 'throttled':
      return {
        ...LATER,
        imap: 'LIMIT',
        text: `Too many wrong passwords. Try again in ${told.retryAfter ?? 60} seconds.`,
      };
    case 'protocol':
      return {
        ...WRONG,
        imap: 'AUTHORIZATIONFAILED',
        text: `This app password is not for ${told.protocol.toUpperCase()}. Make one that is: ${where}`,
      };
    case 'expired':
      return { ...WRONG, imap: 'EXPIRED', text: `This app password has expired. Make a new one: ${where}` };
    case 'suspended':
      return {
        ...WRONG,
        imap: 'CONTACTADMIN',
        text: ascii(`This account is suspended. Contact ${told.contact?.en ?? 'your administrator'}.`),
      };
  }
}

/** The same with the code of the protocol in front, where it has one. */
export function spoken(line: Line, protocol: string): string {
  if (protocol === 'imap') return `[${line.imap}] ${line.text}`;
  return protocol === 'pop3' ? `[${line.pop3}] ${line.text}` : line.text;
}

const ascii = (text: string): string => text.replace(/[^ -~]+/g, '?');
