// What every screen of a second step is given, and the few ways it ends.
import type { ProblemView } from '../api/http.ts';
import type { LoginView, VerifiedView } from '../api/views.ts';
import type { Way } from './ways.ts';

export interface ScreenProps {
  readonly login: LoginView;
  readonly way: Way;
  readonly ways: readonly Way[];
  /** A code was accepted, or a phone said yes. */
  readonly onVerified: (verified: VerifiedView) => void;
  /** There is nothing more to try in this login. */
  readonly onEnded: (problem: ProblemView) => void;
  readonly onWay: (way: Way) => void;
}

/** Refusals that end a login or step-up: there is nothing to type that would change the answer. */
const FINAL: readonly string[] = [
  'frozen',
  'account-suspended',
  'no-method',
  'expired',
  'closed',
  'client-too-old',
  'bind-elsewhere',
  'device-revoked',
  'approval-denied',
  'binding-not-allowed',
  'signed-out',
  'another-account',
];
export const isFinal = (problem: ProblemView): boolean =>
  FINAL.includes(problem.code) || (problem.code === 'verification-failed' && problem.attemptsLeft === 0);
