// What customer service does for a person's phones, each with a reason on record and told on every channel: send a registration (MO-1.1, MO-6.2), reset the
// PIN (MO-6.3), change who may act for the account (MO-6.4), revoke a phone. Operators see no ticket, code, PIN or secret (security rule 9).
import { canonicalAccount, maskEmail } from '../../core/account/account.ts';
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import type { KdfName } from '../../core/enrolment/enrolment.ts';
import { makeId } from '../../core/ids.ts';
import { registrationMail } from '../../core/outbox/registration.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy, Reissue } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';
import { accountChange, type Invalid } from '../accounts.ts';
import { endWithMethods } from '../end-app-passwords.ts';
import { endLogins, endSessions } from '../logout.ts';
import { noticesOf } from '../notices.ts';
import { closeChanges } from '../objection.ts';
import { type Beside, besides } from '../operator/beside.ts';
import { tenantOf } from '../tenant.ts';
import { endTrust } from '../trust.ts';
import { issueTicket, type TicketIssued } from './issue-ticket.ts';
import { revokePhone } from './phones.ts';

interface Operated {
  readonly account: string;
  readonly reason: string;
  readonly operator: string;
}

const by = (input: Operated): string => `operator:${input.operator}`;

export interface RegistrationSent {
  readonly kind: 'registered';
  /** The ticket's id; its contents went to the person alone. */
  readonly id: string;
  /** Masked. */
  readonly sentTo: string;
  readonly expiresAt: number;
  readonly slots: { readonly used: number; readonly of: number };
}

/** Mails a registration to the account's address; those before it are void, and the phones named are revoked at once. */
export async function operatorRegister(
  ports: Ports,
  caller: Caller,
  input: Operated & { readonly mode?: Reissue | undefined; readonly revokePhones?: readonly string[] | undefined },
  beside?: Beside,
): Promise<RegistrationSent | Refusal> {
  let sentTo = '';
  const issued = await issueTicket(ports, caller, {
    account: input.account,
    actor: by(input),
    reason: input.reason,
    mode: input.mode,
    revokePhones: input.revokePhones,
    as: 'issue',
    objection: beside?.objection,
    async also(policy, snapshot, ticket) {
      const { email } = snapshot.account;
      if (email === null) return refuse('no-mail-address');
      sentTo = maskEmail(email);
      const more = await besides(beside, policy, snapshot);
      if ('kind' in more) return more;
      const isRevoking =
        (input.revokePhones ?? []).length > 0 || (input.mode ?? policy.enrolment.reissue) === 'replace-at-once';
      const closes = isRevoking ? [closeChanges(snapshot.account.id)] : [];
      return [await mailOf(ports, policy, snapshot, ticket, email), ...more, ...closes];
    },
  });
  if (issued.kind === 'refused') return issued;
  const { id, expiresAt, slots } = issued;
  return { kind: 'registered', id, sentTo, expiresAt, slots };
}

/** The mail of a ticket, queued: it is worth sending while the ticket lasts. */
async function mailOf(
  ports: Ports,
  policy: Policy,
  { account, now }: AccountSnapshot,
  ticket: TicketIssued,
  to: string,
): Promise<Write> {
  const { png } = await ports.qr(ticket.url);
  const base64 = png.slice(png.indexOf(',') + 1);
  const { firstFactor, links, slots } = policy.enrolment;
  const mail = registrationMail(account.locale, {
    issuer: policy.issuer,
    account: account.account,
    code: ticket.activationCode,
    expiresAt: ticket.expiresAt,
    timeZone: policy.timeZone,
    slots,
    tel: policy.contact[account.locale],
    pin: policy.pin,
    asksPassword: firstFactor,
    appUrl: links ? `${ports.baseUrl}/app/` : null,
    qr:
      ports.crypto.fromBase64url(base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')) ??
      new Uint8Array(0),
  });
  return {
    op: 'enqueue',
    message: {
      id: makeId('msg', now, ports.random(18)),
      tenantId: account.tenantId,
      accountId: account.id,
      channel: 'email',
      to,
      ...mail,
      purpose: 'notice',
      expiresAt: ticket.expiresAt,
    },
  };
}

export interface ResetPin extends Operated {
  /** What the next PIN goes through, for a phone that cannot do what the account has; the same as before when absent. */
  readonly kdf?: KdfName | undefined;
}

/** Forgets the PIN: no phone's codes count until one has set a new PIN and the others have shown that they know it (MO-6.3, PIN-08). */
export async function resetPin(
  ports: Ports,
  caller: Caller,
  input: ResetPin,
  beside?: Beside,
): Promise<{ readonly kind: 'reset'; readonly phones: number } | Refusal | Invalid> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { account } = snapshot;
    const enrolment = await ports.enrolment.of(account.id);
    if (enrolment.pin?.isSet !== true) return refuse('not-found');
    if (input.kdf === 'pbkdf2-sha256' && !policy.pin.fallback)
      return { kind: 'invalid', at: '/kdf', message: 'is not allowed: the policy sets pin.fallback to false' };
    const more = await besides(beside, policy, snapshot);
    if ('kind' in more) return more;
    const written = await ports.store.commit(account.id, [
      ...more,
      closeChanges(account.id),
      { op: 'reset-pin', accountId: account.id, from: enrolment.pin.epoch, kdf: input.kdf },
      { op: 'drop-other-keys', accountId: account.id, phoneId: null },
      ...(await endWithMethods(ports, policy, snapshot, keysOf(snapshot), by(input))),
      ...endLogins(account.id, 'all'),
      ...endSessions(account.id),
      ...endTrust(account.id),
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'pin.reset',
          actor: by(input),
          data: {
            reason: input.reason,
            via: caller.actor,
            phones: enrolment.phones.length,
            ...(input.kdf === undefined ? {} : { kdf: input.kdf }),
          },
        },
      },
      ...noticesOf(ports, policy, snapshot, 'pin-reset', beside?.objection),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return { kind: 'reset', phones: enrolment.phones.length };
  });
}

const keysOf = (snapshot: AccountSnapshot) =>
  snapshot.authenticators.filter((a) => a.type === 'app' && a.status === 'active');

/**
 * Everything that could act for the account ends: phones and their secrets, the PIN, tickets, sessions, open logins and what they proved, app
 * passwords. Methods that follow a contact go with the contact. Put these first in the commit that changes the account.
 */
export async function endEverything(ports: Ports, snapshot: AccountSnapshot, actor: string): Promise<readonly Write[]> {
  const { account } = snapshot;
  const { pin, phones } = await ports.enrolment.of(account.id);
  const event = { tenantId: account.tenantId, accountId: account.id, actor } as const;
  const bound = snapshot.authenticators.filter((a) => a.status === 'active' && ports.types[a.type].bind !== undefined);
  return [
    ...(pin === null ? [] : ([{ op: 'reset-pin', accountId: account.id, from: pin.epoch }] as const)),
    { op: 'void-tickets', accountId: account.id },
    { op: 'revoke-older-phones', accountId: account.id, issue: Number.MAX_SAFE_INTEGER },
    { op: 'drop-other-keys', accountId: account.id, phoneId: null },
    { op: 'retire-wechat', accountId: account.id, except: null },
    ...bound.map((a): Write => ({ op: 'remove-authenticator', accountId: account.id, id: a.id, keep: 0 })),
    { op: 'revoke-app-passwords', accountId: account.id },
    ...endLogins(account.id, 'all'),
    ...endSessions(account.id),
    ...endTrust(account.id),
    ...phones.map((p): Write => ({ op: 'audit', event: { ...event, event: 'phone.revoked', data: { phone: p.id } } })),
    ...bound.map(
      (a): Write => ({
        op: 'audit',
        event: { ...event, event: 'binding.removed', data: { authenticator: a.id, type: a.type } },
      }),
    ),
  ];
}

export interface AuthorisedPerson extends Operated {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** Somebody else may act for the account from now on: everything before ends, and a registration goes to the address now on file. */
export async function changeAuthorisedPerson(
  ports: Ports,
  caller: Caller,
  input: AuthorisedPerson,
  beside?: Beside,
): Promise<RegistrationSent | Refusal | Invalid> {
  const changed = await guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { account } = snapshot;
    if (account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
    if ((input.email ?? account.email) === null) return refuse('no-mail-address');
    const { name, email, phone } = input;
    const actor = by(input);
    const change = await accountChange(ports, { ...caller, actor }, policy, snapshot, {
      account: account.account,
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
      ...(phone === undefined ? {} : { phone }),
    });
    if (change.kind === 'invalid') return change;
    const more = await besides(beside, policy, snapshot);
    if ('kind' in more) return more;
    const written = await ports.store.commit(account.id, [
      ...more,
      ...(await endEverything(ports, snapshot, actor)),
      closeChanges(account.id),
      { op: 'forget-former', accountId: account.id, id: null },
      ...change.writes,
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'authorised-person.changed',
          actor,
          data: { reason: input.reason, via: caller.actor },
        },
      },
      ...noticesOf(ports, policy, snapshot, 'pin-reset', beside?.objection),
      ...noticesOf(ports, policy, snapshot, 'phone-removed'),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return { kind: 'changed' } as const;
  });
  // What went before has ended whatever becomes of the mail: sending it again is `register`.
  return changed.kind === 'changed' ? operatorRegister(ports, caller, input) : changed;
}

/** Revokes a phone at once, with a reason. */
export const operatorRevokePhone = (
  ports: Ports,
  caller: Caller,
  input: Operated & { readonly phone: string },
  beside?: Beside,
): Promise<{ readonly kind: 'revoked' } | Refusal> =>
  revokePhone(ports, caller, {
    account: input.account,
    phone: input.phone,
    actor: by(input),
    reason: input.reason,
    keepOthers: false,
    beside,
  });
