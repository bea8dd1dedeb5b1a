// What every step of an enrolled phone begins with: the phone, its account and what is known of the account's other phones, read afresh.
import type { Write } from '../../core/commit.ts';
import { type Enrolment, isWechat, phoneIn, type StoredPhone } from '../../core/enrolment/enrolment.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { AccountSnapshot, StoredAuthenticator } from '../../core/store.ts';
import { tenantOf } from '../tenant.ts';

/** A phone whose request was signed; `ip` is where it came from. */
export interface PhoneCall {
  readonly caller: Caller;
  readonly phone: string;
  readonly account: string;
  readonly ip: string | null;
}

export interface Loaded {
  readonly kind: 'loaded';
  readonly snapshot: AccountSnapshot;
  readonly policy: Policy;
  readonly enrolment: Enrolment;
  readonly phone: StoredPhone;
}

/** What a person may choose as a PIN, as phones are told it. */
export const pinRules = ({ pin: { minDigits, maxDigits } }: Policy) => ({ minDigits, maxDigits });

/** The caller of a phone's own requests. */
export const phoneCaller = (phone: Pick<StoredPhone, 'id' | 'tenantId'>): Caller => ({
  tenantId: phone.tenantId,
  actor: `phone:${phone.id}`,
  keyId: phone.id,
  client: null,
});

/** The phone in force with its account; refuses a revoked one and a suspended account, and, unless `any` may call, one of WeChat. */
export async function loadPhone(
  ports: Ports,
  call: PhoneCall,
  thorough: boolean,
  which: 'app' | 'any' = 'app',
): Promise<Loaded | Refusal> {
  const snapshot = await ports.store.account(call.caller.tenantId, call.account, thorough);
  if (snapshot === undefined) return refuse('phone-revoked');
  const { policy } = await tenantOf(ports, call.caller, snapshot);
  const enrolment = await ports.enrolment.of(snapshot.account.id);
  const phone = phoneIn(enrolment, call.phone);
  if (phone === undefined) return refuse('phone-revoked');
  if (which === 'app' && isWechat(phone)) return refuse('not-found');
  if (snapshot.account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
  return { kind: 'loaded', snapshot, policy, enrolment, phone };
}

const ofPhones = (a: Pick<StoredAuthenticator, 'type'>): boolean => a.type === 'app' || a.type === 'wechat';

/** A phone's authenticator in that status: its parameters end with the phone's id. */
export const keyOf = (
  snapshot: AccountSnapshot,
  phoneId: string,
  status: StoredAuthenticator['status'],
): StoredAuthenticator | undefined =>
  snapshot.authenticators.find((a) => ofPhones(a) && a.status === status && a.params.endsWith(`/${phoneId}`));

/** The phone that an authenticator is the key of; undefined for other types. */
export const phoneIdOf = (a: Pick<StoredAuthenticator, 'type' | 'params'>): string | undefined =>
  ofPhones(a) ? a.params.slice(a.params.lastIndexOf('/') + 1) : undefined;

/** The write that goes with a right code of a phone: it was used, and is not revoked. Nothing for other types. */
export function phoneUsed(a: StoredAuthenticator, accountId: string): readonly Write[] {
  const id = phoneIdOf(a);
  return id === undefined ? [] : [{ op: 'use-phone', accountId, id }];
}

/** Assumes that the account's PIN stands as it was read; begins it with a salt where there was none. */
export const pinAssumed = (
  ports: Ports,
  account: { readonly id: string; readonly tenantId: string },
  { pin }: Enrolment,
): Write =>
  pin === null
    ? {
        op: 'begin-pin',
        tenantId: account.tenantId,
        accountId: account.id,
        salt: ports.crypto.toBase64url(ports.random(SALT_BYTES)),
      }
    : { op: 'expect-pin', accountId: account.id, epoch: pin.epoch, isSet: pin.isSet };
export const SALT_BYTES = 16;
