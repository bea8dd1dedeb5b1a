// A mini-program scanned the QR of a binding (CM-2.1): the first WeChat account that does has it, and is given its secret. The binding is complete with
// the first right code; until then the account is as it was, and a reply that was lost is given again to the same WeChat account.
import { CONFLICT, guarded } from '../../core/commit.ts';
import { HMAC_KEY } from '../../core/enrolment/enrolment.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import { findTicket } from '../enrolment/find-ticket.ts';
import { givenTo, type WechatGiven } from './given.ts';
import { personOf } from './person.ts';

export interface JoinWechat {
  /** What the QR says. */
  readonly token: string;
  /** Of `wx.login`. */
  readonly code: string;
}

/** Joins with a ticket that a page shows for WeChat. `ip` is where the request came from. */
export async function joinWechat(
  ports: Ports,
  input: JoinWechat,
  ip: string | null,
): Promise<({ readonly kind: 'joined' } & WechatGiven) | Refusal> {
  const meant = await findTicket(ports, input, ip);
  if (meant.kind === 'refused') return meant;
  if (meant.ticket.kind !== 'wechat') return refuse('ticket-elsewhere');
  const person = await personOf(ports, input.code, ip);
  if (person.kind === 'refused') return person;
  const tag = await ports.wechatPhones.tagOf(person);
  return guarded(async () => {
    const found = await findTicket(ports, input, ip);
    if (found.kind === 'refused') return found;
    const { ticket, tenant, caller, snapshot } = found;
    const { account, now } = snapshot;
    const pending = snapshot.authenticators.find((a) => a.type === 'wechat' && a.status === 'pending');
    if (pending === undefined || (pending.expiresAt ?? 0) <= now)
      return refuse('ticket-expired', {
        contact: tenant.policy.contact,
        expiredAt: new Date(ticket.expiresAt).toISOString(),
      });
    const phone = pending.params.slice(pending.params.lastIndexOf('/') + 1);
    const secret = pending.secret();
    const given = givenTo(ports, tenant, account, phone, secret, now);
    secret.fill(0);
    const before = await ports.wechatPhones.phone(phone);
    if (before !== undefined)
      return before.tag === tag
        ? { kind: 'joined', ...given }
        : refuse('ticket-used-up', { phones: 1, contact: tenant.policy.contact });
    const of = { tenantId: account.tenantId, accountId: account.id } as const;
    const written = await ports.store.commit(account.id, [
      {
        op: 'insert-phone',
        ...of,
        id: phone,
        ticketId: ticket.id,
        issue: 0,
        slot: 1,
        name: 'WeChat',
        platform: 'wechat',
        signKey: HMAC_KEY,
        boxKey: '',
        role: 'main',
      },
      { op: 'put-wechat', ...of, phoneId: phone, appId: person.appId, tag, openid: person.openid },
      {
        op: 'audit',
        event: {
          ...of,
          event: 'phone.joined',
          actor: caller.actor,
          data: { phone, name: 'WeChat', platform: 'wechat' },
        },
      },
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    return { kind: 'joined', ...given };
  });
}
