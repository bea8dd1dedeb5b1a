// A change of what guards an account is told on every channel the account has, with a way to say "not me" (security rule 7).

import type { Write } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import { type Notice, noticeMail, noticeText, type Objection } from '../core/outbox/words.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';

/**
 * SMS notices of one account in an hour, and as many of those with a stop code. Whoever may change methods could else make each change cost a message
 * without end, to a number of their choice (SMS-01, SMS-02). By then the owner's phone has rung twenty times; mail goes on, and so does the audit.
 * Notices without a code take nothing from those with one: nobody makes so much noise first that the owner is not given the code (REB-04). And twenty
 * codes are enough, for any of them takes back every change that may still be objected to.
 */
const MOST_SMS_AN_HOUR = 20;
const NOTICE_LIFE_MS = 3 * 24 * 3600 * 1000;

const NONE: ReadonlySet<string> = new Set();

/**
 * The writes that tell the account's owner about a change; none when the policy turns notices off. Mailboxes in `without` are told without a way to
 * object, unless there is no other channel.
 */
export function noticesOf(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  notice: Notice,
  objection?: Objection,
  without: ReadonlySet<string> = NONE,
): Write[] {
  return policy.notices ? toldOnEveryChannel(ports, policy, snapshot, notice, objection, without) : [];
}

/** The writes that remind an account to move: sent because an operator asked for it, whatever the policy says of notices. */
export const remindersOf = (ports: Ports, policy: Policy, snapshot: AccountSnapshot): Write[] =>
  toldOnEveryChannel(ports, policy, snapshot, 'remind');

function toldOnEveryChannel(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  notice: Notice,
  objection?: Objection,
  without: ReadonlySet<string> = NONE,
): Write[] {
  const { account, now } = snapshot;
  const { locale } = account;
  const tel = policy.contact[locale];
  const common = (may: Objection | undefined) =>
    ({
      id: makeId('msg', now, ports.random(18)),
      tenantId: account.tenantId,
      accountId: account.id,
      purpose: may === undefined ? 'notice' : 'objection',
      expiresAt: now + NOTICE_LIFE_MS,
    }) as const;
  const writes: Write[] = [];
  // No SMS, not even a notice, where the policy sends none (SMS-01).
  const isTexted = account.phone !== null && ports.reaches(account.phone, policy.sms.countries);
  if (account.phone !== null && isTexted) {
    const values = { sign: policy.smsSignature[locale], account: account.account, tel };
    const text = noticeText(notice, locale, values, objection);
    const message = { ...common(objection), channel: 'sms', to: account.phone, text } as const;
    writes.push({ op: 'enqueue', message });
    writes.push({ op: 'cap-notices', accountId: account.id, id: message.id, most: MOST_SMS_AN_HOUR });
  }
  const boxes = [...mailboxesOf(snapshot)];
  const isHeard = isTexted || boxes.some((to) => !without.has(to) || to === account.email);
  for (const to of boxes) {
    const may = isHeard && without.has(to) && to !== account.email ? undefined : objection;
    const mail = noticeMail(notice, locale, { issuer: policy.issuer, account: account.account, tel }, may);
    writes.push({ op: 'enqueue', message: { ...common(may), channel: 'email', to, ...mail } });
  }
  return writes;
}

/** The address on file and the backup mailbox as it is bound before the change: whoever has just taken one over does not keep the other from hearing of it. */
const mailboxesOf = ({ account, authenticators }: AccountSnapshot): ReadonlySet<string> =>
  new Set([
    ...(account.email === null ? [] : [account.email]),
    ...authenticators.filter((a) => a.type === 'email' && a.status === 'active').map((a) => a.params),
  ]);
