// The one way a rollout is changed: another policy version with it inside, guarded by the registry's version, on record (ES-6.1).
// The next attempt on every node follows it, because every snapshot carries the registry's version.
import type { AuditEvent } from '../../core/audit/events.ts';
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports, Tenant } from '../../core/ports.ts';

type RolloutPolicy = Policy['rollout'];

export interface RolloutView {
  readonly kind: 'rollout';
  readonly version: number;
  readonly rollout: RolloutPolicy;
}

/** What becomes of the rollout, why, and what is written with it. */
export interface RolloutChange {
  readonly kind: 'change';
  readonly rollout: RolloutPolicy;
  readonly reason: string;
  readonly event: AuditEvent['event'];
  readonly data: AuditEvent['data'];
  /** Written in the same commit: all or nothing. */
  readonly writes?: readonly Write[];
}

/** Decides on the newest policy, again after every lost race, and publishes what was decided. */
export async function publishRollout(
  ports: Ports,
  caller: Caller,
  decide: (tenant: Tenant, now: number) => Promise<RolloutChange | Refusal>,
): Promise<RolloutView | Refusal> {
  return guarded(async () => {
    const tenant = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
    const decided = await decide(tenant, await ports.store.now());
    if (decided.kind === 'refused') return decided;
    const isSame = decided.rollout === tenant.policy.rollout;
    const version = tenant.policyVersion + (isSame ? 0 : 1);
    const written = await ports.store.commit(tenant.id, [
      { op: 'bump-tenant', tenantId: tenant.id, version: tenant.version },
      ...(isSame
        ? []
        : [
            {
              op: 'insert-policy',
              tenantId: tenant.id,
              version,
              document: ports.editRollout(tenant.document, decided.rollout),
              actor: caller.actor,
              reason: decided.reason,
            } as const,
          ]),
      {
        op: 'audit',
        event: {
          tenantId: tenant.id,
          accountId: null,
          event: decided.event,
          actor: caller.actor,
          data: { ...decided.data, version },
        },
      },
      ...(decided.writes ?? []),
    ]);
    if (written.kind === 'done') return { kind: 'rollout', version, rollout: decided.rollout };
    // A case that was decided meanwhile is decided: no second try makes that right.
    return written.op === 'decide-case' ? refuse('closed') : CONFLICT;
  });
}
