// WeChat clears a mini-program's storage when it likes. Whoever that WeChat account belongs to is given fresh secrets for what it is bound to; those
// before are worthless from the commit on, wherever a copy of them may lie (REB-08).
import { CONFLICT, type Conflict, guarded } from '../../core/commit.ts';
import { phoneIn } from '../../core/enrolment/enrolment.ts';
import { type Refusal } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { WechatPhone } from '../../core/wechat/wechat.ts';
import { keyOf, phoneCaller } from '../enrolment/load.ts';
import { noticesOf } from '../notices.ts';
import { tenantOf } from '../tenant.ts';
import { givenTo, type WechatGiven } from './given.ts';
import { personOf } from './person.ts';

const KEY_BYTES = 32;

/** Everything the person's mini-program is bound to, each with a fresh secret. */
export async function restoreWechat(
  ports: Ports,
  input: { readonly code: string },
  ip: string | null,
): Promise<{ readonly kind: 'restored'; readonly items: readonly WechatGiven[] } | Refusal> {
  const person = await personOf(ports, input.code, ip);
  if (person.kind === 'refused') return person;
  const items: WechatGiven[] = [];
  for (const phone of await ports.wechatPhones.phonesOf(await ports.wechatPhones.tagOf(person))) {
    const given = await guarded((thorough) => renew(ports, phone, thorough));
    if ('phone' in given) items.push(given);
  }
  return { kind: 'restored', items };
}

/** A suspended account, or one that was unbound meanwhile, is left as it is. */
async function renew(
  ports: Ports,
  { phoneId, tenantId, canonical }: WechatPhone,
  thorough: boolean,
): Promise<WechatGiven | { readonly kind: 'gone' } | Conflict> {
  const caller: Caller = phoneCaller({ id: phoneId, tenantId });
  const snapshot = await ports.store.account(tenantId, canonical, thorough);
  const bound = snapshot === undefined ? undefined : keyOf(snapshot, phoneId, 'active');
  if (snapshot === undefined || bound === undefined || snapshot.account.status === 'suspended') return { kind: 'gone' };
  const { account, now } = snapshot;
  if (phoneIn(await ports.enrolment.of(account.id), phoneId)?.status !== 'active') return { kind: 'gone' };
  const tenant = await tenantOf(ports, caller, snapshot);
  const secret = ports.random(KEY_BYTES);
  const given = givenTo(ports, tenant, account, phoneId, secret, now);
  const of = { tenantId, accountId: account.id } as const;
  const written = await ports.store.commit(account.id, [
    { op: 'renew-key', ...of, id: bound.id, phoneId, params: bound.params, secret },
    {
      op: 'audit',
      event: { ...of, event: 'phone.renewed', actor: caller.actor, data: { phone: phoneId, authenticator: bound.id } },
    },
    ...noticesOf(ports, tenant.policy, snapshot, 'phone-added'),
  ]);
  secret.fill(0);
  if (written.kind === 'conflict') return CONFLICT;
  ports.wake('outbox', tenantId);
  return given;
}
