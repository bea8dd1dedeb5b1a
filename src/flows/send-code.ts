// Sends a code for an open challenge, to the address on file only.
import { CONFLICT, guarded } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Caller, Ports } from '../core/ports.ts';
import { throttleState } from '../core/throttle/throttle.ts';
import { active } from './facts.ts';
import { askedOf } from './open-challenge.ts';
import { type CodeSent, queueCode } from './queue-code.ts';
import { tenantOf } from './tenant.ts';
import { failuresOf, stopRefusal } from './try-output.ts';

/** Sends a code to one of the login's authenticators that send (the first when none is named). */
export async function sendCode(
  ports: Ports,
  caller: Caller,
  input: { readonly id: string; readonly authenticator?: string | undefined },
): Promise<CodeSent | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.challenge(caller.tenantId, input.id, thorough);
    const { policy } = await tenantOf(ports, caller, snapshot);
    if (snapshot === undefined) return refuse('not-found');
    const asked = askedOf(policy, snapshot);
    if (asked.kind === 'refused') return asked;
    const { account, challenge, now } = snapshot;
    const named = active(snapshot).filter((a) =>
      input.authenticator === undefined ? ports.types[a.type].send !== undefined : a.id === input.authenticator,
    );
    const asks = [...asked.decision.types, ...asked.decision.recovery];
    const target = named.find((a) => asks.includes(a.type));
    if (target === undefined) return refuse('method-not-offered', { offered: asked.decision.types });
    const state = throttleState(failuresOf(policy, snapshot, target), policy.throttle, now);
    if (ports.types[target.type].send !== undefined && state.kind !== 'open')
      return stopRefusal(policy, snapshot, state);

    const queued = await queueCode(ports, policy, snapshot, {
      ...target,
      context: challenge.id,
      count: target.sent?.count ?? 0,
      about: challenge.purpose === 'login' ? 'login' : challenge.purpose === 'caller' ? 'caller' : 'change',
      locale: challenge.locale,
      notAfter: challenge.expiresAt,
      actor: caller.actor,
    });
    if (queued.kind === 'refused') return queued;
    if (target.type === 'sms' && !ports.reaches(target.params, policy.sms.countries))
      return refuse('method-not-offered', { offered: asked.decision.types.filter((t) => t !== 'sms') });
    const written = await ports.store.commit(account.id, queued.writes);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return queued.sent;
  });
}
