// A mail program logs in: IMAP, POP3 or SMTP, through whatever door. The one place that decides it (CM-5.4).
// Before any method is bound the main password works; from the commit of the first binding on, only app passwords do (APW-02).
// What is wrong is told alike for an unknown name, a wrong password and a revoked one (APW-06), and shuts out only the address it came from.
import { canonicalAccount } from '../core/account/account.ts';
import {
  MAIL_THROTTLE,
  type MailProtocol,
  type StoredAppPassword,
  typedAppPassword,
  USE_NOTED_EVERY_MS,
} from '../core/app-password/app-password.ts';
import type { Repeats } from '../core/app-password/repeats.ts';
import { CONFLICT, guarded, type Write } from '../core/commit.ts';
import type { Locale, Words } from '../core/locale.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { addressBlock } from '../core/throttle/addresses.ts';
import { throttleState } from '../core/throttle/throttle.ts';
import { hasOwnMethod } from './end-app-passwords.ts';

export interface MailAttempt {
  readonly tenantId: string;
  /** As the mail program gave it. */
  readonly account: string;
  readonly password: string;
  readonly protocol: MailProtocol;
  /** The program's address, where the door knows it. */
  readonly ip: string | null;
  /** Whether what the program sends is under TLS, from the start or by STARTTLS. */
  readonly secure: boolean;
}

/** `credentials`: wrong, unknown, revoked, or the main password where an app password is needed: nobody is told which. */
export type MailRefusalCode = 'tls' | 'credentials' | 'throttled' | 'protocol' | 'expired' | 'suspended';

export type MailAnswer =
  | {
      readonly kind: 'accepted';
      readonly tenantId: string;
      readonly account: string;
      readonly by: 'app-password' | 'password';
      readonly backend: { readonly host: string; readonly port: number } | null;
    }
  | {
      readonly kind: 'refused-mail';
      readonly code: MailRefusalCode;
      readonly protocol: MailProtocol;
      /** Seconds until it makes sense to try again. */
      readonly retryAfter: number | null;
      /** Where app passwords are made, and whom to call. */
      readonly where: Words | null;
      readonly contact: Words | null;
      readonly locale: Locale;
    };

/** Lets a mail program in, or refuses it. Faults are thrown: nobody is let in by one. */
export async function mailLogin(ports: Ports, repeats: Repeats, attempt: MailAttempt): Promise<MailAnswer> {
  // Decided before name and password are looked at (APW-08).
  if (!attempt.secure) return refusal(attempt, 'tls', null, null);
  const canonical = canonicalAccount(attempt.account);
  const scope = `mail:${attempt.tenantId}:${canonical}:${addressBlock(attempt.ip ?? '')}`;
  return guarded(async () => {
    const snapshot = await ports.store.account(attempt.tenantId, canonical, false);
    const { policy } = await ports.tenants.get(attempt.tenantId, snapshot?.tenantVersion ?? 1);
    const counted = await ports.store.failures(scope);
    const wait = stopped(ports, attempt, counted);
    if (wait > 0) return refusal(attempt, 'throttled', policy, snapshot, wait);

    // An unknown name goes the same way as a known one, to a row that is not there.
    const accountId = snapshot?.account.id ?? 'acc_nobody';
    const typed = typedAppPassword(attempt.password) ?? attempt.password;
    const { tag } = await ports.appPasswords.tag(attempt.tenantId, accountId, typed);
    const { now, found } = await ports.appPasswords.find(accountId, tag);
    if (snapshot !== undefined && found !== undefined && policy.appPasswords.enabled) {
      const code = unfit(policy, snapshot, found, attempt.protocol, now);
      if (code !== undefined) return wrong(code, found.id);
      return accept(found);
    }
    if (repeats.has(scope, wrongTag('credentials'))) return refusal(attempt, 'credentials', policy, snapshot);
    const main = await mainPassword(ports, policy, snapshot, attempt, canonical);
    if (main === 'throttled') return refusal(attempt, 'throttled', policy, snapshot, MAIN_WAIT_SECONDS);
    if (main === 'suspended') return refusal(attempt, 'suspended', policy, snapshot);
    if (main === 'right') return accepted(policy, 'password');
    return wrong('credentials', null);

    /** Notes the use, at most once a minute, and clears what this address got wrong before. */
    async function accept(by: StoredAppPassword): Promise<MailAnswer | typeof CONFLICT> {
      const use = by.lastUse;
      const writes: Write[] = [];
      if (use === null || now - use.at >= USE_NOTED_EVERY_MS)
        writes.push({ op: 'note-app-password', accountId, id: by.id, protocol: attempt.protocol, ip: attempt.ip });
      if (writes.length > 0 && (use === null || use.ip !== attempt.ip))
        writes.push(audit('app-password.used', { appPassword: by.id }));
      if (counted.failures.count > 0) writes.push({ op: 'clear-failures', scope, count: counted.failures.count });
      if (writes.length > 0 && (await ports.store.commit(accountId, writes)).kind === 'conflict') return CONFLICT;
      if (use === null) ports.wake('app-password', by.id);
      return accepted(policy, 'app-password');
    }

    /** The failure is durable before it is told; the same from the same place once more is no new one. */
    async function wrong(code: MailRefusalCode, appPassword: string | null): Promise<MailAnswer | typeof CONFLICT> {
      if (repeats.has(scope, wrongTag(code))) return refusal(attempt, code, policy, snapshot);
      const writes: Write[] = [
        { op: 'count-failure', scope, n: counted.failures.count + 1 },
        audit('mail.refused', { why: code, ...(appPassword === null ? {} : { appPassword }) }),
      ];
      if ((await ports.store.commit(snapshot?.account.id ?? scope, writes)).kind === 'conflict') return CONFLICT;
      ports.addresses.failed(attempt.tenantId, attempt.ip, counted.now);
      repeats.add(scope, wrongTag(code));
      return refusal(attempt, code, policy, snapshot);
    }

    /** What a wrong password is remembered by. It may become right: for another protocol, when a binding ends, or as the new main password. */
    function wrongTag(code: MailRefusalCode): string {
      const main = code === 'credentials' && snapshot !== undefined;
      return `${tag} ${code === 'protocol' ? attempt.protocol : code} ${main ? `${hasOwnMethod(snapshot)} ${snapshot.account.passwordHash ?? ''}` : ''}`;
    }

    function audit(event: 'app-password.used' | 'mail.refused', data: Readonly<Record<string, string>>): Write {
      return {
        op: 'audit',
        event: {
          tenantId: attempt.tenantId,
          accountId: snapshot?.account.id ?? null,
          event,
          actor: 'mail',
          data: { protocol: attempt.protocol, from: attempt.ip, ...data },
        },
      };
    }

    function accepted(by: Policy, how: 'app-password' | 'password'): MailAnswer {
      return {
        kind: 'accepted',
        tenantId: attempt.tenantId,
        account: snapshot?.account.account ?? attempt.account,
        by: how,
        backend: by.appPasswords.backends[attempt.protocol] ?? null,
      };
    }
  });
}

/** How long the main password is not looked at after too many wrong ones from everywhere; app passwords go on working. */
const MAIN_WAIT_SECONDS = 600;

/** The main password, where it still counts. Wrong ones are counted for the account as a whole, apart from web logins: neither shuts the other out. */
async function mainPassword(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot | undefined,
  attempt: MailAttempt,
  canonical: string,
): Promise<'right' | 'wrong' | 'throttled' | 'suspended'> {
  const counts = (s: AccountSnapshot | undefined): s is AccountSnapshot =>
    s !== undefined && policy.appPasswords.mainPassword === 'until-bound' && !hasOwnMethod(s);
  if (!counts(snapshot) || snapshot.account.passwordHash === null) return 'wrong';
  const scope = `mail:${attempt.tenantId}:${canonical}`;
  const before = await ports.store.failures(scope);
  if (throttleState(before.failures, MAIL_THROTTLE, before.now).kind !== 'open') return 'throttled';
  if (await ports.passwords.verify(snapshot.account.passwordHash, attempt.password)) {
    // Hashing takes a while: a method may have been bound meanwhile, or the password changed.
    const after = await ports.store.account(attempt.tenantId, canonical, false);
    const counted = await ports.store.failures(scope);
    if (throttleState(counted.failures, MAIL_THROTTLE, counted.now).kind !== 'open') return 'throttled';
    if (!counts(after) || after.account.passwordHash !== snapshot.account.passwordHash) return 'wrong';
    return after.account.status === 'suspended' ? 'suspended' : 'right';
  }
  await guarded(async () => {
    const { failures } = await ports.store.failures(scope);
    const written = await ports.store.commit(snapshot.account.id, [
      { op: 'count-failure', scope, n: failures.count + 1 },
    ]);
    return written.kind === 'done' ? true : CONFLICT;
  });
  return 'wrong';
}

/** Why a right app password does not open this; undefined when it does. */
function unfit(
  policy: Policy,
  snapshot: AccountSnapshot,
  found: StoredAppPassword,
  protocol: MailProtocol,
  now: number,
): 'expired' | 'protocol' | 'suspended' | undefined {
  if (snapshot.account.status === 'suspended') return 'suspended';
  if (found.expiresAt !== null && found.expiresAt <= now) return 'expired';
  const { protocols } = policy.appPasswords;
  return found.protocols.includes(protocol) && protocols.includes(protocol) ? undefined : 'protocol';
}

/** Seconds this address has to wait before its next try for this account; 0 when it may. */
function stopped(
  ports: Ports,
  attempt: MailAttempt,
  counted: { readonly now: number; readonly failures: { readonly count: number; readonly lastAt: number } },
): number {
  const state = throttleState(counted.failures, MAIL_THROTTLE, counted.now);
  const until = state.kind === 'open' ? 0 : (state.until ?? 0) - counted.now;
  return Math.max(Math.ceil(until / 1000), ports.addresses.wait(attempt.tenantId, attempt.ip, counted.now));
}

function refusal(
  attempt: MailAttempt,
  code: MailRefusalCode,
  policy: Policy | null,
  snapshot: AccountSnapshot | null | undefined,
  retryAfter: number | null = null,
): MailAnswer {
  return {
    kind: 'refused-mail',
    code,
    protocol: attempt.protocol,
    retryAfter,
    where: policy?.appPasswords.where ?? null,
    contact: policy?.contact ?? null,
    // An unknown account has no language: the tenant's, as every account begins with it.
    locale: snapshot?.account.locale ?? policy?.locale ?? 'en',
  };
}
