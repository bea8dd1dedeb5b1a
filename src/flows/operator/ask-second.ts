// What concerns a whole tenant and may wait for a second operator is asked for by a case, like what concerns one account. The flow that would do it asks;
// for-tenant.ts does it once it is approved.
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import { makeId } from '../../core/ids.ts';
import type { Effect, RiskFlag } from '../../core/operator/actions.ts';
import { type ConsolePolicy, needsSecond } from '../../core/operator/console-policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { CaseOpened } from './act.ts';
import { actorOf } from './guard.ts';

export type TenantAction = 'publish-policy' | 'switch-phase' | 'apply-cohort' | 'rollout-exception' | 'override-limit';

/** What a second operator agreed to: the writes that decide the case, and what spoke against it when they did. */
export interface Approval {
  readonly writes: readonly Write[];
  readonly riskFlags: readonly RiskFlag[];
}

export interface AskedSecond {
  readonly input: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly ip?: string | null | undefined;
  /** Whom an unattended caller names. */
  readonly operator?: string | undefined;
  readonly riskFlags?: readonly RiskFlag[];
  readonly effects?: readonly Effect[];
  /** The account it is about, where it is one: its owner's objection is an objection to this. */
  readonly account?: { readonly id: string; readonly account: string };
  /** Whether the rules want a second one; by default what they say of the action. */
  readonly isWanted?: (rules: ConsolePolicy) => boolean;
}

/** Opens a case where the policy in force wants a second operator for this; undefined where one may do it. */
export async function askSecond(
  ports: Ports,
  caller: Caller,
  action: TenantAction,
  asked: AskedSecond,
): Promise<CaseOpened | undefined> {
  const riskFlags = asked.riskFlags ?? [];
  const isWanted = asked.isWanted ?? ((rules) => needsSecond(rules, action, riskFlags));
  return guarded(async () => {
    const tenant = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
    const { console: rules } = tenant.policy;
    if (!isWanted(rules)) return undefined;
    const now = await ports.store.now();
    const id = makeId('cas', now, ports.random(18));
    const expiresAt = now + rules.caseHours * 3600_000;
    const accountId = asked.account?.id ?? null;
    const written = await ports.store.commit(id, [
      {
        op: 'insert-case',
        case: {
          id,
          tenantId: tenant.id,
          accountId,
          account: asked.account?.account ?? null,
          action,
          input: asked.input,
          reason: asked.reason,
          note: null,
          callerCheck: null,
          effects: (asked.effects ?? []).filter(({ count }) => count > 0),
          riskFlags,
          situation: String(tenant.policyVersion),
          requester: actorOf(caller, asked.operator ?? caller.actor),
          via: caller.actor,
          ip: asked.ip ?? null,
          status: 'submitted',
          revision: 1,
          expiresAt,
        },
      },
      {
        op: 'audit',
        event: {
          tenantId: tenant.id,
          accountId,
          event: 'case.submitted',
          actor: caller.actor,
          data: {
            case: id,
            action,
            reason: asked.reason,
            ...(riskFlags.length === 0 ? {} : { riskFlags: riskFlags.join(' ') }),
          },
        },
      },
    ]);
    return written.kind === 'done' ? { kind: 'case', id, riskFlags, expiresAt } : CONFLICT;
  });
}
