// An account's phones: seen by the phone itself, by its owner and by operators; and revoked. A revoked phone's codes, signatures and approvals are
// refused from the commit on, on every node (REB-08).
import { canonicalAccount } from '../../core/account/account.ts';
import { isBindable, STAND_INS } from '../../core/authenticator/type.ts';
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import {
  type Enrolment,
  isWechat,
  phoneIn,
  phoneState,
  type StoredPhone,
  type Ticket,
} from '../../core/enrolment/enrolment.ts';
import type { Locale, Words } from '../../core/locale.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';
import { endWithMethods } from '../end-app-passwords.ts';
import { endLogins } from '../logout.ts';
import { noticesOf } from '../notices.ts';
import { closeChanges, toldChange } from '../objection.ts';
import { type Beside, besides } from '../operator/beside.ts';
import { tenantOf } from '../tenant.ts';
import { endTrust } from '../trust.ts';
import { keyOf, loadPhone, type PhoneCall } from './load.ts';

export interface PhoneView {
  readonly id: string;
  readonly name: string;
  readonly platform: string;
  readonly role: 'main' | 'sub';
  readonly status: 'active' | 'unsynced' | 'revoked';
  readonly joinedAt: number;
  readonly completedAt: number | null;
  readonly lastUsedAt: number | null;
}

export interface EnrolmentView {
  readonly kind: 'enrolment';
  readonly account: string;
  readonly slots: { readonly used: number; readonly of: number };
  /** The newest ticket; null when there never was one. */
  readonly ticket: {
    readonly id: string;
    readonly status: 'open' | 'expired' | 'void' | 'used' | 'used-up';
    readonly expiresAt: number;
  } | null;
  readonly phones: readonly PhoneView[];
}

/** A phone as it is shown. */
export const phoneView = (phone: StoredPhone, enrolment: Enrolment): PhoneView => ({
  id: phone.id,
  name: phone.name,
  platform: phone.platform,
  role: phone.role,
  status: phoneState(phone, enrolment),
  joinedAt: phone.createdAt,
  completedAt: phone.completedAt,
  lastUsedAt: phone.lastUsedAt,
});

/** How many phones of the newest issue there are, of how many there may be. */
export const slotsOf = (policy: Policy, { ticket, phones }: Enrolment): EnrolmentView['slots'] => ({
  used: phones.filter((p) => ticket === null || p.issue === ticket.issue).length,
  of: policy.enrolment.slots,
});

/** The account's phones in force, its slots and how its newest ticket stands: for its owner's page and for operators. */
export async function enrolmentView(ports: Ports, caller: Caller, account: string): Promise<EnrolmentView | Refusal> {
  const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(account), false);
  if (snapshot === undefined) return refuse('account-unknown');
  const { policy } = await tenantOf(ports, caller, snapshot);
  return enrolmentShown(policy, snapshot.account.account, await ports.enrolment.of(snapshot.account.id));
}

/** The same of an enrolment at hand. */
export function enrolmentShown(policy: Policy, account: string, enrolment: Enrolment): EnrolmentView {
  const { ticket, phones } = enrolment;
  const slots = slotsOf(policy, enrolment);
  return {
    kind: 'enrolment',
    account,
    slots,
    ticket:
      ticket === null
        ? null
        : {
            id: ticket.id,
            status: ticketState(ticket, enrolment.now, slots.used >= slots.of),
            expiresAt: ticket.expiresAt,
          },
    phones: phones.map((phone) => phoneView(phone, enrolment)),
  };
}

function ticketState(ticket: Ticket, now: number, isFull: boolean): NonNullable<EnrolmentView['ticket']>['status'] {
  if (ticket.status !== 'open') return ticket.status;
  if (ticket.expiresAt <= now) return 'expired';
  return isFull ? 'used-up' : 'open';
}

export interface OwnPhone {
  readonly kind: 'phone';
  readonly phone: PhoneView;
  readonly account: string;
  readonly accountId: string;
  readonly tenant: { readonly id: string; readonly name: string };
  readonly pinEpoch: number;
  /** Whom to call about it. */
  readonly contact: Words;
  readonly locale: Locale;
  readonly serverTime: number;
  readonly phones: readonly PhoneView[];
}

/** What a phone is told of itself and of its siblings. */
export async function ownPhone(ports: Ports, call: PhoneCall): Promise<OwnPhone | Refusal> {
  const loaded = await loadPhone(ports, call, false, 'any');
  if (loaded.kind === 'refused') return loaded;
  const { snapshot, enrolment, phone } = loaded;
  const tenant = await tenantOf(ports, call.caller, snapshot);
  return {
    kind: 'phone',
    phone: phoneView(phone, enrolment),
    account: snapshot.account.account,
    accountId: snapshot.account.id,
    tenant: { id: tenant.id, name: tenant.name },
    pinEpoch: enrolment.pin?.epoch ?? 0,
    contact: tenant.policy.contact,
    locale: snapshot.account.locale,
    serverTime: snapshot.now,
    phones: enrolment.phones.map((p) => phoneView(p, enrolment)),
  };
}

export interface RevokePhone {
  readonly account: string;
  readonly phone: string;
  readonly actor: string;
  readonly reason?: string | undefined;
  /** How many other methods must stay: the policy's number for an owner (REB-02), none for an operator. */
  readonly keepOthers: boolean;
  /** Spends the proof the change rests on, if it needs one. */
  readonly proof?: readonly Write[];
  /** The session of its owner that asks: it stays. */
  readonly session?: string;
  readonly beside?: Beside | undefined;
}

/** Revokes a phone of the account. */
export async function revokePhone(
  ports: Ports,
  caller: Caller,
  input: RevokePhone,
): Promise<{ readonly kind: 'revoked' } | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    if (phoneIn(await ports.enrolment.of(snapshot.account.id), input.phone) === undefined) return refuse('not-found');
    const key = keyOf(snapshot, input.phone, 'active');
    const keep = input.keepOthers ? policy.keepAtLeast : 0;
    if (key !== undefined && othersOf(snapshot, key.id) < keep) return refuse('last-authenticator');
    const { account } = snapshot;
    const reason = input.reason === undefined ? {} : { reason: input.reason, via: caller.actor };
    const more = await besides(input.beside, policy, snapshot);
    if ('kind' in more) return more;
    const written = await ports.store.commit(account.id, [
      ...more,
      ...(input.proof ?? []),
      ...(key === undefined
        ? []
        : ([{ op: 'remove-authenticator', accountId: account.id, id: key.id, keep }] as const)),
      { op: 'revoke-phone', accountId: account.id, id: input.phone },
      ...(input.keepOthers ? [] : [closeChanges(account.id)]),
      { op: 'drop-revoked-keys', accountId: account.id },
      { op: 'drop-orphaned-codes', accountId: account.id },
      ...(key === undefined ? [] : await endWithMethods(ports, policy, snapshot, [key], input.actor)),
      ...endLogins(account.id, 'satisfied'),
      ...endTrust(account.id, input.session),
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'phone.revoked',
          actor: input.actor,
          data: { phone: input.phone, ...reason },
        },
      },
      ...(input.keepOthers
        ? await toldChange(ports, policy, snapshot, 'phone-removed', {
            added: [],
            removed: key === undefined ? [] : [key.id, ...orphaned(ports, snapshot, key.id)],
            // Without a key there is nothing to put back by.
            ...(key === undefined ? { final: true } : {}),
          })
        : noticesOf(ports, policy, snapshot, 'phone-removed', input.beside?.objection)),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    ports.wake('enrolment', account.id);
    return { kind: 'revoked' };
  });
}

const othersOf = (snapshot: AccountSnapshot, id: string): number =>
  snapshot.authenticators.filter((a) => a.status === 'active' && a.id !== id && !STAND_INS.includes(a.type)).length;

/** Recovery codes go with the last method that they stand in for. */
const orphaned = (ports: Ports, snapshot: AccountSnapshot, id: string): readonly string[] => {
  const stay = snapshot.authenticators.filter((a) => a.status === 'active' && a.id !== id);
  const codes = stay.filter((a) => a.type === 'recovery-code');
  return stay.some((a) => !STAND_INS.includes(a.type) && isBindable(ports.types[a.type])) ? [] : codes.map((a) => a.id);
};

/** A phone removes itself, or, while it is synchronised, another one of its account. */
export async function revokeByPhone(
  ports: Ports,
  call: PhoneCall,
  target: string,
): Promise<{ readonly kind: 'revoked' } | Refusal> {
  const loaded = await loadPhone(ports, call, false, 'any');
  if (loaded.kind === 'refused') return loaded;
  if (target !== call.phone && isWechat(loaded.phone)) return refuse('not-found');
  if (target !== call.phone && phoneState(loaded.phone, loaded.enrolment) !== 'active') return refuse('phone-unsynced');
  return revokePhone(ports, call.caller, {
    account: loaded.snapshot.account.account,
    phone: target,
    actor: call.caller.actor,
    keepOthers: true,
    // Revoked itself between this look and the commit, it removes none.
    proof: target === call.phone ? [] : [{ op: 'use-phone', accountId: loaded.snapshot.account.id, id: call.phone }],
  });
}
