// Removing a binding: by its owner as far as the policy lets them (ES-5.1, REB-01, REB-02), or by an operator with a reason (ES-5.2).
import { canonicalAccount } from '../core/account/account.ts';
import { isBindable, STAND_INS, type TypeName } from '../core/authenticator/type.ts';
import { CONFLICT, guarded, type Write } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { mayUnbind } from '../core/policy/decide.ts';
import type { Facts } from '../core/policy/facts.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Caller, Ports } from '../core/ports.ts';
import { phaseAt } from '../core/rollout/phase.ts';
import type { AccountSnapshot, StoredAuthenticator } from '../core/store.ts';
import { endWithMethods } from './end-app-passwords.ts';
import { endRegistrations } from './enrolment/end-registrations.ts';
import { active } from './facts.ts';
import { endLogins, endSessions } from './logout.ts';
import { noticesOf } from './notices.ts';
import { closeChanges, toldChange } from './objection.ts';
import { type Beside, besides } from './operator/beside.ts';
import { proofOf } from './proof.ts';
import { tenantOf } from './tenant.ts';
import { endTrust } from './trust.ts';

export interface Unbound {
  readonly kind: 'unbound';
  readonly removed: readonly string[];
}

/** Removes one of the account's own bindings. Codes of a removed one are worthless from the commit on, on every node. */
export async function unbind(
  ports: Ports,
  caller: Caller,
  input: {
    readonly account: string;
    readonly authenticator: string;
    readonly proof?: string | undefined;
    readonly login?: string | undefined;
    readonly client?: string | undefined;
    /** A step-up is wanted, also where the policy is content with a login. */
    readonly stepUp?: true | undefined;
    /** What the session that asks has verified, the login included. */
    readonly verified?: readonly TypeName[] | undefined;
    /** The session that asks: it stays. */
    readonly session?: string | undefined;
  },
): Promise<Unbound | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { account } = snapshot;
    const contact = policy.contact;
    if (caller.client !== null && input.client !== undefined && input.client !== caller.client.id)
      return refuse('client-mismatch', { client: caller.client.id });
    if (account.status === 'suspended') return refuse('account-suspended', { contact });
    const target = active(snapshot).find((a) => a.id === input.authenticator);
    if (target === undefined) return refuse('not-found');
    // The SMS authenticator follows the number on file; it is changed there, not unbound.
    if (ports.types[target.type].bind === undefined) return refuse('unbind-by-operator', { contact });
    const by = unbindBy(policy, snapshot);
    if (by === 'operator') return refuse('unbind-by-operator', { contact });
    const proof = await proofOf(ports, policy, snapshot, {
      by: input.stepUp === true ? 'step-up' : by,
      clientId: input.client ?? caller.client?.id ?? '',
      keyId: caller.keyId,
      login: input.login,
      verified: input.verified,
      proof: input.proof,
      purpose: 'unbind',
      target: target.id,
    });
    if (proof.kind === 'refused') return proof;
    const others = active(snapshot).filter((a) => a.id !== target.id && !STAND_INS.includes(a.type)).length;
    const keep = target.type === 'recovery-code' ? 0 : policy.keepAtLeast;
    if (others < keep) return refuse('last-authenticator');
    const gone = goneWith(ports, snapshot, [target]);
    const phones = await phonesOf(ports, snapshot, [target], false);
    const written = await ports.store.commit(account.id, [
      ...proof.writes,
      { op: 'remove-authenticator', accountId: account.id, id: target.id, keep },
      ...phones.map((id): Write => ({ op: 'revoke-phone', accountId: account.id, id })),
      ...(await endWithMethods(ports, policy, snapshot, gone, caller.actor)),
      ...endTrust(account.id, input.session),
      ...removed(caller.actor, snapshot, gone, {}),
      ...(await toldChange(ports, policy, snapshot, noticeOf(gone), { added: [], removed: gone.map((a) => a.id) })),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return { kind: 'unbound', removed: gone.map((a) => a.id) };
  });
}

/** An operator removes one binding, or every binding the account made itself, with a reason on record. */
export async function operatorUnbind(
  ports: Ports,
  caller: Caller,
  input: {
    readonly account: string;
    readonly authenticator?: string | undefined;
    readonly reason: string;
    readonly operator: string;
  },
  beside?: Beside,
): Promise<Unbound | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { account } = snapshot;
    const bindable = active(snapshot).filter((a) => isBindable(ports.types[a.type]));
    const targets = input.authenticator === undefined ? bindable : bindable.filter((a) => a.id === input.authenticator);
    if (targets.length === 0) return refuse('not-found');
    const gone = goneWith(ports, snapshot, targets);
    const phones = await phonesOf(ports, snapshot, targets, input.authenticator === undefined);
    const why = { reason: input.reason, via: caller.actor };
    const more = await besides(beside, policy, snapshot);
    if ('kind' in more) return more;
    const written = await ports.store.commit(account.id, [
      ...more,
      closeChanges(account.id),
      // What was removed before is not to come back; what goes now still tells why a code is wrong.
      ...(input.authenticator === undefined
        ? ([{ op: 'forget-former', accountId: account.id, id: null }] as const)
        : []),
      ...targets.map((a): Write => ({ op: 'remove-authenticator', accountId: account.id, id: a.id, keep: 0 })),
      ...phones.map((id): Write => ({ op: 'revoke-phone', accountId: account.id, id })),
      ...(input.authenticator === undefined ? await endRegistrations(ports, account.id) : []),
      { op: 'drop-revoked-keys', accountId: account.id },
      ...endLogins(account.id, 'all'),
      ...(await endWithMethods(ports, policy, snapshot, gone, `operator:${input.operator}`)),
      ...endSessions(account.id),
      ...endTrust(account.id),
      ...removed(`operator:${input.operator}`, snapshot, gone, why),
      ...noticesOf(ports, policy, snapshot, noticeOf(gone), beside?.objection),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return { kind: 'unbound', removed: gone.map((a) => a.id) };
  });
}

/** Who may remove a binding of the account now, whatever client it sits at. */
export function unbindBy(policy: Policy, snapshot: AccountSnapshot): 'login' | 'step-up' | 'operator' {
  const nowhere = { name: policy.contact, kind: 'web', offers: [], binds: [] } as const;
  const facts: Facts = {
    phase: phaseAt(policy.rollout, snapshot.account.cohort, snapshot.now, snapshot.account),
    bound: active(snapshot).map((a) => a.type),
    clientId: '',
    client: nowhere,
    clientVersion: '',
    isTooOld: false,
    cohort: snapshot.account.cohort,
    purpose: 'unbind',
    verified: [],
  };
  return mayUnbind(policy, facts);
}

/** The phones that go with their authenticators: all of them, synchronised or not, when everything goes. */
async function phonesOf(
  ports: Ports,
  snapshot: AccountSnapshot,
  targets: readonly StoredAuthenticator[],
  isAll: boolean,
): Promise<readonly string[]> {
  const { phones, wechat } = await ports.enrolment.of(snapshot.account.id);
  return [...phones, ...wechat]
    .filter((p) => isAll || targets.some((a) => a.id === p.authenticatorId))
    .map((p) => p.id);
}

/** The targets, and the recovery codes where nothing stays that they stand in for. */
function goneWith(
  ports: Ports,
  snapshot: AccountSnapshot,
  targets: readonly StoredAuthenticator[],
): readonly StoredAuthenticator[] {
  const stay = active(snapshot).filter((a) => !targets.includes(a));
  const orphaned = stay.every((a) => a.type === 'recovery-code' || !isBindable(ports.types[a.type]));
  return orphaned ? [...targets, ...stay.filter((a) => a.type === 'recovery-code')] : targets;
}

const noticeOf = (gone: readonly StoredAuthenticator[]): 'all-unbound' | 'unbound' =>
  gone.length > 1 && gone.some((a) => a.type === 'recovery-code') ? 'all-unbound' : 'unbound';

/** What goes with a removal: codes nobody needs, and the record of each that is gone. */
function removed(
  actor: string,
  snapshot: AccountSnapshot,
  gone: readonly StoredAuthenticator[],
  more: Readonly<Record<string, string>>,
): Write[] {
  const { account } = snapshot;
  return [
    { op: 'drop-orphaned-codes', accountId: account.id },
    ...gone.map(
      (a): Write => ({
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'binding.removed',
          actor,
          data: { authenticator: a.id, type: a.type, ...more },
        },
      }),
    ),
  ];
}
