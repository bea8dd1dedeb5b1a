// A ticket is issued: by customer service, which mails it, or to a logged-in person, who is shown it once. The ones before it are void (MO-1.1, MO-2.5).
// It holds no secret: only its hash is kept, and its life is written down with it, so a later change of the policy changes neither it nor the mail.
import { canonicalAccount } from '../../core/account/account.ts';
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import type { Enrolment, Ticket } from '../../core/enrolment/enrolment.ts';
import { activationCode, groupedCode, ticketToken } from '../../core/enrolment/ticket-text.ts';
import { makeId } from '../../core/ids.ts';
import type { Locale } from '../../core/locale.ts';
import type { Objection } from '../../core/outbox/words.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy, Reissue } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';
import { endWithMethods } from '../end-app-passwords.ts';
import { begunAssumes } from '../first-method.ts';
import { endLogins } from '../logout.ts';
import { noticesOf } from '../notices.ts';
import { toldChange } from '../objection.ts';
import { tenantOf } from '../tenant.ts';
import { endTrust } from '../trust.ts';
import { codeSeed, codeTag, tokenHash } from './find-ticket.ts';
import { keyOf, pinAssumed } from './load.ts';

export interface TicketIssued {
  readonly kind: 'issued';
  readonly id: string;
  readonly account: string;
  /** What the QR says; shown once. */
  readonly url: string;
  readonly activationCode: string;
  readonly expiresAt: number;
  readonly slots: { readonly used: number; readonly of: number };
  readonly locale: Locale;
}

export interface IssueTicket {
  readonly account: string;
  readonly actor: string;
  readonly reason?: string | undefined;
  /** What happens to the phones before it; the policy's way when absent. */
  readonly mode?: Reissue | undefined;
  /** Phones to revoke at once: lost or stolen ones (MO-6.2). */
  readonly revokePhones?: readonly string[] | undefined;
  /** `activation`: for one phone, for a few minutes, where a first factor was just proven. */
  readonly as: Ticket['kind'];
  /** Its owner asked, not an operator: it can be taken back. */
  readonly isSelf?: true | undefined;
  /** How the customer may object to it; goes into what they are told. */
  readonly objection?: Objection | undefined;
  /** Further writes, decided from the same snapshot; a refusal of theirs is the answer. */
  readonly also?: (
    policy: Policy,
    snapshot: AccountSnapshot,
    issued: TicketIssued,
  ) => Promise<readonly Write[] | Refusal>;
}

/** Which issue a new ticket begins or continues. */
export const issueOf = ({ pin }: Enrolment, mode: Reissue): number =>
  mode === 'add' ? Math.max(1, pin?.issue ?? 0) : (pin?.issue ?? 0) + 1;

/** A fresh ticket with the write that keeps it; the token and code are in no other place. */
export function makeTicket(
  ports: Ports,
  ticket: Ticket,
): { readonly token: string; readonly activationCode: string; readonly write: Write } {
  const token = ticketToken(ports.random);
  const code = activationCode(codeSeed(ports, token));
  const codeKey = ports.random(32);
  return {
    token,
    activationCode: groupedCode(code),
    write: {
      op: 'insert-ticket',
      ticket,
      tokenHash: tokenHash(ports, token),
      codeTag: codeTag(ports, codeKey, code),
      codeKey,
    },
  };
}

/** Issues a ticket for an account. Every ticket before it is void from the commit on. */
export async function issueTicket(ports: Ports, caller: Caller, input: IssueTicket): Promise<TicketIssued | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { account, now } = snapshot;
    if (account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
    const enrolment = await ports.enrolment.of(account.id);
    const lost = input.revokePhones ?? [];
    if (lost.some((id) => !enrolment.phones.some((p) => p.id === id))) return refuse('not-found');
    const mode = input.mode ?? policy.enrolment.reissue;
    const issue = issueOf(enrolment, mode);
    const of = policy.enrolment.slots;
    const seconds = input.as === 'activation' ? policy.enrolment.activationSeconds : policy.enrolment.ticketSeconds;
    const ticket: Ticket = {
      id: makeId('tic', now, ports.random(18)),
      tenantId: account.tenantId,
      accountId: account.id,
      kind: input.as,
      status: 'open',
      issue,
      createdAt: now,
      expiresAt: now + seconds * 1000,
      onLogin: input.isSelf,
    };
    const made = makeTicket(ports, ticket);
    const issued: TicketIssued = {
      kind: 'issued',
      id: ticket.id,
      account: account.account,
      url: `${ports.baseUrl}/s/${made.token}`,
      activationCode: made.activationCode,
      expiresAt: ticket.expiresAt,
      slots: { used: enrolment.phones.filter((p) => p.issue === issue && !lost.includes(p.id)).length, of },
      locale: account.locale,
    };
    const also = (await input.also?.(policy, snapshot, issued)) ?? [];
    if ('kind' in also) return also;
    const event = { tenantId: account.tenantId, accountId: account.id, actor: input.actor } as const;
    const reason = input.reason === undefined ? {} : { reason: input.reason };
    const gone = mode === 'replace-at-once' ? enrolment.phones.map((p) => p.id) : lost;
    const lostKeys = gone.flatMap((id) => keyOf(snapshot, id, 'active') ?? []);
    const written = await ports.store.commit(account.id, [
      // What it rests on comes first: what follows may end it.
      ...also,
      ...(input.isSelf === true ? begunAssumes(snapshot) : []),
      pinAssumed(ports, account, enrolment),
      { op: 'void-tickets', accountId: account.id },
      { op: 'revoke-unbegun-phones', accountId: account.id, issue: enrolment.pin?.issue ?? 0 },
      ...(mode === 'replace-at-once' ? ([{ op: 'revoke-older-phones', accountId: account.id, issue }] as const) : []),
      ...(mode === 'replace-at-once'
        ? []
        : lost.map((id) => ({ op: 'revoke-phone', accountId: account.id, id }) as const)),
      { op: 'drop-revoked-keys', accountId: account.id },
      ...(await endWithMethods(ports, policy, snapshot, lostKeys, input.actor)),
      ...(gone.length > 0 ? [...endLogins(account.id, 'all'), ...endTrust(account.id)] : []),
      made.write,
      { op: 'audit', event: { ...event, event: 'ticket.issued', data: { ticket: ticket.id, mode, ...reason } } },
      ...gone.map(
        (phone): Write => ({ op: 'audit', event: { ...event, event: 'phone.revoked', data: { phone, ...reason } } }),
      ),
      ...(input.isSelf === true
        ? await toldChange(ports, policy, snapshot, 'ticket-issued', {
            added: [],
            removed: lostKeys.map((key) => key.id),
            ...(lostKeys.length > 0 ? { final: true } : {}),
          })
        : noticesOf(ports, policy, snapshot, 'ticket-issued', input.objection)),
      ...(gone.length > 0 ? noticesOf(ports, policy, snapshot, 'phone-removed') : []),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    ports.wake('enrolment', account.id);
    return issued;
  });
}
