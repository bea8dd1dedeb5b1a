// Binding: a fresh secret, shown once, that becomes an authenticator only by its first right code (ES-2.5). Only the newest can be
// confirmed (ENR-04); the secret is ours, never the caller's (ENR-07); the code that confirms is spent like any other.
import { canonicalAccount } from '../core/account/account.ts';
import type { Shown, TypeName } from '../core/authenticator/type.ts';
import type { Challenge } from '../core/challenge/challenge.ts';
import { CONFLICT, guarded, type Write } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { mayBind, mayUnbind } from '../core/policy/decide.ts';
import type { Facts } from '../core/policy/facts.ts';
import type { Offer, Policy } from '../core/policy/policy.ts';
import type { Caller, Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { type ClaimedClient, knowClient, tooOld } from './client.ts';
import { coolingOff } from './cooling.ts';
import { deviceRefusal } from './device-seen.ts';
import { hasOwnMethod } from './end-app-passwords.ts';
import { makeTicket } from './enrolment/issue-ticket.ts';
import { active, boundOf, factsOf, refusalOf } from './facts.ts';
import { begunAssumes } from './first-method.ts';
import { backupMailbox } from './mailbox.ts';
import { toldChange } from './objection.ts';
import { enrolmentOf } from './open-challenge.ts';
import { proofOf } from './proof.ts';
import { type CodeSent, queueCode } from './queue-code.ts';
import { tenantOf } from './tenant.ts';

export interface BindingStarted {
  readonly kind: 'binding';
  readonly id: string;
  readonly type: TypeName;
  readonly status: 'pending' | 'active';
  readonly shown: Shown;
  /** The first code, when it had to be sent. */
  readonly sent: CodeSent | null;
  readonly offers: readonly Offer[];
  readonly codeSeconds: number;
  readonly expiresAt: number | null;
  readonly locale: Challenge['locale'];
}

/** What is to be bound. */
interface Wanted {
  readonly type: TypeName;
  readonly label?: string | undefined;
  /** The active one of the same type that it is to replace (换绑): that one works until this one is confirmed. */
  readonly replaces?: string | undefined;
  /** For types that are bound to one, such as a backup mailbox. */
  readonly address?: string | undefined;
}

/** Starts the binding that a login in status `enrol` asks for. */
export async function startLoginBinding(
  ports: Ports,
  caller: Caller,
  input: { readonly id: string } & Wanted,
): Promise<BindingStarted | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.challenge(caller.tenantId, input.id, thorough);
    if (snapshot === undefined) return refuse('not-found');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const wanted = enrolmentOf(policy, snapshot);
    if (wanted.kind === 'refused') return wanted;
    // What a phone completes cannot end a login that waits for a code.
    if (!wanted.types.includes(input.type) || ports.types[input.type].bind?.ticketed === true)
      return refuse('binding-not-allowed');
    const tooNew = coolingOff(ports, policy, snapshot, snapshot.challenge.verified);
    if (tooNew !== undefined) return tooNew;
    return begin(ports, caller, policy, snapshot, input, wanted.client.offers, snapshot.challenge.locale, []);
  });
}

export interface StartBinding extends Wanted {
  readonly account: string;
  readonly client: ClaimedClient;
  readonly login?: string | undefined;
  readonly proof?: string | undefined;
  /** A step-up is wanted, also where the policy is content with a login. */
  readonly stepUp?: true | undefined;
  /** What the session that asks has verified, the login included. */
  readonly verified?: readonly TypeName[] | undefined;
}

/** Starts a binding from a client on which the account is logged in, as the policy's bind rules allow. */
export async function startBinding(
  ports: Ports,
  caller: Caller,
  input: StartBinding,
): Promise<BindingStarted | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { account } = snapshot;
    if (account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
    const known = knowClient(policy, caller, input.client);
    if (known.kind === 'refused') return known;
    const device = await deviceRefusal(ports, policy, account.id, known.client, input.client.deviceId);
    if (device !== undefined) return device;
    const facts = factsOf(policy, snapshot, known, 'login', []);
    const changes = input.replaces === undefined ? undefined : changeOf(policy, snapshot, facts, input);
    if (changes !== undefined && changes.kind === 'refused') return changes;
    const rule = changes ?? mayBind(policy, facts);
    if (rule === undefined || !rule.types.includes(input.type)) {
      if (rule !== undefined && known.isTooOld && policy.versioned.includes(input.type)) return tooOld(known);
      const elsewhere = rule !== undefined && !known.client.binds.includes(input.type);
      return elsewhere ? refusalOf(policy, 'bind-elsewhere', known) : refuse('binding-not-allowed');
    }
    const isOnly = input.type !== 'recovery-code' && ports.types[input.type].several !== true;
    if (isOnly && active(snapshot).some((a) => a.type === input.type && a.id !== input.replaces))
      return refuse('already-bound');
    const proof = await proofOf(ports, policy, snapshot, {
      // A session that asks was judged already by what it verified minutes ago; `verified` is only ever ours to say.
      by:
        input.stepUp === true
          ? 'step-up'
          : input.replaces !== undefined && input.verified !== undefined
            ? 'login'
            : rule.proof,
      clientId: known.id,
      keyId: caller.keyId,
      login: input.login,
      verified: input.verified,
      proof: input.proof,
      purpose: 'change',
      target: input.replaces,
    });
    if (proof.kind === 'refused') return proof;
    return begin(ports, caller, policy, snapshot, input, known.client.offers, account.locale, proof.writes);
  });
}

/** A change takes away what an owner could unbind, and binds what this client may: both rules must allow it (ET-4.1, CM-4.2). */
function changeOf(
  policy: Policy,
  snapshot: AccountSnapshot,
  facts: Facts,
  input: Wanted,
): { readonly kind: 'change'; readonly proof: 'login' | 'step-up'; readonly types: readonly TypeName[] } | Refusal {
  const old = active(snapshot).find((a) => a.id === input.replaces);
  if (old === undefined || old.type !== input.type) return refuse('not-found');
  const by = mayUnbind(policy, { ...facts, purpose: 'unbind' });
  if (by === 'operator') return refuse('unbind-by-operator', { contact: policy.contact });
  const isUsable =
    facts.client.binds.includes(input.type) && !(facts.isTooOld && policy.versioned.includes(input.type));
  return { kind: 'change', proof: by, types: isUsable ? [input.type] : [] };
}

/** Bindings of one account that may be begun and not completed while the first of them could still be. Each is a row that every login reads. */
const MOST_BEGUN = 10;

function tooManyBegun(policy: Policy, { authenticators, now }: AccountSnapshot): Refusal | undefined {
  const since = now - policy.times.bindingSeconds * 1000;
  const begun = authenticators.filter((a) => a.status !== 'active' && a.createdAt > since).map((a) => a.createdAt);
  if (begun.length < MOST_BEGUN) return undefined;
  return refuse('throttled', { retryAfter: Math.max(1, Math.ceil((Math.min(...begun) - since) / 1000)) });
}

async function begin(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  snapshot: AccountSnapshot,
  { type, label, address: typed, replaces }: Wanted,
  offers: readonly Offer[],
  locale: Challenge['locale'],
  proof: readonly Write[],
): Promise<BindingStarted | Refusal | typeof CONFLICT> {
  const { account, now } = snapshot;
  const { bind } = ports.types[type];
  const tooMany = tooManyBegun(policy, snapshot);
  if (tooMany !== undefined) return tooMany;
  // They stand in for a method that was lost; whoever had them made by a password alone would get in by them beside the first one (ENR-09).
  if (type === 'recovery-code' && !hasOwnMethod(snapshot)) return refuse('binding-not-allowed');
  if (bind === undefined || (bind.addressed === true) !== (typed !== undefined)) return refuse('binding-not-allowed');
  const address = typed === undefined ? undefined : backupMailbox(account.account, typed);
  if (typeof address === 'object') return address;
  if (bind.ticketed === true && ports.wechat === null) return refuse('wechat-off');
  const made = bind.begin({
    account: account.account,
    accountId: account.id,
    held: active(snapshot)
      .filter((a) => a.type === type)
      .map((a) => boundOf(a, account.id, null)),
    issuer: policy.issuer,
    random: ports.random,
    totp: policy.totp,
    phone: bind.ticketed === true ? { id: makeId('phn', now, ports.random(18)), ...policy.app } : undefined,
    recoveryCodes: policy.recoveryCodes.count,
    address,
  });
  const id = makeId('aut', now, ports.random(18));
  const expiresAt = bind.confirms ? now + policy.times.bindingSeconds * 1000 : null;
  const status = bind.confirms ? 'pending' : 'active';
  const queued =
    address === undefined || expiresAt === null
      ? null
      : await queueCode(ports, policy, snapshot, {
          id,
          type,
          params: made.params,
          secret: () => Uint8Array.from(made.secret),
          context: id,
          count: 0,
          about: 'bind',
          locale,
          notAfter: expiresAt,
          actor: caller.actor,
        });
  if (queued?.kind === 'refused') return queued;
  const ticket = bind.ticketed === true && expiresAt !== null ? ticketFor(ports, snapshot, expiresAt) : null;
  const written = await ports.store.commit(account.id, [
    ...proof,
    ...(type === 'recovery-code'
      ? ([{ op: 'expect-own-method', accountId: account.id }] as const)
      : begunAssumes(snapshot)),
    ...(ticket?.writes ?? []),
    { op: 'void-pending', accountId: account.id, type },
    { op: 'drop-void', accountId: account.id, before: now - policy.times.bindingSeconds * 1000 },
    ...(bind.confirms ? [] : ([{ op: 'drop-type', accountId: account.id, type }] as const)),
    {
      op: 'insert-authenticator',
      tenantId: account.tenantId,
      accountId: account.id,
      id,
      type,
      status,
      params: made.params,
      label: label ?? null,
      secret: made.secret,
      expiresAt,
      replaces,
    },
    {
      op: 'audit',
      event: {
        tenantId: account.tenantId,
        accountId: account.id,
        event: bind.confirms ? 'binding.started' : 'recovery-codes.created',
        actor: caller.actor,
        data: { authenticator: id, type },
      },
    },
    ...(queued?.writes ?? []),
    ...(bind.confirms
      ? []
      : await toldChange(ports, policy, snapshot, 'recovery-codes', {
          added: [id],
          removed: active(snapshot).flatMap((a) => (a.type === type ? [a.id] : [])),
        })),
  ]);
  if (written.kind === 'conflict') return CONFLICT;
  if (!bind.confirms || queued !== null) ports.wake('outbox', account.tenantId);
  return {
    kind: 'binding',
    id,
    type,
    status,
    shown: ticket === null ? made.shown : { uri: ticket.url },
    sent: queued?.sent ?? null,
    offers,
    codeSeconds: policy.totp.periodSeconds,
    expiresAt,
    locale,
  };
}

/** What the QR of a scanned binding says, good for as long as the binding; the one before is void. */
function ticketFor(
  ports: Ports,
  { account, now }: AccountSnapshot,
  expiresAt: number,
): { readonly url: string; readonly writes: readonly Write[] } {
  const { tenantId, id: accountId } = account;
  const { token, write } = makeTicket(ports, {
    id: makeId('tic', now, ports.random(18)),
    tenantId,
    accountId,
    kind: 'wechat',
    status: 'open',
    issue: 0,
    createdAt: now,
    expiresAt,
  });
  return { url: `${ports.baseUrl}/s/${token}`, writes: [{ op: 'void-wechat-tickets', accountId }, write] };
}
