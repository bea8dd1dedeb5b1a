// A change of what guards an account is told on every channel the account has, with a way to say "not me" (security rule 7).

import type { Write } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import type { Message } from '../core/outbox/message.ts';
import { type Notice, noticeText } from '../core/outbox/words.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';

const NOTICE_LIFE_MS = 3 * 24 * 3600 * 1000;

/** The writes that tell the account's owner about a change; none when the policy turns notices off. */
export function noticesOf(ports: Ports, policy: Policy, snapshot: AccountSnapshot, notice: Notice): Write[] {
  if (!policy.notices) return [];
  const { account, now } = snapshot;
  const text = noticeText(notice, account.locale, {
    sign: policy.smsSignature[account.locale],
    account: account.account,
    tel: policy.contact[account.locale],
  });
  const to = (channel: Message['channel'], address: string | null): Write[] =>
    address === null
      ? []
      : [
          {
            op: 'enqueue',
            message: {
              id: makeId('msg', now, ports.random(18)),
              tenantId: account.tenantId,
              accountId: account.id,
              channel,
              to: address,
              text,
              purpose: 'notice',
              expiresAt: now + NOTICE_LIFE_MS,
            },
          },
        ];
  return [...to('sms', account.phone), ...to('email', account.email)];
}
