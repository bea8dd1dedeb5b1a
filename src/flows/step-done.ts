// One step of a challenge was right, by whatever means: what is written with it, and what comes next. A code and an approval end here alike.
import type { TypeName } from '../core/authenticator/type.ts';
import type { Challenge } from '../core/challenge/challenge.ts';
import type { Write } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { type Decision, decide, isByRecovery } from '../core/policy/decide.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import type { ChallengeSnapshot } from '../core/store.ts';
import type { Along } from './along.ts';
import { deviceSeen, NO_DEVICE } from './device-seen.ts';
import { active } from './facts.ts';
import { noticesOf } from './notices.ts';
import { toldChange } from './objection.ts';
import type { Asked } from './open-challenge.ts';

export interface Step {
  readonly kind: 'step';
  /** The challenge once the writes are committed. */
  readonly moved: Challenge;
  readonly next: Decision;
  readonly writes: readonly Write[];
  /** The login added its device to the account. */
  readonly isNewDevice: boolean;
  /** Wakes whoever waits for it; to be called when it is committed. */
  readonly committed: () => void;
}

/** The step of an open challenge that `by` has just proven. Nothing is written yet. */
export async function stepDone(
  ports: Ports,
  policy: Policy,
  snapshot: ChallengeSnapshot,
  asked: Asked,
  by: {
    readonly id: string;
    readonly type: TypeName;
    readonly expiresAt: number | null;
    readonly actor: string;
    readonly data?: Readonly<Record<string, string>>;
  },
  along?: Along,
): Promise<Step | Refusal> {
  const { challenge, account, now } = snapshot;
  const verified = [...challenge.verified, by.type];
  const next = decide(policy, { ...asked.facts, verified });
  const done = next.kind === 'allow';
  const device = done && challenge.deviceId !== null ? await deviceSeen(ports, policy, challenge, now) : NO_DEVICE;
  if (device.isRevoked) return refuse('device-revoked', { contact: policy.contact });
  // A step-up by recovery that proves something only later: the owner is told now, while there is time to object.
  const isSlow =
    done &&
    challenge.purpose !== 'login' &&
    policy.times.recoveryCoolingSeconds > 0 &&
    isByRecovery(policy, { ...asked.facts, verified });
  const status = done ? 'satisfied' : next.kind === 'refuse' ? 'refused' : 'pending';
  const moved: Challenge = { ...challenge, verified, status };
  return {
    kind: 'step',
    moved,
    next,
    isNewDevice: device.isNew,
    writes: [
      {
        op: 'move-challenge',
        id: challenge.id,
        from: challenge.verified.join(' '),
        verified: verified.join(' '),
        status,
        withdrawn: snapshot.withdrawn,
        until: by.expiresAt,
      },
      ...device.writes,
      ...(device.isNew ? noticesOf(ports, policy, snapshot, 'device-bound') : []),
      ...(isSlow ? await toldChange(ports, policy, snapshot, 'recovery-begun', { added: [], removed: [] }) : []),
      ...bypassWrites(ports, policy, snapshot, done && challenge.purpose === 'login', by),
      ...(done ? (along?.writes(moved, now) ?? []) : []),
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: done ? (challenge.purpose === 'login' ? 'login.satisfied' : 'challenge.satisfied') : 'step.verified',
          actor: by.actor,
          data: { login: challenge.id, authenticator: by.id, type: by.type, ...by.data },
        },
      },
    ],
    committed() {
      ports.wake('challenge', challenge.id);
      if (isSlow || device.isNew || by.type === 'bypass-code') ports.wake('outbox', account.tenantId);
    },
  };
}

/** A bypass code used is on record under that name and told; one that its owner needs no longer ends, where the policy says so. */
function bypassWrites(
  ports: Ports,
  policy: Policy,
  snapshot: ChallengeSnapshot,
  isIn: boolean,
  by: { readonly id: string; readonly type: TypeName; readonly actor: string },
): readonly Write[] {
  const { account, challenge } = snapshot;
  const audit = (event: 'bypass.used' | 'bypass.ended', data: Readonly<Record<string, string>>): Write => ({
    op: 'audit',
    event: { tenantId: account.tenantId, accountId: account.id, event, actor: by.actor, data },
  });
  if (by.type === 'bypass-code')
    return [
      audit('bypass.used', { login: challenge.id, authenticator: by.id, client: challenge.clientId }),
      ...noticesOf(ports, policy, snapshot, 'bypass-used'),
    ];
  if (!isIn || !policy.console.bypassEndsAtLogin || !active(snapshot).some((a) => a.type === 'bypass-code')) return [];
  return [
    { op: 'drop-type', accountId: account.id, type: 'bypass-code' },
    audit('bypass.ended', { why: 'login', login: challenge.id }),
  ];
}
