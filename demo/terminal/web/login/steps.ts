// The steps of a sign-in. The back end's answer decides the next one; the page never decides whether to let in.
import type { OfferedAuthenticator } from '../../../../sdk/src/types.ts';
import type { CodeSent, LoginView, ProblemView, Seat } from '../../views.ts';

/** The SMS sent in this sign-in, and when it was asked for (milliseconds): it outlives a detour to another method. */
export interface SentCode {
  readonly reply: CodeSent;
  readonly asked: number;
}

export type Step =
  | { at: 'password' }
  | { at: 'refused'; problem: ProblemView }
  | { at: 'choose'; login: LoginView }
  | { at: 'code'; login: LoginView; by: OfferedAuthenticator }
  | { at: 'recovery'; login: LoginView }
  | { at: 'enrol'; login: LoginView }
  | { at: 'bound'; account: string; offerCodes: boolean; seat: Seat };

/** Where a login that was just started goes on; null when nothing more is asked. */
export function firstStep(login: LoginView): Step | null {
  if (login.status === 'allowed' || login.status === 'satisfied') return null;
  if (login.status === 'enrol') return { at: 'enrol', login };
  const [only, another] = login.authenticators;
  if (only === undefined) return { at: 'recovery', login };
  return another === undefined ? { at: 'code', login, by: only } : { at: 'choose', login };
}

/** Refusals that end this sign-in: there is nothing to type that would change the answer. */
const FINAL: readonly string[] = [
  'client-too-old',
  'version-malformed',
  'client-unknown',
  'bind-elsewhere',
  'frozen',
  'account-suspended',
  'device-revoked',
  'no-method',
  'expired',
  'closed',
  'method-not-offered',
  'already-bound',
  'binding-not-allowed',
  'bad-request',
];
export const isFinal = (problem: ProblemView): boolean => FINAL.includes(problem.code);
