// Accounts: read one with what it may do next, create or update one, import many with a report per row.
import { canonicalAccount, type Suspension } from '../core/account/account.ts';
import type { TypeName } from '../core/authenticator/type.ts';
import { type AccountRow, CONFLICT, guarded, type Write } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import type { Locale, Words } from '../core/locale.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Conditions, Policy } from '../core/policy/policy.ts';
import type { Caller, Ports } from '../core/ports.ts';
import { type Phase, phaseAt } from '../core/rollout/phase.ts';
import { termWrites } from '../core/search/writes.ts';
import type { AccountSnapshot, StoredAuthenticator } from '../core/store.ts';
import { throttleState } from '../core/throttle/throttle.ts';
import { endAppPasswords, hasOwnMethod } from './end-app-passwords.ts';
import { endRegistrations } from './enrolment/end-registrations.ts';
import { active, hintOf } from './facts.ts';
import { endLogins, endSessions } from './logout.ts';
import { noticesOf } from './notices.ts';
import { tenantOf } from './tenant.ts';
import { endTrust } from './trust.ts';
import { failuresOf } from './try-output.ts';
import { unbindBy } from './unbind.ts';

export interface AccountView {
  readonly kind: 'account';
  readonly created: boolean;
  readonly snapshot: AccountSnapshot;
  /** Why nobody gets in; empty for an account that is open. */
  readonly suspensions: readonly Suspension[];
  readonly phase: Phase;
  readonly contact: Words;
  readonly authenticators: readonly {
    readonly id: string;
    readonly type: TypeName;
    readonly hint: string;
    readonly status: 'active' | 'frozen';
    readonly boundAt: number;
    readonly canUnbind: 'self' | 'step-up' | 'operator';
    readonly codesLeft: number | null;
  }[];
  readonly mayBind: readonly TypeName[];
}

/** One account of the tenant, with what is bound and what it may do next. */
export async function getAccount(ports: Ports, caller: Caller, name: string): Promise<AccountView | Refusal> {
  const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(name), true);
  if (snapshot === undefined) return refuse('account-unknown');
  const { policy } = await tenantOf(ports, caller, snapshot);
  return viewAccount(ports, policy, snapshot, false);
}

/** A snapshot (thorough) as an account is told. */
export async function viewAccount(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  created: boolean,
): Promise<AccountView> {
  const by = unbindBy(policy, snapshot);
  const held = active(snapshot);
  const authenticators = await Promise.all(
    held.map(async (a) => ({
      id: a.id,
      type: a.type,
      hint: hintOf(a),
      status: isFrozen(policy, snapshot, a) ? ('frozen' as const) : ('active' as const),
      boundAt: a.boundAt ?? a.createdAt,
      canUnbind:
        ports.types[a.type].bind === undefined || by === 'operator'
          ? ('operator' as const)
          : by === 'login'
            ? ('self' as const)
            : by,
      codesLeft: a.type === 'recovery-code' ? await ports.store.recoveryCodesLeft(a.id, Number(a.params)) : null,
    })),
  );
  const phase = phaseAt(policy.rollout, snapshot.account.cohort, snapshot.now, snapshot.account);
  return {
    kind: 'account',
    created,
    snapshot,
    suspensions: snapshot.account.status === 'active' ? [] : await ports.cases.suspensions(snapshot.account.id),
    phase,
    contact: policy.contact,
    authenticators,
    mayBind: bindable(ports, policy, snapshot, phase),
  };
}

/** What some registered client could bind for this account in this phase. */
function bindable(ports: Ports, policy: Policy, snapshot: AccountSnapshot, phase: Phase): readonly TypeName[] {
  const held = active(snapshot).map((a) => a.type);
  const somewhere = Object.values(policy.clients).flatMap((client) => client.binds);
  const named = <T>(wanted: T | readonly T[] | undefined): readonly T[] =>
    wanted === undefined ? [] : Array.isArray(wanted) ? (wanted as readonly T[]) : [wanted as T];
  // A client is not known here, so only what the account itself is decides.
  const mayHold = ({ when }: { readonly when?: Conditions | undefined }): boolean =>
    (when?.phase === undefined || named(when.phase).includes(phase)) &&
    (when?.bound === undefined || named(when.bound).some((type) => held.includes(type))) &&
    (when?.boundAll ?? []).every((type) => held.includes(type));
  const wanted = policy.bind.filter(mayHold).flatMap((rule) => rule.types);
  const enrolled = policy.login.filter(mayHold).flatMap((rule) => rule.enrol ?? []);
  return [...new Set([...wanted, ...enrolled])].filter(
    (type) =>
      (type !== 'recovery-code' || hasOwnMethod(snapshot)) &&
      somewhere.includes(type) &&
      !held.includes(type) &&
      ports.types[type].bind !== undefined,
  );
}

const isFrozen = (policy: Policy, snapshot: AccountSnapshot, a: StoredAuthenticator): boolean =>
  throttleState(failuresOf(policy, snapshot, a), policy.throttle, snapshot.now).kind === 'frozen';

export interface PutAccount {
  readonly account: string;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly cohort?: string | undefined;
  readonly locale?: Locale | undefined;
  readonly password?: string | undefined;
  readonly status?: 'active' | 'suspended' | undefined;
}

export type Invalid = { readonly kind: 'invalid'; readonly at: string; readonly message: string };

/** Creates an account or changes what is given. The SMS authenticator follows the phone number. */
export async function putAccount(
  ports: Ports,
  caller: Caller,
  input: PutAccount,
): Promise<AccountView | Refusal | Invalid> {
  const canonical = canonicalAccount(input.account);
  if (canonical === '') return { kind: 'invalid', at: '/account', message: 'must hold at least one visible character' };
  const passwordHash = await newHash(ports, caller, canonical, input.password);
  return guarded(async () => {
    const snapshot = await ports.store.account(caller.tenantId, canonical, false);
    const { policy } = await tenantOf(ports, caller, snapshot);
    const change = await accountChange(ports, caller, policy, snapshot, input, passwordHash);
    if (change.kind === 'invalid') return change;
    const { row, isMoved } = change;
    const written = await ports.store.commit(row.id, change.writes);
    if (written.kind === 'conflict') return CONFLICT;
    if (isMoved) ports.wake('outbox', row.tenantId);
    const after = await ports.store.account(caller.tenantId, canonical, true);
    return after === undefined ? CONFLICT : viewAccount(ports, policy, after, snapshot === undefined);
  });
}

/** The writes that create an account or change what is given, and tell the channels it had; others may go with them in one commit. */
export async function accountChange(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  snapshot: AccountSnapshot | undefined,
  input: PutAccount,
  passwordHash?: string,
): Promise<
  | { readonly kind: 'change'; readonly row: AccountRow; readonly writes: readonly Write[]; readonly isMoved: boolean }
  | Invalid
> {
  const now = await ports.store.now();
  const row = rowOf(ports, caller, policy, input, canonicalAccount(input.account), snapshot, passwordHash, now);
  if ('kind' in row) return row;
  const before = snapshot?.account;
  const writes: Write[] = [
    snapshot === undefined
      ? { op: 'insert-account', account: row }
      : { op: 'update-account', account: row, revision: snapshot.revision },
    ...termWrites(row, before, row),
  ];
  if (row.phone !== null && row.phone !== before?.phone) {
    const held = snapshot?.authenticators.find((a) => a.type === 'sms');
    const id = held?.id ?? makeId('aut', now, ports.random(18));
    writes.push({
      op: 'put-sms',
      tenantId: row.tenantId,
      accountId: row.id,
      id,
      phone: row.phone,
      secret: ports.random(32),
    });
  }
  const isOut = (row.status ?? before?.status) === 'suspended';
  const isEnded =
    before !== undefined && (row.phone !== before.phone || row.passwordHash !== before.passwordHash || isOut);
  if (isEnded) writes.push(...endLogins(row.id, 'all'), ...endTrust(row.id));
  // A new number is a method changed; a new password, or no account any more, is a reset of everything that rests on the old one.
  const isReset = isEnded && (row.passwordHash !== before.passwordHash || isOut);
  if (isReset) writes.push(...endSessions(row.id));
  // A first password is no reset: whoever was mailed a registration may still use it.
  if (isReset && (before.passwordHash !== null || isOut)) writes.push(...(await endRegistrations(ports, row.id)));
  // Told on the channels as they were: whoever owns them may not be whoever changed them (security rule 7).
  const isMoved = before !== undefined && (row.phone !== before.phone || row.email !== before.email);
  if (snapshot !== undefined && isMoved) writes.push(...noticesOf(ports, policy, snapshot, 'contact-changed'));
  if (snapshot !== undefined && isOut && before?.status !== 'suspended')
    writes.push(...(await endAppPasswords(ports, policy, snapshot, 'suspended', caller.actor)));
  if (snapshot !== undefined && passwordHash !== undefined)
    writes.push(...(await endAppPasswords(ports, policy, snapshot, 'password', caller.actor)));
  const changed = Object.keys(input)
    .filter((key) => key !== 'account')
    .join(' ');
  writes.push({
    op: 'audit',
    event: {
      tenantId: row.tenantId,
      accountId: row.id,
      event: snapshot === undefined ? 'account.created' : 'account.updated',
      actor: caller.actor,
      data: { changed },
    },
  });
  return { kind: 'change', row, writes, isMoved };
}

/** The hash to keep; undefined where the password is the one on file, so that putting the same row again changes nothing. */
async function newHash(
  ports: Ports,
  caller: Caller,
  canonical: string,
  password: string | undefined,
): Promise<string | undefined> {
  if (password === undefined) return undefined;
  const held = (await ports.store.account(caller.tenantId, canonical, false))?.account.passwordHash ?? null;
  return held !== null && (await ports.passwords.verify(held, password)) ? undefined : ports.passwords.hash(password);
}

function rowOf(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  input: PutAccount,
  canonical: string,
  snapshot: AccountSnapshot | undefined,
  passwordHash: string | undefined,
  now: number,
): AccountRow | Invalid {
  const before = snapshot?.account;
  let phone = before?.phone ?? null;
  if (input.phone !== undefined) {
    const normal = ports.phone(input.phone, policy.country);
    if (normal === undefined)
      return {
        kind: 'invalid',
        at: '/phone',
        message: `is not a phone number (E.164, or national of ${policy.country})`,
      };
    phone = normal;
  }
  if (input.email !== undefined && !/^[^\s@"<>\p{Cc}]{1,64}@[^\s@"<>\p{Cc}]{1,190}$/u.test(input.email))
    return { kind: 'invalid', at: '/email', message: 'is not a mail address' };
  return {
    id: before?.id ?? makeId('acc', now, ports.random(18)),
    tenantId: caller.tenantId,
    canonical,
    account: before?.account ?? input.account.normalize('NFC').trim(),
    name: input.name ?? before?.name ?? null,
    phone,
    email: input.email ?? before?.email ?? null,
    cohort: input.cohort ?? before?.cohort ?? null,
    locale: input.locale ?? before?.locale ?? policy.locale,
    status: input.status ?? (before === undefined ? 'active' : null),
    passwordHash: passwordHash ?? before?.passwordHash ?? null,
  };
}

export interface Imported {
  readonly kind: 'imported';
  readonly created: number;
  readonly updated: number;
  readonly refused: readonly { readonly row: number; readonly account: string; readonly reason: string }[];
}

/** Puts rows one by one; a bad row is reported and the others go on. Safe to run again: the same rows change nothing more. */
export async function importAccounts(ports: Ports, caller: Caller, rows: readonly PutAccount[]): Promise<Imported> {
  let created = 0;
  let updated = 0;
  const refused: { row: number; account: string; reason: string }[] = [];
  for (const [index, input] of rows.entries()) {
    const put = await putAccount(ports, caller, input);
    if (put.kind === 'account') {
      if (put.created) created++;
      else updated++;
    } else
      refused.push({
        row: index + 1,
        account: input.account,
        reason: put.kind === 'invalid' ? `${put.at.slice(1)} ${put.message}` : put.code,
      });
  }
  return { kind: 'imported', created, updated, refused };
}
