// From what a person scanned or typed to a ticket. Finding one consumes nothing. A wrong activation code is counted before it is told, five void the
// ticket, and an account that is not there answers like one with another code.
import { canonicalAccount } from '../../core/account/account.ts';
import { CONFLICT, guarded } from '../../core/commit.ts';
import type { StoredTicket } from '../../core/enrolment/enrolment.ts';
import { canonicalTicket } from '../../core/enrolment/ticket-text.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports, Tenant } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';
import { noticesOf } from '../notices.ts';
import { tenantOf } from '../tenant.ts';

/** A scanned token, or what is typed in its place. */
export type GivenTicket =
  | { readonly token: string }
  | { readonly tenant?: string | undefined; readonly account: string; readonly code: string };

export interface FoundTicket {
  readonly kind: 'found';
  readonly ticket: StoredTicket;
  readonly caller: Caller;
  readonly tenant: Tenant;
  readonly snapshot: AccountSnapshot;
}

/** Wrong activation codes in a row that void a ticket. */
const MOST_WRONG = 5;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What is kept of a token, and of an activation code under the ticket's own key. */
export const tokenHash = (ports: Ports, token: string): string => ports.crypto.hash(`hufu/ticket/v1\0${token}`);
export const codeTag = (ports: Ports, key: Uint8Array, code: string): string =>
  ports.crypto.toBase64url(ports.crypto.mac(key, utf8(`hufu/ticket-code/v1\0${code}`)));
/** The 32 bytes an activation code is written from: whoever has the token can show the code again, never the other way round. */
export const codeSeed = (ports: Ports, token: string): Uint8Array =>
  ports.crypto.mac(utf8('hufu/activation-code/v1'), utf8(token));

/** What an activation is refused with once a phone has joined by it. */
export const usedUp = ({ contact }: Policy): Refusal => refuse('ticket-used-up', { contact, phones: 1 });

/** The open, unexpired ticket that was meant, with its account. `ip` is where the request came from. `used`: an activation that is spent is found too. */
export async function findTicket(
  ports: Ports,
  given: GivenTicket,
  ip: string | null,
  { used = false } = {},
): Promise<FoundTicket | Refusal> {
  const now = await ports.store.now();
  const wait = ports.addresses.wait('', ip, now);
  if (wait > 0) return refuse('throttled', { retryAfter: wait });
  const ticket = 'token' in given ? await byToken(ports, given.token) : await byCode(ports, given, ip);
  if (ticket === undefined) {
    ports.addresses.failed('', ip, now);
    return refuse('ticket-unknown');
  }
  if ('code' in ticket) return ticket;
  const caller: Caller = { tenantId: ticket.tenantId, actor: `ticket:${ticket.id}`, keyId: '', client: null };
  const snapshot = await ports.store.account(ticket.tenantId, ticket.canonical, false);
  if (snapshot === undefined) return refuse('ticket-unknown');
  const tenant = await tenantOf(ports, caller, snapshot);
  const { contact } = tenant.policy;
  if (ticket.status === 'void') return refuse('superseded');
  if (ticket.expiresAt <= ticket.now)
    return refuse('ticket-expired', { contact, expiredAt: new Date(ticket.expiresAt).toISOString() });
  if (ticket.status === 'used' && !used) return usedUp(tenant.policy);
  if (snapshot.account.status === 'suspended') return refuse('account-suspended', { contact });
  return { kind: 'found', ticket, caller, tenant, snapshot };
}

async function byToken(ports: Ports, typed: string): Promise<StoredTicket | undefined> {
  const token = canonicalTicket(typed, 'token');
  return token === undefined ? undefined : ports.enrolment.ticketByToken(tokenHash(ports, token));
}

async function byCode(
  ports: Ports,
  given: Extract<GivenTicket, { code: string }>,
  ip: string | null,
): Promise<StoredTicket | Refusal | undefined> {
  const canonical = canonicalAccount(given.account);
  const code = canonicalTicket(given.code, 'code');
  return ports.turns.take(`ticket:${canonical}`, () =>
    guarded(async () => {
      const tickets = await ports.enrolment.ticketsOf(given.tenant ?? null, canonical);
      const right = code === undefined ? undefined : tickets.find((t) => fits(ports, t, code));
      if (right !== undefined) return right;
      for (const ticket of tickets) if ((await countWrong(ports, ticket, ip)) === CONFLICT) return CONFLICT;
      return undefined;
    }),
  );
}

function fits(ports: Ports, ticket: StoredTicket, code: string): boolean {
  const key = ticket.codeKey();
  const tag = codeTag(ports, key, code);
  key.fill(0);
  return ports.crypto.sameBytes(utf8(tag), utf8(ticket.codeTag));
}

async function countWrong(ports: Ports, ticket: StoredTicket, ip: string | null): Promise<typeof CONFLICT | 'counted'> {
  const n = ticket.failures.count + 1;
  const caller: Caller = { tenantId: ticket.tenantId, actor: 'app', keyId: '', client: null };
  const snapshot = await ports.store.account(ticket.tenantId, ticket.canonical, false);
  if (snapshot === undefined) return 'counted';
  const { policy } = await tenantOf(ports, caller, snapshot);
  const event = { tenantId: ticket.tenantId, accountId: ticket.accountId, actor: 'app' } as const;
  const isVoid = n >= MOST_WRONG;
  const written = await ports.store.commit(ticket.accountId, [
    { op: 'count-failure', scope: `ticket:${ticket.id}`, n },
    { op: 'audit', event: { ...event, event: 'ticket.rejected', data: { ticket: ticket.id, failures: n } } },
    ...(isVoid
      ? ([
          { op: 'void-tickets', accountId: ticket.accountId },
          { op: 'audit', event: { ...event, event: 'ticket.voided', data: { ticket: ticket.id } } },
          ...noticesOf(ports, policy, snapshot, 'ticket-void'),
        ] as const)
      : []),
  ]);
  if (written.kind === 'conflict') return CONFLICT;
  ports.addresses.failed(ticket.tenantId, ip, ticket.now);
  if (isVoid) ports.wake('outbox', ticket.tenantId);
  return 'counted';
}
