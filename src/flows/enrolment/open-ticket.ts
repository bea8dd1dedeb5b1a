// What a phone is told of a ticket before it joins. Opening consumes nothing, however often a scanner or a mail filter does it (ENR-01). Where the
// policy wants a first factor, the right password makes one activation of it, for one phone and a few minutes (NIST SP 800-63B-4 §4.1.2.2).
import { CONFLICT, guarded } from '../../core/commit.ts';
import { setsPin, type Ticket } from '../../core/enrolment/enrolment.ts';
import { activationCode, canonicalTicket, groupedCode } from '../../core/enrolment/ticket-text.ts';
import { makeId } from '../../core/ids.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import { askedElsewhere, checkPassword } from '../check-password.ts';
import { codeSeed, type FoundTicket, findTicket, type GivenTicket } from './find-ticket.ts';
import { makeTicket } from './issue-ticket.ts';
import { pinRules } from './load.ts';

export interface TicketOpened {
  readonly kind: 'opened';
  readonly tenant: { readonly id: string; readonly name: string };
  readonly account: string;
  /** Fills itself in where the token was scanned. */
  readonly activationCode: string | null;
  /** True when this phone will set the PIN. */
  readonly isFirst: boolean;
  readonly slotsLeft: number;
  readonly expiresAt: number;
  readonly needs: 'first-factor' | null;
  /** What to join with, once the first factor was right: good for one phone. */
  readonly activation: { readonly token: string; readonly expiresAt: number } | null;
  readonly pin: ReturnType<typeof pinRules>;
}

/** Opens a ticket; with a password where the policy wants one. */
export async function openTicket(
  ports: Ports,
  given: GivenTicket & { readonly password?: string | undefined; readonly for?: 'app' | 'wechat' | undefined },
  ip: string | null,
): Promise<TicketOpened | Refusal> {
  const found = await findTicket(ports, given, ip);
  if (found.kind === 'refused') return found;
  const { ticket, tenant, snapshot } = found;
  if ((ticket.kind === 'wechat') !== (given.for === 'wechat')) return refuse('ticket-elsewhere');
  const { policy } = tenant;
  const enrolment = await ports.enrolment.of(snapshot.account.id);
  const used = enrolment.phones.filter((p) => p.issue === ticket.issue).length;
  if (ticket.kind !== 'wechat' && used >= policy.enrolment.slots)
    return refuse('ticket-used-up', { phones: used, contact: policy.contact });
  const wantsFirst = policy.enrolment.firstFactor && ticket.kind === 'issue';
  const token = 'token' in given ? canonicalTicket(given.token, 'token') : undefined;
  const activation =
    wantsFirst && given.password !== undefined ? await activate(ports, found, given.password, ip) : null;
  if (activation !== null && 'kind' in activation) return activation;
  return {
    kind: 'opened',
    tenant: { id: tenant.id, name: tenant.name },
    account: snapshot.account.account,
    activationCode: token === undefined ? null : groupedCode(activationCode(codeSeed(ports, token))),
    isFirst: setsPin(enrolment, ticket.issue),
    slotsLeft: policy.enrolment.slots - used,
    expiresAt: ticket.expiresAt,
    needs: wantsFirst && activation === null ? 'first-factor' : null,
    activation,
    pin: pinRules(policy),
  };
}

async function activate(
  ports: Ports,
  { ticket, caller, tenant, snapshot }: FoundTicket,
  password: string,
  ip: string | null,
): Promise<{ readonly token: string; readonly expiresAt: number } | Refusal> {
  const { policy } = tenant;
  const where = ip === null ? {} : { ip };
  const elsewhere = askedElsewhere(policy);
  const checked = await checkPassword(ports, caller, policy, ticket.canonical, snapshot, password, where, elsewhere);
  if ('kind' in checked) return checked;
  let cleared = checked.writes;
  return guarded(async () => {
    const now = await ports.store.now();
    const activation: Ticket = {
      id: makeId('tic', now, ports.random(18)),
      tenantId: ticket.tenantId,
      accountId: ticket.accountId,
      kind: 'activation',
      status: 'open',
      issue: ticket.issue,
      createdAt: now,
      expiresAt: Math.min(ticket.expiresAt, now + policy.enrolment.activationSeconds * 1000),
    };
    const made = makeTicket(ports, activation);
    const written = await ports.store.commit(ticket.accountId, [
      ...cleared,
      made.write,
      {
        op: 'audit',
        event: {
          tenantId: ticket.tenantId,
          accountId: ticket.accountId,
          event: 'ticket.activated',
          actor: caller.actor,
          data: { ticket: ticket.id, activation: activation.id },
        },
      },
    ]);
    if (written.kind === 'conflict') {
      // Password failures moved meanwhile; the password was right, and this commit need not clear them.
      cleared = [];
      return CONFLICT;
    }
    return { token: made.token, expiresAt: activation.expiresAt };
  });
}
