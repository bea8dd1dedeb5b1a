// An operator verifies who is on the telephone (OP-1.5): the customer types a number on a phone of theirs, or says a code of a method they have bound. The same
// challenges, pushes and counts as everywhere; the answer serves one action of that operator (guard.ts) and lets nobody in.
import { canonicalAccount } from '../../core/account/account.ts';
import { stateOf } from '../../core/approval/approval.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { openPush } from '../approval/open-push.ts';
import type { ClaimedClient } from '../client.ts';
import type { LoginView } from '../login-view.ts';
import { sendCode } from '../send-code.ts';
import { startChallenge } from '../start-challenge.ts';
import { tenantOf } from '../tenant.ts';
import { verify } from '../verify.ts';
import { actorOf, deskName } from './guard.ts';

export interface CallerCheckStarted {
  readonly kind: 'check';
  readonly challenge: string;
  /** What the customer may answer with. */
  readonly offered: LoginView['offered'];
  /** The number the customer types on the phone; null for a code. */
  readonly number: string | null;
  /** The phones that are asked, or where a code went, masked. */
  readonly sentTo: readonly string[];
  readonly expiresAt: number;
}

/** Asks the customer's phones, or for a code (which is sent where the method sends). */
export async function startCallerCheck(
  ports: Ports,
  caller: Caller,
  input: {
    readonly account: string;
    readonly how: 'push' | 'code';
    readonly authenticator?: string | undefined;
    readonly operator: string;
  },
): Promise<CallerCheckStarted | Refusal> {
  const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), false);
  if (snapshot === undefined) return refuse('account-unknown');
  const { policy } = await tenantOf(ports, caller, snapshot);
  const client = clientFor(policy, deskName(actorOf(caller, input.operator).login));
  if (client === undefined) return refuse('no-method', { contact: policy.contact });
  const desk: Caller = { ...caller, client: null };
  const login = await startChallenge(ports, desk, { account: input.account, purpose: 'caller', client });
  if (login.kind === 'refused') return login;
  const { id, expiresAt } = login.challenge;
  if (input.how === 'push') {
    const push = await openPush(ports, desk, { id, authenticator: input.authenticator });
    if (push.kind === 'refused') return push;
    const { number, sentTo } = push;
    return { kind: 'check', challenge: id, offered: login.offered, number, sentTo, expiresAt: push.expiresAt };
  }
  const target = login.offered.find((one) => input.authenticator === undefined || one.id === input.authenticator);
  if (target === undefined) return refuse('method-not-offered', { offered: login.offered.map(({ type }) => type) });
  if (!target.sends)
    return { kind: 'check', challenge: id, offered: login.offered, number: null, sentTo: [], expiresAt };
  const sent = await sendCode(ports, desk, { id, authenticator: target.id });
  if (sent.kind === 'refused') return sent;
  return { kind: 'check', challenge: id, offered: login.offered, number: null, sentTo: [sent.sentTo], expiresAt };
}

/** A client of the tenant's that asks nothing of a device: the pages where there are any. Nobody sits at it. */
function clientFor(policy: Policy, name: string): ClaimedClient | undefined {
  const asksNoDevice = (id: string): boolean =>
    !policy.devices.required || !policy.devices.kinds.some((kind) => kind === policy.clients[id]?.kind);
  const id = policy.portal?.client ?? Object.keys(policy.clients).find(asksNoDevice) ?? Object.keys(policy.clients)[0];
  if (id === undefined) return undefined;
  const version = policy.clients[id]?.minimumVersion;
  return { id, name, ...(version === undefined ? {} : { version }) };
}

export type CallerCheckState = 'waiting' | 'verified' | 'used' | 'denied' | 'expired';

/** Where a check stands. */
export async function callerCheckState(
  ports: Ports,
  caller: Caller,
  id: string,
): Promise<{ readonly kind: 'state'; readonly state: CallerCheckState } | Refusal> {
  const held = await ports.store.challenge(caller.tenantId, id, false);
  if (held === undefined || held.challenge.purpose !== 'caller') return refuse('not-found');
  const { challenge, now } = held;
  if (challenge.status === 'satisfied') return { kind: 'state', state: 'verified' };
  if (challenge.status === 'used') return { kind: 'state', state: 'used' };
  const approval = await ports.approvals.ofChallenge(id);
  const answer = approval === undefined ? undefined : stateOf(approval, now);
  if (challenge.status === 'refused' || answer === 'denied') return { kind: 'state', state: 'denied' };
  if (challenge.expiresAt <= now || answer === 'expired') return { kind: 'state', state: 'expired' };
  return { kind: 'state', state: 'waiting' };
}

/** The code that the customer said. Counted and spent like one typed at a login. */
export async function answerCallerCheck(
  ports: Ports,
  caller: Caller,
  input: { readonly id: string; readonly output: string },
): Promise<{ readonly kind: 'state'; readonly state: CallerCheckState } | Refusal> {
  const held = await ports.store.challenge(caller.tenantId, input.id, false);
  if (held === undefined || held.challenge.purpose !== 'caller') return refuse('not-found');
  const done = await verify(ports, { ...caller, client: null }, { id: input.id, output: input.output });
  if (done.kind === 'refused') return done;
  return { kind: 'state', state: done.kind === 'satisfied' ? 'verified' : 'waiting' };
}
