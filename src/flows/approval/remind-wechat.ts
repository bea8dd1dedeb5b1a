// Reminds in WeChat whoever allowed it there. What is sent says who asks and when: no number, no account, no place. The mini-program asks us for the rest.
import type { Approval } from '../../core/approval/approval.ts';
import type { Write } from '../../core/commit.ts';
import { makeId } from '../../core/ids.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';

const LANG = { 'zh-CN': 'zh_CN', 'zh-HK': 'zh_HK', en: 'en_US' } as const;

/** The writes that remind those of the phones that are WeChat's and have a reminder left; each uses it up. */
export async function remindWechat(
  ports: Ports,
  policy: Policy,
  { account, now }: AccountSnapshot,
  approval: Approval,
  phones: readonly string[],
): Promise<readonly Write[]> {
  if (ports.wechat?.template == null) return [];
  const writes: Write[] = [];
  for (const phoneId of phones) {
    const known = await ports.wechatPhones.phone(phoneId);
    if (known === undefined || known.reminders === 0) continue;
    const { tenantId, id: accountId, locale } = account;
    const id = makeId('msg', now, ports.random(18));
    const about = { id, tenantId, accountId, purpose: 'notice', expiresAt: approval.expiresAt } as const;
    const message = { ...about, channel: 'wechat', to: phoneId, text: policy.issuer } as const;
    writes.push(
      { op: 'use-reminder', accountId, phoneId, from: known.reminders },
      { op: 'enqueue', message: { ...message, at: timeOf(policy.timeZone, now), lang: LANG[locale] } },
    );
  }
  return writes;
}

/** As a template's `time` field takes it: 2026年11月20日 09:00. */
function timeOf(timeZone: string, at: number): string {
  const part = new Map(
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const [year, month, day] = ['year', 'month', 'day'].map((name) => Number(part.get(name as 'year')));
  return `${year}年${month}月${day}日 ${part.get('hour')}:${part.get('minute')}`;
}
