// What the terminal's back end tells its pages: the SDK's words, without what a browser has no business knowing
// (API keys, assertions, traces).
import type { AuthenticatorTypeName, Login, Offer, Phase, Sent, Verified } from '../../sdk/src/types.ts';

export interface ClientView {
  id: string;
  name: string;
  kind: 'desktop' | 'phone' | 'web';
  minimumVersion: string | null;
  offers: Offer[];
  /** What may be bound on it. */
  binds: AuthenticatorTypeName[];
}

/** An account a visitor of the demo may try. */
export interface TryAccount {
  account: string;
  password: string;
  name: string;
}

export interface TenantView {
  id: string;
  name: string;
  preset: string;
  /** Whether it keeps a list of the phones that signed in to an account. */
  keepsDevices: boolean;
  clients: ClientView[];
  accounts: TryAccount[];
}

/** An account that is logged in on a client. `by` is how its second step was done; null where none was asked. */
export interface SeatAccount {
  account: string;
  name: string;
  by: AuthenticatorTypeName | null;
  since: string;
}

/** One client in front of a person: who is logged in on it. */
export interface Seat {
  accounts: SeatAccount[];
}

export type LoginView = Omit<Login, 'assertion' | 'trace' | 'id'> & { login: string };

export interface LoginStarted {
  login: LoginView;
  seat: Seat;
}

export type CodeSent = Sent;

export interface CodeAccepted {
  status: Verified['status'];
  boundDevice: boolean;
  seat: Seat;
}

export interface BindingDone {
  offerRecoveryCodes: boolean;
  seat: Seat;
}

export interface PhaseView {
  /** Null where the API key may not read it. */
  phase: Phase | null;
}

/** A refusal, as Hufu's problem document says it, or the terminal's own: signed-out, bad-request, unreachable. */
export interface ProblemView {
  code: string;
  status: number;
  title: string;
  detail: string;
  retryAfter?: number | undefined;
  attemptsLeft?: number | undefined;
  installed?: string | undefined;
  required?: string | undefined;
  download?: string | undefined;
  contact?: string | undefined;
  until?: string | undefined;
  clients?: { id: string; name: string; minimumVersion: string }[] | undefined;
}
