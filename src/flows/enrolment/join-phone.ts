// A phone joins with a ticket: it takes a slot by guarded commit, so that of six at once on five slots exactly five join (ENR-05, ENR-17). The first one
// gets its secret at once and sets the PIN; every further one gets it only after it has shown that it knows that PIN. A phone that never heard the answer
// asks again with the same keys and is told what it was told, but for the secret: that it fetches by a call it signs (`beginSync`).
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import type { Box } from '../../core/crypto.ts';
import {
  epochOf,
  freeSlot,
  type Kdf,
  type KdfName,
  kdfFor,
  type PhoneRole,
  setsPin,
} from '../../core/enrolment/enrolment.ts';
import { makeId } from '../../core/ids.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import type { Invalid } from '../accounts.ts';
import { findTicket, type GivenTicket, usedUp } from './find-ticket.ts';
import { giveKey } from './key.ts';
import { pinAssumed, pinRules } from './load.ts';

export type JoinPhone = GivenTicket & {
  readonly name: string;
  readonly platform: string;
  readonly signKey: string;
  readonly boxKey: string;
  /** What the phone can make a key of a PIN with; every phone can do PBKDF2. Argon2id when it does not say. */
  readonly kdfs?: readonly KdfName[] | undefined;
};

/** What a phone that says nothing can do. */
export const USUAL_KDFS: readonly KdfName[] = ['argon2id'];

export interface PhoneJoined {
  readonly kind: 'joined';
  readonly phone: string;
  readonly accountId: string;
  readonly tenant: { readonly id: string; readonly name: string };
  readonly account: string;
  readonly role: PhoneRole;
  readonly salt: string;
  readonly kdf: Kdf;
  readonly pinEpoch: number;
  readonly pin: { readonly minDigits: number; readonly maxDigits: number };
  readonly code: { readonly digits: number; readonly periodSeconds: number };
  readonly serverTime: number;
  readonly box: Box | null;
}

/**
 * Takes a slot for a phone, or says why not; a phone that has one for this issue, by both its keys, keeps that one (`box` is null then). `ip` is where the
 * request came from.
 */
export async function joinPhone(
  ports: Ports,
  input: JoinPhone,
  ip: string | null,
): Promise<PhoneJoined | Refusal | Invalid> {
  if (!ports.crypto.isSignKey(input.signKey))
    return { kind: 'invalid', at: '/signKey', message: 'must be the SPKI of an ECDSA P-256 key, base64url' };
  if (!ports.crypto.isBoxKey(input.boxKey))
    return { kind: 'invalid', at: '/boxKey', message: 'must be the raw point of an ECDH P-256 key, base64url' };
  return guarded(async () => {
    const found = await findTicket(ports, input, ip, { used: true });
    if (found.kind === 'refused') return found;
    const { ticket, tenant, caller } = found;
    const { policy } = tenant;
    const { account, now } = found.snapshot;
    if (ticket.kind === 'wechat') return refuse('ticket-elsewhere');
    if (policy.enrolment.firstFactor && ticket.kind === 'issue') return refuse('first-factor-needed');
    const enrolment = await ports.enrolment.of(account.id);
    const same = enrolment.phones.find(
      (p) => p.issue === ticket.issue && p.signKey === input.signKey && p.boxKey === input.boxKey,
    );
    if (same === undefined && ticket.status === 'used') return usedUp(policy);
    const slot = same?.slot ?? freeSlot(enrolment.phones, ticket.issue, policy.enrolment.slots);
    if (slot === undefined)
      return refuse('ticket-used-up', {
        phones: enrolment.phones.filter((p) => p.issue === ticket.issue).length,
        contact: policy.contact,
      });
    const kdf = kdfFor(enrolment, input.kdfs ?? USUAL_KDFS, policy.pin.fallback);
    if (kdf === undefined) return refuse('pin-key-unsupported', { contact: policy.contact });
    const told = {
      kind: 'joined',
      accountId: account.id,
      tenant: { id: tenant.id, name: tenant.name },
      account: account.account,
      kdf,
      pinEpoch: epochOf(enrolment),
      pin: pinRules(policy),
      code: { digits: policy.app.digits, periodSeconds: policy.app.periodSeconds },
      serverTime: now,
    } as const;
    const spent: readonly Write[] =
      ticket.kind === 'activation' && ticket.status === 'open'
        ? [{ op: 'use-activation', id: ticket.id, accountId: account.id }]
        : [];
    if (same !== undefined) {
      if (spent.length > 0 && (await ports.store.commit(account.id, spent)).kind === 'conflict') return CONFLICT;
      return { ...told, phone: same.id, role: same.role, salt: enrolment.pin?.salt ?? '', box: null };
    }
    const isFirst = setsPin(enrolment, ticket.issue);
    const role: PhoneRole = isFirst ? 'main' : 'sub';
    const { name, platform, signKey, boxKey } = input;
    const phone = {
      id: makeId('phn', now, ports.random(18)),
      tenantId: account.tenantId,
      accountId: account.id,
      name,
      boxKey,
    };
    const pin = pinAssumed(ports, account, enrolment);
    const key = isFirst ? giveKey(ports, policy, phone, now) : undefined;
    const writes: Write[] = [
      pin,
      { op: 'insert-phone', ...phone, ticketId: ticket.id, issue: ticket.issue, slot, platform, signKey, role },
      ...spent,
      ...(key?.writes ?? []),
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'phone.joined',
          actor: caller.actor,
          data: { phone: phone.id, name, platform, role, slot },
        },
      },
    ];
    const written = await ports.store.commit(account.id, writes);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('enrolment', account.id);
    const salt = pin.op === 'begin-pin' ? pin.salt : (enrolment.pin?.salt ?? '');
    return { ...told, phone: phone.id, role, salt, box: key?.box ?? null };
  });
}
