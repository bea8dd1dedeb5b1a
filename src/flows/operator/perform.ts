// The actions by what carries each out: one line each. Everything that an operator does to an account is done here, and only with the writes of the one flow
// beside it (act.ts, cases.ts).
import type { AccountAction } from '../../core/operator/actions.ts';
import type { Refusal } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { Invalid } from '../accounts.ts';
import { type AppPasswordsRevoked, revokeAppPasswords } from '../app-passwords.ts';
import {
  type AuthorisedPerson,
  changeAuthorisedPerson,
  operatorRegister,
  operatorRevokePhone,
  type RegistrationSent,
  resetPin,
} from '../enrolment/operate.ts';
import { unlock } from '../operate.ts';
import { operatorUnbind, type Unbound } from '../unbind.ts';
import type { Beside } from './beside.ts';
import { type BypassIssued, issueBypass } from './bypass.ts';
import type { ActionInput } from './preview.ts';
import { operatorRevokeTrust } from './revoke-trust.ts';

/** What each action answers when it was done. */
export interface Results {
  readonly unlock: { readonly kind: 'unlocked'; readonly unlocked: readonly string[] };
  readonly unbind: Unbound;
  readonly register: RegistrationSent;
  readonly 'reset-pin': { readonly kind: 'reset'; readonly phones: number };
  readonly 'change-person': RegistrationSent;
  readonly 'revoke-phone': { readonly kind: 'revoked' };
  readonly 'revoke-trust': { readonly kind: 'revoked'; readonly revoked: readonly string[] };
  readonly 'revoke-app-password': AppPasswordsRevoked;
  readonly bypass: BypassIssued;
}

/** What every action is given beside its own members. */
export interface Given extends ActionInput {
  readonly account: string;
  /** As the log tells it: the reason's code, and the note. */
  readonly reason: string;
  /** Who asked for it. */
  readonly operator: string;
}

type Perform = {
  readonly [A in AccountAction]: (
    ports: Ports,
    caller: Caller,
    given: Given,
    beside: Beside,
  ) => Promise<Results[A] | Refusal | Invalid>;
};

export const PERFORM: Perform = {
  unlock,
  unbind: operatorUnbind,
  register: operatorRegister,
  'reset-pin': resetPin,
  'change-person': (ports, caller, given, beside) =>
    changeAuthorisedPerson(ports, caller, given as AuthorisedPerson, beside),
  'revoke-phone': (ports, caller, given, beside) =>
    operatorRevokePhone(ports, caller, { ...given, phone: given.phone ?? '' }, beside),
  'revoke-trust': operatorRevokeTrust,
  'revoke-app-password': revokeAppPasswords,
  bypass: (ports, caller, given, beside) => issueBypass(ports, caller, { ...given, hours: given.hours ?? 1 }, beside),
};
