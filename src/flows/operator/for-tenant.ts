// What concerns a whole tenant and was asked for by a case (ask-second.ts), done once a second operator agreed: publishing a policy, and what moves the
// rollout. Executed like what concerns one account; approval and execution are one commit.
import type { Case } from '../../core/operator/case.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { publishPolicy } from '../registry.ts';
import { type CohortDone, runCohort } from '../rollout/cohorts.ts';
import { stepCutover } from '../rollout/cutovers.ts';
import { putException } from '../rollout/plan.ts';
import type { RolloutView } from '../rollout/publish.ts';
import type { CutoverView } from '../rollout/see-cutovers.ts';
import { type SwitchPhase, switchPhase } from '../rollout/switch-phase.ts';
import type { CaseOpened } from './act.ts';
import type { Approval, TenantAction } from './ask-second.ts';

export type TenantResult =
  | { readonly kind: 'published'; readonly version: number }
  | RolloutView
  | CohortDone
  | CutoverView;

/** What each does, with the writes of the approval in its commit. `actor` is who asked for it. */
const PERFORM_FOR_TENANT: Readonly<
  Record<
    TenantAction,
    (
      ports: Ports,
      caller: Caller,
      input: Readonly<Record<string, unknown>>,
      reason: string,
      approval: Approval,
    ) => Promise<TenantResult | CaseOpened | Refusal>
  >
> = {
  // What was sound when it was asked for may not fit the version of the server that executes it: that is looked at again.
  'publish-policy': (ports, { tenantId, actor }, input, reason, { writes }) => {
    const [document, override] = [String(input['document']), input['override'] === true];
    const over = { override, affected: agreedTo(input) };
    return publishPolicy(ports, { tenantId, document, base: Number(input['base']), ...over, actor, reason }, writes);
  },
  'switch-phase': (ports, caller, input, _reason, { writes }) =>
    switchPhase(ports, caller, input as unknown as SwitchPhase, writes),
  'apply-cohort': (ports, caller, input, reason, approval) =>
    runCohort(ports, caller, {
      name: String(input['cohort']),
      mode: 'apply',
      reason,
      override: input['override'] === true,
      approval: { ...approval, revision: Number(input['counted']) },
    }),
  'rollout-exception': (ports, caller, input, reason, approval) =>
    putException(ports, caller, {
      account: String(input['exempt']),
      until: String(input['until']),
      reason,
      approval,
    }),
  'override-limit': (ports, caller, input, reason, approval) =>
    stepCutover(ports, caller, {
      id: String(input['cutover']),
      step: 'advance',
      reason,
      override: true,
      revision: Number(input['stage']),
      affected: agreedTo(input),
      approval,
    }),
};

/** How many beyond the limit they agreed to, where it was beyond. */
const agreedTo = ({ affected }: Readonly<Record<string, unknown>>): number | undefined =>
  affected === undefined ? undefined : Number(affected);

/** Does what a case asks for, in the name of who asked, with the writes that decide it. */
export async function performForTenant(
  ports: Ports,
  { tenantId, action, input, reason, via, riskFlags }: Case,
  writes: Approval['writes'],
): Promise<TenantResult | Refusal> {
  const caller: Caller = { tenantId, actor: via, keyId: '', client: null };
  const done = await PERFORM_FOR_TENANT[action as TenantAction](ports, caller, input, reason, { writes, riskFlags });
  // What was approved does not ask again.
  return done.kind === 'case' ? refuse('situation-changed') : done;
}
