// What operators do to a tenant's integrations: make an API key, within what they may do themselves; see whether a channel works.
import { maskEmail, maskPhone } from '../../core/account/account.ts';
import { makeId } from '../../core/ids.ts';
import type { TestRow } from '../../core/operator/integrations.ts';
import { may, type Permission } from '../../core/operator/roles.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { createKey } from '../registry.ts';

export interface NewOperatorKey {
  readonly name: string;
  /** Each scope with what it takes to hand it out. */
  readonly scopes: Readonly<Record<string, Permission>>;
  readonly clientId: string | null;
  readonly expiresInDays: number | null;
}

/** Makes an API key; `scope-beyond` names the first scope that its maker could not use themselves (OPS-04). */
export async function operatorCreatesKey(
  ports: Ports,
  caller: Caller,
  input: NewOperatorKey,
  hashOf: (id: string) => string,
): Promise<{ readonly kind: 'key'; readonly id: string } | Refusal> {
  const roles = caller.operator?.roles ?? [];
  for (const [scope, permission] of Object.entries(input.scopes))
    if (!may(roles, permission)) return refuse('scope-beyond', { scope, permission });
  const now = await ports.store.now();
  return createKey(
    ports,
    {
      tenantId: caller.tenantId,
      name: input.name,
      scopes: Object.keys(input.scopes),
      clientId: input.clientId,
      clientVersion: null,
      expiresAt: input.expiresInDays === null ? null : now + input.expiresInDays * 24 * 3600_000,
      actor: caller.actor,
    },
    hashOf,
  );
}

const MOST_TESTS = 10;
const HOUR = 3600_000;
const TEXT = 'Hufu 虎符: test message / 测试消息 / 測試訊息';

export const testView = ({ to, ...row }: TestRow) => ({
  ...row,
  sentTo: row.channel === 'email' ? maskEmail(to) : maskPhone(to),
});
export type TestView = ReturnType<typeof testView>;

/** Queues a message that says it is a test. An operator sends ten in an hour at most: the address is theirs to say. */
export async function testChannel(
  ports: Ports,
  caller: Caller,
  channel: 'sms' | 'email',
  typed: string,
): Promise<({ readonly kind: 'test' } & TestView) | Refusal> {
  const { operator } = caller;
  if (operator === undefined) return refuse('not-found');
  const { policy } = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  const to = channel === 'sms' ? ports.phone(typed, policy.country) : typed.trim();
  const isGood =
    to !== undefined &&
    (channel === 'sms'
      ? ports.reaches(to, policy.sms.countries)
      : /^[^\s@"<>\p{Cc}]{1,64}@[^\s@"<>\p{Cc}]{1,190}$/u.test(to));
  if (!isGood) return refuse('not-sendable');
  const now = await ports.store.now();
  const before = await ports.integrations.testsBy(operator.id, now - HOUR);
  if (before.count >= MOST_TESTS)
    return refuse('throttled', { retryAfter: Math.max(1, Math.ceil((before.firstAt + HOUR - now) / 1000)) });
  const id = makeId('msg', now, ports.random(18));
  const common = {
    id,
    tenantId: caller.tenantId,
    to,
    accountId: operator.id,
    purpose: 'notice',
    expiresAt: now + HOUR / 6,
  } as const;
  await ports.store.commit(operator.id, [
    {
      op: 'enqueue',
      message:
        channel === 'sms'
          ? { ...common, channel, text: TEXT }
          : { ...common, channel, subject: 'Hufu 虎符', text: `${TEXT}\n` },
    },
    {
      op: 'audit',
      event: {
        tenantId: caller.tenantId,
        accountId: null,
        event: 'channel.tested',
        actor: caller.actor,
        data: { channel, message: id },
      },
    },
  ]);
  ports.wake('outbox', caller.tenantId);
  return { kind: 'test', ...testView({ id, channel, to, status: 'waiting', error: null }) };
}
