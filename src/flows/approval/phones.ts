// Which phones of an account may answer for it now: complete, in step with the PIN, and their authenticator neither removed nor frozen.
import type { TypeName } from '../../core/authenticator/type.ts';
import { type Enrolment, phoneIn, phoneState, type StoredPhone } from '../../core/enrolment/enrolment.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports } from '../../core/ports.ts';
import type { AccountSnapshot, StoredAuthenticator } from '../../core/store.ts';
import { throttleState } from '../../core/throttle/throttle.ts';
import { active } from '../facts.ts';
import { failuresOf, stopRefusal } from '../try-output.ts';

export interface AblePhone {
  readonly kind: 'able';
  readonly phone: StoredPhone;
  readonly authenticator: StoredAuthenticator;
}

/** The phone with its authenticator, or why it may not answer. */
export function able(policy: Policy, snapshot: AccountSnapshot, enrolment: Enrolment, id: string): AblePhone | Refusal {
  const phone = phoneIn(enrolment, id);
  if (phone === undefined) return refuse('phone-revoked');
  const authenticator = active(snapshot).find((a) => a.id === phone.authenticatorId);
  if (phoneState(phone, enrolment) !== 'active' || authenticator === undefined) return refuse('phone-unsynced');
  const state = throttleState(failuresOf(policy, snapshot, authenticator), policy.throttle, snapshot.now);
  // A wait between codes slows guessing; a signature is no guess. Only a freeze ends it.
  if (state.kind === 'frozen') return stopRefusal(policy, snapshot, state);
  return { kind: 'able', phone, authenticator };
}

/** The types among them whose phones may answer. */
export const approving = (ports: Pick<Ports, 'types'>, types: readonly TypeName[]): readonly TypeName[] =>
  types.filter((type) => ports.types[type].approves === true);

/** Every phone of these types that may answer; the refusal of one that may not when there is none. */
export function ablePhones(
  policy: Policy,
  snapshot: AccountSnapshot,
  enrolment: Enrolment,
  types: readonly TypeName[],
): readonly AblePhone[] | Refusal {
  const phones = [
    ...(types.includes('app') ? enrolment.phones : []),
    ...(types.includes('wechat') ? enrolment.wechat : []),
  ];
  const all = phones.map((phone) => able(policy, snapshot, enrolment, phone.id));
  const found = all.filter((one) => one.kind === 'able');
  if (found.length > 0) return found;
  return (
    (all.find((one) => one.kind === 'refused' && one.code === 'frozen') as Refusal | undefined) ??
    refuse('phone-unsynced')
  );
}
