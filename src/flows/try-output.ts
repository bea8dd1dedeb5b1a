// The only way an output is compared and spent: login, step-up and binding all come through here, so they share one budget (BF-08).
// It decides and names the writes; whoever calls commits them together with what follows from the answer.
import type { AuthenticatorTypes, RejectReason, Spend, TypeName } from '../core/authenticator/type.ts';
import type { Write, WriteNamed } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { type Policy, windowOf } from '../core/policy/policy.ts';
import type { AccountSnapshot, StoredAuthenticator } from '../core/store.ts';
import { type Failures, throttleState } from '../core/throttle/throttle.ts';
import { boundOf } from './facts.ts';

export type Tried =
  | { readonly kind: 'valid'; readonly by: StoredAuthenticator; readonly writes: Write[] }
  | {
      readonly kind: 'invalid';
      readonly reason: RejectReason;
      readonly tried: Pick<StoredAuthenticator, 'id' | 'type'>;
      readonly isFrozenNow: boolean;
      readonly refusal: Refusal;
      readonly writes: Write[];
    }
  | { readonly kind: 'stopped'; readonly refusal: Refusal };

/** Compares a canonical output with the candidates that are neither waiting nor frozen. `challengeId` names the challenge a sent code belongs to. */
export function tryOutput(
  types: AuthenticatorTypes,
  policy: Policy,
  snapshot: AccountSnapshot,
  candidates: readonly StoredAuthenticator[],
  output: string,
  challengeId: string | null,
): Tried {
  const open: StoredAuthenticator[] = [];
  let stopped: Refusal | undefined;
  for (const candidate of candidates) {
    const state = throttleState(failuresOf(policy, snapshot, candidate), policy.throttle, snapshot.now);
    if (state.kind === 'open') open.push(candidate);
    else stopped ??= stopRefusal(policy, snapshot, state);
  }
  const [first, ...more] = open;
  if (first === undefined)
    return {
      kind: 'stopped',
      refusal: stopped ?? refuse('no-method', { contact: policy.contact }),
    };

  let reason: RejectReason = 'wrong';
  for (const candidate of open) {
    const verification = types[candidate.type].verify(
      boundOf(candidate, snapshot.account.id, challengeId),
      output,
      snapshot.now,
      windowOf(policy, candidate.type),
    );
    if (!verification.valid) {
      if (verification.reason !== 'wrong') reason = verification.reason;
      continue;
    }
    const { spend } = verification;
    const failures = failuresOf(policy, snapshot, candidate);
    const scope = scopeOf(policy, snapshot, candidate);
    return { kind: 'valid', by: candidate, writes: spending(candidate, spend, scope, failures.count, challengeId) };
  }
  return rejected(policy, snapshot, [first, ...more], reason);
}

/** Spends a right output, assuming that the failures counted are those the decision was made on: a guess that ran beside it makes it start again. */
function spending(
  by: StoredAuthenticator,
  spend: Spend,
  scope: string,
  failures: number,
  challengeId: string | null,
): Write[] {
  const spent = spendOf(by.id, spend, challengeId);
  if (spent === undefined)
    return [
      failures === 0 ? { op: 'expect-failures', scope, count: 0 } : { op: 'clear-failures', scope, count: failures },
    ];
  if (spent.op !== 'use-sent-code' && failures === 0) return [{ ...spent, unfailed: scope }];
  return [
    spent,
    failures === 0 ? { op: 'expect-failures', scope, count: 0 } : { op: 'clear-failures', scope, count: failures },
  ];
}

function spendOf(
  authenticatorId: string,
  spend: Spend,
  challengeId: string | null,
): WriteNamed<'spend' | 'spend-step' | 'use-sent-code'> | undefined {
  if (spend.kind === 'challenge') return undefined;
  if (spend.kind === 'sent')
    return { op: 'use-sent-code', challengeId: challengeId ?? '', authenticatorId, tag: spend.tag };
  const { lookAhead } = spend;
  if (spend.kind === 'mark') return { op: 'spend', authenticatorId, mark: spend.mark, lookAhead };
  return { op: 'spend-step', authenticatorId, step: spend.step, periodSeconds: spend.periodSeconds, lookAhead };
}

function rejected(
  policy: Policy,
  snapshot: AccountSnapshot,
  open: readonly [StoredAuthenticator, ...StoredAuthenticator[]],
  reason: RejectReason,
): Tried {
  const writes: Write[] = [];
  const scopes = new Set<string>();
  let most = 0;
  for (const candidate of open) {
    const scope = scopeOf(policy, snapshot, candidate);
    if (scopes.has(scope)) continue;
    scopes.add(scope);
    const n = failuresOf(policy, snapshot, candidate).count + 1;
    most = Math.max(most, n);
    writes.push({ op: 'count-failure', scope, n });
  }
  const [{ type }] = open;
  const oneType = open.every((candidate) => candidate.type === type) ? type : undefined;
  return { kind: 'invalid', reason, tried: open[0], ...afterFailure(policy, snapshot.now, most, oneType), writes };
}

/** What the `n`th failure in a row is told as, and whether it freezes. `type`: where the right output would have come from, if that is one. */
export function afterFailure(
  policy: Policy,
  now: number,
  n: number,
  type?: TypeName,
): { readonly isFrozenNow: boolean; readonly refusal: Refusal } {
  const after = throttleState({ count: n, lastAt: now }, policy.throttle, now);
  const attemptsLeft = Math.max(0, policy.throttle.freezeAfter - n);
  const members = {
    attemptsLeft,
    ...(type === undefined ? {} : { authenticatorType: type }),
    ...(after.kind === 'waiting' ? { retryAfter: Math.ceil((after.until - now) / 1000) } : {}),
  };
  return { isFrozenNow: after.kind === 'frozen', refusal: refuse('verification-failed', members) };
}

/** A stop as the person is told it: how long to wait, or whom to call. */
export function stopRefusal(
  policy: Policy,
  snapshot: AccountSnapshot,
  state: { kind: 'waiting'; until: number } | { kind: 'frozen'; until: number | null },
): Refusal {
  if (state.kind === 'waiting')
    return refuse('throttled', { retryAfter: Math.ceil((state.until - snapshot.now) / 1000) });
  const contact = policy.contact;
  return refuse('frozen', state.until === null ? { contact } : { contact, until: new Date(state.until).toISOString() });
}

export const scopeOf = (policy: Policy, snapshot: AccountSnapshot, a: StoredAuthenticator): string =>
  policy.throttle.scope === 'account' ? snapshot.account.id : a.id;

export const failuresOf = (policy: Policy, snapshot: AccountSnapshot, a: StoredAuthenticator): Failures =>
  policy.throttle.scope === 'account' ? snapshot.failures : a.failures;
