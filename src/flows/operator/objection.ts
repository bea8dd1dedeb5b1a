// What lets a customer object to what an operator did or asks for: a code in the notice, for the hours the policy gives, of which only the hash is kept.
import type { Write } from '../../core/commit.ts';
import { activationCode, canonicalTicket, groupedCode } from '../../core/enrolment/ticket-text.ts';
import type { Objection } from '../../core/outbox/words.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';

/** What is kept of a code; it belongs to one account. */
export const objectionHash = (ports: Pick<Ports, 'crypto'>, accountId: string, code: string): string =>
  ports.crypto.hash(`hufu/objection/v1\0${accountId}\0${code}`);

/** A fresh way to object, with the write that keeps it; nothing where the policy gives no time. */
export function objectionFor(
  ports: Ports,
  policy: Policy,
  { account, now }: AccountSnapshot,
): { readonly objection: Objection | undefined; readonly writes: readonly Write[] } {
  const { vetoHours } = policy.console;
  if (vetoHours === 0 || !policy.notices) return { objection: undefined, writes: [] };
  const code = groupedCode(activationCode(ports.random(32)));
  const plain = canonicalTicket(code, 'code') ?? '';
  const url =
    policy.enrolment.links && policy.portal !== undefined
      ? `${ports.baseUrl}/t/${encodeURIComponent(account.tenantId)}/login#not-me`
      : null;
  return {
    objection: { code, hours: vetoHours, url },
    writes: [
      {
        op: 'insert-veto',
        hash: objectionHash(ports, account.id, plain),
        tenantId: account.tenantId,
        accountId: account.id,
        expiresAt: now + vetoHours * 3600_000,
      },
    ],
  };
}
