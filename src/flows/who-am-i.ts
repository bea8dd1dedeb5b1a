// A session as its person sees it: who, how strongly, until when, and where the account stands.
import { canonicalAccount } from '../core/account/account.ts';
import { assuranceOf } from '../core/assurance.ts';
import type { TypeName } from '../core/authenticator/type.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Ports } from '../core/ports.ts';
import { type Phase, phaseAt } from '../core/rollout/phase.ts';
import type { SessionSnapshot } from '../core/session/session.ts';
import { wasApproved } from './approval/was-approved.ts';
import { active } from './facts.ts';
import type { Portal } from './portal.ts';

export interface MyView {
  readonly kind: 'me';
  readonly account: string;
  readonly name: string | null;
  readonly amr: readonly string[];
  readonly acr: string;
  readonly at: number;
  /** When it ends if nothing more is done with it, or in any case: whichever is sooner. */
  readonly expiresAt: number;
  readonly trusted: boolean;
  readonly phase: Phase;
  readonly bound: readonly TypeName[];
}

/** What the session of a person stands for. */
export async function whoAmI(
  ports: Ports,
  { policy, portal }: Portal,
  { session, account, now }: SessionSnapshot,
): Promise<MyView | Refusal> {
  const snapshot = await ports.store.account(session.tenantId, canonicalAccount(account.account), false);
  if (snapshot === undefined) return refuse('signed-out');
  return {
    kind: 'me',
    account: account.account,
    name: account.name,
    ...assuranceOf(session.verified, session.trustId !== null, await wasApproved(ports, session)),
    at: session.authAt,
    expiresAt: Math.min(session.expiresAt, now + portal.sessionIdleSeconds * 1000),
    trusted: session.trustId !== null,
    phase: phaseAt(policy.rollout, snapshot.account.cohort, snapshot.now, snapshot.account),
    bound: [...new Set(active(snapshot).map((a) => a.type))],
  };
}
