// A login that was decided elsewhere (a scan, a push) is redeemed by the browser that began it, once, and only while what decided it still
// stands: an account suspended, a method removed or a policy tightened meanwhile admits nobody (SCN-03, SCN-12).
import type { Approval } from '../core/approval/approval.ts';
import { CONFLICT, guarded } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { decide } from '../core/policy/decide.ts';
import type { Ports } from '../core/ports.ts';
import type { Visit } from '../core/session/session.ts';
import type { ChallengeSnapshot } from '../core/store.ts';
import { throttleState } from '../core/throttle/throttle.ts';
import { stillGood } from './approval/still-good.ts';
import { active, factsOf, refusalOf } from './facts.ts';
import { type LoginView, viewLogin } from './login-view.ts';
import { clientOf } from './open-challenge.ts';
import type { Browser, Portal } from './portal.ts';
import { visitEnds } from './portal-login.ts';
import { tenantOf } from './tenant.ts';
import { failuresOf, stopRefusal } from './try-output.ts';

export type Finished =
  | {
      readonly kind: 'finished';
      readonly challenge: ChallengeSnapshot['challenge'];
      readonly token: string;
      /** The answer of a phone that it rests on. */
      readonly approval: Approval | null;
    }
  | { readonly kind: 'need'; readonly login: LoginView };

/** Redeems a satisfied login or step-up for the holder of its visit; `need` while it is not decided. */
export async function finishLogin(
  ports: Ports,
  portal: Portal,
  visit: Visit,
  browser: Browser,
): Promise<Finished | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.challenge(visit.tenantId, visit.challengeId, thorough);
    const { policy } = await tenantOf(ports, portal.caller, snapshot);
    if (snapshot === undefined) return refuse('signed-out');
    const { challenge, account, now } = snapshot;
    if (challenge.status === 'pending') return { kind: 'need', login: viewLogin(ports, policy, snapshot) };
    if (challenge.status !== 'satisfied') return refuse('closed');
    if (account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
    const known = clientOf(policy, challenge);
    if (known === undefined) return refuse('closed');
    const held = active(snapshot).filter((a) => challenge.verified.includes(a.type));
    if (challenge.verified.some((type) => !held.some((a) => a.type === type))) return refuse('closed');
    const frozen = held
      .map((a) => throttleState(failuresOf(policy, snapshot, a), policy.throttle, now))
      .find((state) => state.kind === 'frozen');
    if (frozen?.kind === 'frozen') return stopRefusal(policy, snapshot, frozen);
    const decision = decide(policy, factsOf(policy, snapshot, known, challenge.purpose, challenge.verified));
    if (decision.kind === 'refuse') return refusalOf(policy, decision.why, known);
    if (decision.kind !== 'allow') return refuse('closed');
    const good = await stillGood(ports, policy, snapshot);
    if (good.kind === 'refused') return good;
    const { token, hash } = ports.tokens.fresh();
    const ends = visitEnds(ports, portal, visit, browser, hash);
    const written = await ports.store.commit(account.id, [
      { op: 'expect-satisfied', id: challenge.id },
      ...ends.writes(challenge, now),
    ]);
    if (written.kind === 'conflict') return ends.lost?.(written.op) ?? CONFLICT;
    return { kind: 'finished', challenge, token, approval: good.approval ?? null };
  });
}
