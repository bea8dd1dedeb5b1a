// The text a phone signs: everything its sheet shows, one line each, in one order. The server makes it, the phone shows what it was given and signs
// the server's own bytes, and the server makes it again to check: nobody approves what they did not see.
import type { Words } from '../locale.ts';

/** What the person is asked, as it is shown. */
export interface Shown {
  readonly id: string;
  readonly kind: 'scan' | 'push';
  /** `login`, or the change: `unbind-email`. */
  readonly purpose: string;
  readonly tenant: { readonly id: string; readonly name: string };
  readonly account: string;
  /** The program or site that is being logged in to. */
  readonly client: string;
  readonly browser: string;
  readonly ip: string;
  /** A name a person knows; null where nobody knows one. Never guessed. */
  readonly place: string | null;
  /** When it was asked, RFC 3339. */
  readonly at: string;
  readonly expiresAt: string;
  readonly needsNumber: boolean;
  readonly mayTrust: boolean;
}

export type Answer = 'approve' | 'approve-trust' | 'deny';

/** The canonical text. `phone` and `challenge` bind it to who signs and to what it decides. */
export function canonicalText(shown: Shown, phone: string, challenge: string): string {
  const lines: readonly (readonly [string, string])[] = [
    ['approval', shown.id],
    ['kind', shown.kind],
    ['challenge', challenge],
    ['phone', phone],
    ['purpose', shown.purpose],
    ['tenant', `${shown.tenant.id} ${shown.tenant.name}`],
    ['account', shown.account],
    ['client', shown.client],
    ['browser', shown.browser],
    ['ip', shown.ip],
    ['place', shown.place ?? ''],
    ['at', shown.at],
    ['expires', shown.expiresAt],
    ['number', shown.needsNumber ? 'needed' : 'none'],
    ['trust', shown.mayTrust ? 'possible' : 'none'],
  ];
  // A line break in a value could make another line of it.
  return [
    'hufu/approval/v1',
    ...lines.map(([name, value]) => `${name}: ${value.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')}`),
  ].join('\n');
}

/** What is signed: the text, the answer, and the number that was typed. */
export const signedText = (canonical: string, answer: Answer, number: string | undefined): string =>
  `${canonical}\n${answer}\n${number ?? ''}`;

/** Where an address is, in the words of a list its operator keeps; null where it has none. */
export type PlaceOf = (ip: string) => Words | null;
