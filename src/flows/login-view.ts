// A login as its relying party and its person see it: where it stands, what it asks, and where "can't get a code?" leads.
import type { ApprovalKind } from '../core/approval/approval.ts';
import type { TypeName } from '../core/authenticator/type.ts';
import type { Challenge } from '../core/challenge/challenge.ts';
import type { Words } from '../core/locale.ts';
import type { Offered } from '../core/outcome.ts';
import { decide, explain, mayUnbind, type TraceStep } from '../core/policy/decide.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import type { Phase } from '../core/rollout/phase.ts';
import type { ChallengeSnapshot } from '../core/store.ts';
import { active, factsOf, offered } from './facts.ts';
import { clientOf } from './open-challenge.ts';
import { retiresAt } from './retires.ts';

export interface LoginView {
  readonly kind: 'login';
  readonly challenge: Challenge;
  readonly account: string;
  readonly status: 'allowed' | 'challenge' | 'enrol' | 'satisfied' | 'expired' | 'refused';
  readonly phase: Phase;
  readonly offered: readonly Offered[];
  readonly recovery: readonly TypeName[];
  readonly offers: readonly ('qr' | 'uri')[];
  readonly enrol: readonly TypeName[];
  readonly codeSeconds: number;
  readonly help: { readonly way: 'unbind-after-sms' | 'recovery-code' | 'contact'; readonly contact: Words };
  readonly trace: readonly TraceStep[] | null;
  /** Where the newest approval stands; only in a login that was read (get-login.ts), like `mark`. */
  readonly approval: ApprovalView | null;
  /** Different when there is something new to see. */
  readonly mark: string;
}

export interface ApprovalView {
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly status: 'waiting' | 'claimed' | 'approved' | 'denied' | 'expired';
  /** The name of the phone that has it. */
  readonly by: string | null;
  readonly trust: boolean;
  readonly expiresAt: number;
}

/** The view of a challenge at its snapshot's time. `withTrace` adds why (for support, never for the claimant). */
export function viewLogin(ports: Ports, policy: Policy, snapshot: ChallengeSnapshot, withTrace = false): LoginView {
  const { challenge, now } = snapshot;
  const known = clientOf(policy, challenge);
  const contact = policy.contact;
  const base = {
    kind: 'login',
    challenge,
    account: snapshot.account.account,
    codeSeconds: policy.totp.periodSeconds,
    approval: null,
    mark: '',
  } as const;
  const nothing = { offered: [], recovery: [], enrol: [], offers: known?.client.offers ?? [], trace: null } as const;
  if (known === undefined)
    return { ...base, ...nothing, status: 'refused', phase: policy.rollout.phase, help: { way: 'contact', contact } };
  const facts = factsOf(policy, snapshot, known, challenge.purpose, challenge.verified);
  const { decision, trace } = withTrace ? explain(policy, facts) : { decision: decide(policy, facts), trace: null };
  const recovery = decision.kind === 'challenge' ? decision.recovery : [];
  const view = {
    ...base,
    ...nothing,
    phase: facts.phase,
    trace,
    help: { way: wayOut(snapshot, decision, recovery, mayUnbind(policy, facts)), contact },
  };
  if (challenge.status === 'satisfied' || challenge.status === 'used')
    return { ...view, status: challenge.verified.length === 0 ? 'allowed' : 'satisfied' };
  if (challenge.status === 'refused' || decision.kind === 'refuse') return { ...view, status: 'refused' };
  if (challenge.expiresAt <= now) return { ...view, status: 'expired' };
  if (decision.kind === 'enrol') return { ...view, status: 'enrol', enrol: decision.types };
  if (decision.kind === 'allow') return { ...view, status: 'challenge' };
  const rows = offered(ports.types, snapshot, decision.types);
  if (challenge.purpose !== 'login') return { ...view, status: 'challenge', offered: rows, recovery };
  const leaving = rows.map((one) => ({ ...one, retiresAt: retiresAt(policy, snapshot, known, one.type) ?? undefined }));
  return { ...view, status: 'challenge', offered: leaving, recovery };
}

/** ES-5.3: the way out for the phase. By SMS and then unbind where its owner may; by a recovery code one holds; else by asking. */
function wayOut(
  snapshot: ChallengeSnapshot,
  decision: ReturnType<typeof decide>,
  recovery: readonly TypeName[],
  unbindBy: 'login' | 'step-up' | 'operator',
): LoginView['help']['way'] {
  if (
    decision.kind === 'challenge' &&
    decision.types.includes('sms') &&
    decision.types.includes('totp') &&
    unbindBy === 'login'
  )
    return 'unbind-after-sms';
  if (recovery.length > 0 && active(snapshot).some((a) => recovery.includes(a.type))) return 'recovery-code';
  return 'contact';
}
