// What concerns a whole tenant and may wait for a second operator: publishing a policy, switching the phase. Asked for and executed by the same cases as
// what concerns one account; approval and execution are one commit.
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import { makeId } from '../../core/ids.ts';
import type { Case } from '../../core/operator/case.ts';
import { needsSecond } from '../../core/operator/console-policy.ts';
import type { Refusal } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { publishPolicy } from '../registry.ts';
import type { RolloutView } from '../rollout/publish.ts';
import { type SwitchPhase, switchPhase } from '../rollout/switch-phase.ts';
import type { CaseOpened } from './act.ts';
import { actorOf } from './guard.ts';

export type TenantAction = 'publish-policy' | 'switch-phase';
export type TenantResult = { readonly kind: 'published'; readonly version: number } | RolloutView;

/** What each does, with the writes that go into its commit. `actor` is who asked for it. */
const PERFORM_FOR_TENANT: Readonly<
  Record<
    TenantAction,
    (
      ports: Ports,
      caller: Caller,
      input: Readonly<Record<string, unknown>>,
      reason: string,
      also: readonly Write[],
    ) => Promise<TenantResult | Refusal>
  >
> = {
  // What was sound when it was asked for may not fit the version of the server that executes it: that is looked at again.
  'publish-policy': (ports, { tenantId, actor }, input, reason, also) => {
    const [document, override] = [String(input['document']), input['override'] === true];
    return publishPolicy(ports, { tenantId, document, base: Number(input['base']), override, actor, reason }, also);
  },
  'switch-phase': (ports, caller, input, _reason, also) =>
    switchPhase(ports, caller, input as unknown as SwitchPhase, also),
};

/** Opens a case where the policy in force wants a second operator for this; undefined where one may do it. */
export async function askSecond(
  ports: Ports,
  caller: Caller,
  action: TenantAction,
  asked: { readonly input: Readonly<Record<string, unknown>>; readonly reason: string; readonly ip: string | null },
): Promise<CaseOpened | undefined> {
  return guarded(async () => {
    const tenant = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
    const { console: rules } = tenant.policy;
    if (!needsSecond(rules, action, [])) return undefined;
    const now = await ports.store.now();
    const id = makeId('cas', now, ports.random(18));
    const expiresAt = now + rules.caseHours * 3600_000;
    const requester = actorOf(caller, caller.actor);
    const written = await ports.store.commit(id, [
      {
        op: 'insert-case',
        case: {
          id,
          tenantId: tenant.id,
          accountId: null,
          account: null,
          action,
          input: asked.input,
          reason: asked.reason,
          note: null,
          callerCheck: null,
          effects: [],
          riskFlags: [],
          situation: String(tenant.policyVersion),
          requester,
          via: caller.actor,
          ip: asked.ip,
          status: 'submitted',
          revision: 1,
          expiresAt,
        },
      },
      {
        op: 'audit',
        event: {
          tenantId: tenant.id,
          accountId: null,
          event: 'case.submitted',
          actor: caller.actor,
          data: { case: id, action, reason: asked.reason },
        },
      },
    ]);
    return written.kind === 'done' ? { kind: 'case', id, riskFlags: [], expiresAt } : CONFLICT;
  });
}

/** Does what a case asks for, in the name of who asked, with the writes that decide it. */
export const performForTenant = (
  ports: Ports,
  { tenantId, action, input, reason, via }: Case,
  also: readonly Write[],
): Promise<TenantResult | Refusal> =>
  PERFORM_FOR_TENANT[action as TenantAction](
    ports,
    { tenantId, actor: via, keyId: '', client: null },
    input,
    reason,
    also,
  );
