// The first right code completes a binding. Until then the account is as it was; afterwards the code is spent (security rule 1).
import { canonicalAccount } from '../core/account/account.ts';
import type { TypeName } from '../core/authenticator/type.ts';
import type { Challenge } from '../core/challenge/challenge.ts';
import { CONFLICT, type Conflict, guarded, type Write } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { decide } from '../core/policy/decide.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Caller, Ports } from '../core/ports.ts';
import type { AccountSnapshot, StoredAuthenticator } from '../core/store.ts';
import type { Along } from './along.ts';
import { coolingOff } from './cooling.ts';
import { countFailure } from './count-failure.ts';
import { deviceSeen } from './device-seen.ts';
import { hasOwnMethod } from './end-app-passwords.ts';
import { phoneIdOf } from './enrolment/load.ts';
import { boundOf } from './facts.ts';
import { endBegun } from './first-method.ts';
import { toldChange } from './objection.ts';
import { enrolmentOf } from './open-challenge.ts';
import { tenantOf } from './tenant.ts';
import { endTrust } from './trust.ts';
import { tryOutput } from './try-output.ts';
import { whyWrong } from './why-wrong.ts';

export interface BindingConfirmed {
  readonly kind: 'bound';
  readonly id: string;
  readonly type: TypeName;
  readonly boundAt: number;
  /** The login that asked for it, now satisfied. */
  readonly login: Challenge | null;
  readonly account: string;
  readonly offerRecoveryCodes: boolean;
  readonly locale: Challenge['locale'];
}

/** The first output of a binding: typed, or what a program answered, as JSON. */
interface Confirming {
  readonly output?: string | undefined;
  readonly response?: string | undefined;
}

/** The session a binding belongs to was ended meanwhile. */
const lostSession: Along['lost'] = (op) => (op === 'strengthen-session' ? refuse('signed-out') : undefined);

/** Confirms a binding started from a logged-in client. `along` goes into the same commit. */
export async function confirmBinding(
  ports: Ports,
  caller: Caller,
  input: { readonly account: string; readonly binding: string } & Confirming,
  along?: (type: TypeName) => readonly Write[],
): Promise<BindingConfirmed | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    if (snapshot.account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
    const pending = snapshot.authenticators.find((a) => a.id === input.binding);
    // A code that is typed on the page says nothing of who scanned.
    if (pending !== undefined && ports.types[pending.type].bind?.ticketed === true)
      return refuse('binding-not-allowed');
    const more = pending === undefined ? [] : (along?.(pending.type) ?? []);
    return confirm(ports, caller, policy, snapshot, input, null, more, lostSession);
  });
}

/** Confirms a binding from the phone that scanned it. `along` goes into the same commit. */
export async function confirmScanned(
  ports: Ports,
  caller: Caller,
  input: { readonly account: string; readonly binding: string; readonly output: string },
  along: readonly Write[],
): Promise<BindingConfirmed | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    if (snapshot.account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
    const lost: Along['lost'] = (op) => (op === 'use-wechat-ticket' ? refuse('superseded') : undefined);
    return confirm(ports, caller, policy, snapshot, input, null, along, lost);
  });
}

/** Confirms the binding a login asked for; the login ends satisfied in the same commit, and `along` with it. */
export async function confirmLoginBinding(
  ports: Ports,
  caller: Caller,
  input: { readonly id: string; readonly binding: string } & Confirming,
  along?: Along,
): Promise<BindingConfirmed | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.challenge(caller.tenantId, input.id, thorough);
    if (snapshot === undefined) return refuse('not-found');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { challenge } = snapshot;
    const wanted = enrolmentOf(policy, snapshot);
    if (wanted.kind === 'refused') return wanted;
    const tooNew = coolingOff(ports, policy, snapshot, challenge.verified);
    if (tooNew !== undefined) return tooNew;
    const pending = snapshot.authenticators.find((a) => a.id === input.binding);
    if (pending !== undefined && !wanted.types.includes(pending.type)) return refuse('binding-not-allowed');
    const type = pending?.type ?? 'totp';
    const verified = [...challenge.verified, type];
    const after = decide(policy, { ...wanted.facts, bound: [...wanted.facts.bound, type], verified });
    if (after.kind !== 'allow') return refuse('binding-not-allowed');
    const device = await deviceSeen(ports, policy, challenge, snapshot.now);
    if (device.isRevoked) return refuse('device-revoked', { contact: policy.contact });
    const moved: Challenge = { ...challenge, verified, status: 'satisfied' };
    return confirm(
      ports,
      caller,
      policy,
      snapshot,
      input,
      moved,
      [
        {
          op: 'move-challenge',
          id: challenge.id,
          from: challenge.verified.join(' '),
          verified: verified.join(' '),
          status: 'satisfied',
          withdrawn: null,
          until: null,
        },
        ...device.writes,
        ...(along?.writes(moved, snapshot.now) ?? []),
        {
          op: 'audit',
          event: {
            tenantId: challenge.tenantId,
            accountId: challenge.accountId,
            event: 'login.satisfied',
            actor: caller.actor,
            data: { login: challenge.id, authenticator: input.binding, type },
          },
        },
      ],
      along?.lost,
    );
  });
}

async function confirm(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  snapshot: AccountSnapshot,
  input: { readonly binding: string } & Confirming,
  login: Challenge | null,
  more: readonly Write[],
  lost?: Along['lost'],
): Promise<BindingConfirmed | Refusal | Conflict> {
  const { account, now } = snapshot;
  const pending = snapshot.authenticators.find((a) => a.id === input.binding);
  if (pending === undefined) return refuse('not-found');
  if (pending.status === 'active') return refuse('already-bound');
  if (pending.status === 'void') return refuse('superseded');
  if ((pending.expiresAt ?? 0) <= now) return refuse('expired');
  const only = ports.types[pending.type].several !== true;
  const others = snapshot.authenticators.filter((a) => a.status === 'active' && a.type === pending.type);
  const replaces = others.length === 0 ? null : await ports.store.replacedBy(account.id, pending.id);
  if (only && others.some((a) => a.id !== replaces)) return refuse('already-bound');
  const old = others.find((a) => a.id === replaces);
  const sends = ports.types[pending.type].send !== undefined;
  // A code that was sent to be bound by is good for this binding, and for nothing else.
  const candidate = sends ? { ...pending, sent: await ports.store.sentCode(pending.id, pending.id) } : pending;
  const made = await completed(ports, snapshot, pending, input.response);
  const output = ports.canonicalOutput(input.output ?? '');
  const tried =
    made === undefined
      ? tryOutput(ports.types, policy, snapshot, [candidate], output, pending.id)
      : ({ kind: 'valid', writes: made } as const);
  if (tried.kind === 'stopped') return tried.refusal;
  if (tried.kind === 'invalid')
    return (
      (await countFailure(ports, caller, policy, snapshot, tried, {
        login: login?.id ?? null,
        ip: login?.ip ?? null,
        hint: await whyWrong(ports, snapshot, [pending], output, tried.reason),
      })) ?? CONFLICT
    );
  const isFirst = !hasOwnMethod(snapshot);
  const written = await ports.store.commit(account.id, [
    ...tried.writes,
    ...(old === undefined ? [] : replacing(account, old, caller.actor)),
    { op: 'confirm-authenticator', accountId: account.id, id: pending.id, type: pending.type, only },
    // Of two first ones each takes the other's place among what was begun.
    ...(isFirst ? endBegun(snapshot, await ports.enrolment.of(account.id)) : []),
    ...more,
    {
      op: 'audit',
      event: {
        tenantId: account.tenantId,
        accountId: account.id,
        event: 'binding.confirmed',
        actor: caller.actor,
        data: { authenticator: pending.id, type: pending.type },
      },
    },
    ...(await toldChange(ports, policy, snapshot, 'bound', {
      added: [pending.id],
      removed: old === undefined ? [] : [old.id],
      phones: [phoneIdOf(pending) ?? []].flat(),
    })),
  ]);
  if (written.kind === 'conflict' && written.op === 'claim-method') return refuse('already-bound');
  if (written.kind === 'conflict') return lost?.(written.op) ?? CONFLICT;
  ports.wake('outbox', account.tenantId);
  if (login !== null) ports.wake('challenge', login.id);
  const hasCodes = !isFirst && snapshot.authenticators.some((a) => a.status === 'active' && a.type === 'recovery-code');
  return {
    kind: 'bound',
    id: pending.id,
    type: pending.type,
    boundAt: now,
    login,
    account: account.account,
    offerRecoveryCodes: policy.recoveryCodes.offer && !hasCodes,
    locale: login?.locale ?? account.locale,
  };
}

/** The writes of a binding whose secret came with a right response; undefined where a code is wanted, or the response is wrong. */
async function completed(
  ports: Ports,
  { account }: AccountSnapshot,
  pending: StoredAuthenticator,
  response: string | undefined,
): Promise<Write[] | undefined> {
  const { bind } = ports.types[pending.type];
  if (bind?.complete === undefined || response === undefined) return undefined;
  const made = await bind.complete(boundOf(pending, account.id, pending.id), response);
  if (made === undefined) return undefined;
  const { id, type, params } = pending;
  return [
    { op: 'claim-method', tenantId: account.tenantId, accountId: account.id, id, name: made.unique },
    { op: 'seal-binding', tenantId: account.tenantId, accountId: account.id, id, type, params, secret: made.secret },
  ];
}

/** The old method goes with the commit that completes the new one: never both, never none (CM-4.2). Browsers trusted under it are so no more. */
const replacing = (account: AccountSnapshot['account'], old: StoredAuthenticator, actor: string): Write[] => [
  { op: 'remove-authenticator', accountId: account.id, id: old.id, keep: 0 },
  ...endTrust(account.id),
  {
    op: 'audit',
    event: {
      tenantId: account.tenantId,
      accountId: account.id,
      event: 'binding.removed',
      actor,
      data: { authenticator: old.id, type: old.type, by: 'change' },
    },
  },
];
