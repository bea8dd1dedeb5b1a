// What all mail doors share: whose mailbox it is, one decision by the flow, and a refusal that takes as long whatever its reason (APW-06).
import { setTimeout as pause } from 'node:timers/promises';
import type { MailProtocol } from '../../core/app-password/app-password.ts';
import type { Repeats } from '../../core/app-password/repeats.ts';
import type { Ports, Tenant } from '../../core/ports.ts';
import { type MailAnswer, mailLogin } from '../../flows/mail-login.ts';

/** What mail doors need besides the flows' ports. */
export interface MailPorts extends Ports {
  /** The tenant of that id. */
  readonly tenant: (id: string) => Promise<Tenant | undefined>;
  /** The tenant one of whose mail domains this is. */
  readonly tenantOfDomain: (domain: string) => Promise<Tenant | undefined>;
  readonly repeats: Repeats;
  readonly onFault: (error: unknown, where: string) => void;
}

export interface Knock {
  /** Named by the door's address; null: by the domain of the user name. */
  readonly tenantId: string | null;
  readonly user: string;
  readonly password: string;
  /** As the wire names it. */
  readonly protocol: string;
  readonly ip: string | null;
  readonly secure: boolean;
}

/** What a door tells. `unavailable`: something is broken, nobody is let in, and trying again later is right. */
export type Told = MailAnswer | { readonly kind: 'unavailable' } | { readonly kind: 'unsupported' };

/** The account's name in what a mail program gave: where accounts are named by the local part, the tenant's own domain goes. */
export function accountOf(tenant: Tenant, user: string): string {
  const { domains, userName } = tenant.policy.appPasswords;
  const at = user.lastIndexOf('@');
  return userName === 'local-part' && at > 0 && domains.includes(user.slice(at + 1).toLowerCase())
    ? user.slice(0, at)
    : user;
}

const PROTOCOLS: Readonly<Record<string, MailProtocol>> = {
  imap: 'imap',
  pop3: 'pop3',
  smtp: 'smtp',
  // Dovecot's and others' names for the same.
  imaps: 'imap',
  pop3s: 'pop3',
  submission: 'smtp',
  submissions: 'smtp',
  smtps: 'smtp',
};

/** No refusal comes sooner, so that none tells by its speed whether there was a row to find or a hash to compute. */
const REFUSED_AFTER_MS = 100;
/** Longer than any mailbox name (RFC 5321 §4.5.3.1: 64 + 1 + 255) or password of ours may be. */
const LONGEST = { user: 320, password: 1024 };

/** Answers one login of a mail program. Never throws: a fault is told as `unavailable`, and to whoever runs the server. */
export async function knock(ports: MailPorts, given: Knock): Promise<Told> {
  const began = performance.now();
  const told = await decide(ports, given).catch((error: unknown): Told => {
    ports.onFault(error, 'mail');
    return { kind: 'unavailable' };
  });
  const left = REFUSED_AFTER_MS - (performance.now() - began);
  const isQuick = told.kind === 'accepted' || (told.kind === 'refused-mail' && told.code === 'tls');
  if (!isQuick && left > 0) await pause(left);
  return told;
}

async function decide(ports: MailPorts, given: Knock): Promise<Told> {
  const protocol = PROTOCOLS[given.protocol.toLowerCase()];
  if (protocol === undefined) return { kind: 'unsupported' };
  const attempt = { account: given.user, password: given.password, protocol, ip: given.ip, secure: given.secure };
  const nobody = { ...attempt, tenantId: '', account: '', password: '', secure: false };
  if (!given.secure) return mailLogin(ports, ports.repeats, nobody);
  const isTooLong = given.user.length > LONGEST.user || given.password.length > LONGEST.password;
  const tenant =
    given.tenantId === null
      ? await ports.tenantOfDomain(given.user.slice(given.user.lastIndexOf('@') + 1).toLowerCase())
      : await ports.tenant(given.tenantId);
  if (tenant === undefined || isTooLong || given.user === '' || given.password === '')
    return {
      kind: 'refused-mail',
      code: 'credentials',
      protocol,
      retryAfter: null,
      where: tenant?.policy.appPasswords.where ?? null,
      contact: tenant?.policy.contact ?? null,
      locale: tenant?.policy.locale ?? 'en',
    };
  const account = accountOf(tenant, given.user);
  return mailLogin(ports, ports.repeats, { ...attempt, account, tenantId: tenant.id });
}
