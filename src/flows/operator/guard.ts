// What every action of an operator passes first: a reason the policy knows, a caller who was verified as far as it asks, and a count per operator and hour.
import { maskPhone } from '../../core/account/account.ts';
import type { Write } from '../../core/commit.ts';
import { ACTIONS, type AccountAction, type CallerCheckHow } from '../../core/operator/actions.ts';
import type { Actor, CallerCheck } from '../../core/operator/case.ts';
import { reasonNamed } from '../../core/operator/console-policy.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';

const HOUR = 3600_000;
/** How long a caller's answer may be used: the time an operator needs to fill in the rest. */
const CHECK_LIFE_MS = HOUR / 4;

/** Who acts: the operator of a session, or whom a relying party's key names. */
export const actorOf = (caller: Caller, named: string): Actor =>
  caller.operator === undefined
    ? { login: named, id: null, sessionId: null }
    : { login: caller.operator.login, id: caller.operator.id, sessionId: caller.operator.sessionId };

/** The reason as it is kept: a code of the policy, or the words of a relying party, whose own people choose them. */
export function reasonOf(policy: Policy, caller: Caller, given: string): string | Refusal {
  const known = reasonNamed(policy.console, given);
  if (known !== undefined) return known.code;
  return caller.operator === undefined
    ? given
    : refuse('reason-unknown', { reasons: policy.console.reasons.map(({ code }) => code) });
}

/** As the log and a relying party read it. */
export const said = (reason: string, note: string | null): string => (note === null ? reason : `${reason}: ${note}`);

/** What an operator says of how the caller was verified. */
export interface ClaimedCheck {
  readonly how: CallerCheckHow;
  readonly challenge?: string | undefined;
}

/** How somebody on the telephone is shown whom they talk to, and how a check is known to be this operator's. */
export const deskName = (operator: string): string => `operator:${operator}`;

/**
 * The check as it is kept, with the writes that spend it: an answer of the customer serves one action of the operator who asked. Null where none was made
 * and the policy lets that be.
 */
export async function checkOf(
  ports: Ports,
  policy: Policy,
  { account, now }: AccountSnapshot,
  action: AccountAction,
  operator: string,
  claimed: ClaimedCheck | undefined,
  standing: CallerCheck | null = null,
): Promise<
  { readonly kind: 'checked'; readonly check: CallerCheck | null; readonly writes: readonly Write[] } | Refusal
> {
  const wanted = ACTIONS[action].verifiesCaller && policy.console.callerCheck === 'required';
  // A check that was made for the revision of a case before is still the check of that call.
  if (claimed === undefined && standing !== null) return { kind: 'checked', check: standing, writes: [] };
  if (claimed === undefined)
    return wanted ? refuse('caller-check-required') : { kind: 'checked', check: null, writes: [] };
  const { how, challenge } = claimed;
  if (how === 'in-person') return { kind: 'checked', check: { how, challenge: null, to: null }, writes: [] };
  if (how === 'call-back') {
    if (account.phone === null) return refuse('caller-check-failed');
    return { kind: 'checked', check: { how, challenge: null, to: maskPhone(account.phone) }, writes: [] };
  }
  const held = challenge === undefined ? undefined : await ports.store.challenge(account.tenantId, challenge, false);
  const isGood =
    held !== undefined &&
    held.account.id === account.id &&
    held.challenge.purpose === 'caller' &&
    held.challenge.status === 'satisfied' &&
    held.challenge.deviceName === deskName(operator) &&
    held.challenge.createdAt > now - CHECK_LIFE_MS;
  if (!isGood) return refuse('caller-check-failed');
  return {
    kind: 'checked',
    check: { how, challenge: held.challenge.id, to: null },
    writes: [
      {
        op: 'use-proof',
        id: held.challenge.id,
        accountId: account.id,
        purpose: 'caller',
        notBefore: now - CHECK_LIFE_MS,
      },
    ],
  };
}

/** The write that counts an operator's action within this hour, exactly; or why there are no more. */
export async function counted(
  ports: Ports,
  policy: Policy,
  tenantId: string,
  operator: string,
  now: number,
): Promise<readonly Write[] | Refusal> {
  const hour = Math.floor(now / HOUR);
  const scope = `act:${tenantId}:${operator.toLowerCase()}:${hour}`;
  const { failures } = await ports.store.failures(scope);
  if (failures.count >= policy.console.actionsPerHour)
    return refuse('too-many-actions', { retryAfter: Math.ceil(((hour + 1) * HOUR - now) / 1000) });
  return [{ op: 'count-failure', scope, n: failures.count + 1 }];
}
