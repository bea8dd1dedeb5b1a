// What lets a customer object to what an operator did or asks for, or to a change of methods that was made in their name: a code in the notice, for the
// time the policy gives, of which only a keyed hash is kept.
import type { MethodChange } from '../core/authenticator/change.ts';
import type { Write } from '../core/commit.ts';
import { activationCode, canonicalTicket, groupedCode } from '../core/enrolment/ticket-text.ts';
import type { Notice, Objection } from '../core/outbox/words.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { active } from './facts.ts';
import { noticesOf } from './notices.ts';

const HOUR = 3600_000;

/** A fresh way to object to what an operator does, or to a `change`, with the write that keeps it; nothing where the policy gives no time. */
export async function objectionFor(
  ports: Ports,
  policy: Policy,
  { account, now }: AccountSnapshot,
  change?: MethodChange,
): Promise<{ readonly objection: Objection | undefined; readonly writes: readonly Write[] }> {
  const ms = change === undefined ? policy.console.vetoHours * HOUR : policy.times.objectionSeconds * 1000;
  if (ms === 0 || !policy.notices) return { objection: undefined, writes: [] };
  const code = groupedCode(activationCode(ports.random(32)));
  const plain = canonicalTicket(code, 'code') ?? '';
  const url =
    policy.enrolment.links && policy.portal !== undefined
      ? `${ports.baseUrl}/t/${encodeURIComponent(account.tenantId)}/login#not-me`
      : null;
  return {
    objection: { code, hours: Math.max(1, Math.floor(ms / HOUR)), url, undoes: change !== undefined },
    writes: [
      {
        op: 'insert-veto',
        hash: await ports.cases.tagOf(account.id, plain),
        tenantId: account.tenantId,
        accountId: account.id,
        expiresAt: now + ms,
        ...(change === undefined ? {} : { change, seen: now }),
      },
    ],
  };
}

/**
 * The writes that go with what an operator does to an account's methods: it stands, and codes from before take nothing back (REB-04). Whoever objects
 * within the hours of the operator's own notice suspends the account, and an operator looks.
 */
export const closeChanges = (accountId: string): Write => ({ op: 'close-changes', accountId });

/**
 * The writes that tell a change of methods, made in the owner's name and not by an operator, on every channel the account had before it, with the
 * code that takes it back (REB-04); a mailbox that goes is told without it, while there is any other channel.
 */
export async function toldChange(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  notice: Notice,
  change: MethodChange,
): Promise<readonly Write[]> {
  const { objection, writes } = await objectionFor(ports, policy, snapshot, change);
  // What goes is told so, and has no say in it: a stranger's mailbox would be bound again by its own code, without end.
  const goes = active(snapshot).filter((a) => a.type === 'email' && change.removed.includes(a.id));
  const without = new Set(goes.map((a) => a.params));
  return [...writes, ...noticesOf(ports, policy, snapshot, notice, objection, without)];
}
