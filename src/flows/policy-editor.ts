// The policy as operators edit it: a document is looked at from all sides before it counts, and published over the version it was made from.
import { examine, type Finding } from '../core/doctor/finding.ts';
import { POLICY_RULES } from '../core/doctor/policy-rules.ts';
import type { Locale } from '../core/locale.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { type Comparison, comparePolicies } from '../core/policy/compare.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { PolicyVersion } from '../core/policy/versions.ts';
import type { Caller, Ports } from '../core/ports.ts';
import type { CaseOpened } from './operator/act.ts';
import { askSecond } from './operator/ask-second.ts';
import { publishPolicy } from './registry.ts';
import { beyondBy, refuseBeyond } from './rollout/limit.ts';

/** What "lately" means to a preview, ms. */
const LATELY_MS = 7 * 24 * 3600_000;

export interface PolicyInForce extends PolicyVersion {
  readonly kind: 'policy';
  readonly document: string;
  readonly policy: Policy;
}

/** A version with its document; the one in force without a number. */
export async function getPolicy(ports: Ports, caller: Caller, version?: number): Promise<PolicyInForce | Refusal> {
  const tenant = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  const found = await ports.policies.get(caller.tenantId, version ?? tenant.policyVersion);
  if (found === undefined) return refuse('not-found');
  // An older version may not fit today's schema; its text is what was kept.
  const { policy } = ports.readPolicy(found.document);
  return { kind: 'policy', ...found, policy: policy ?? tenant.policy };
}

export interface Looked {
  readonly policy: Policy;
  readonly findings: readonly Finding[];
  /** What the accounts that logged in within the last seven days would meet at their next login. */
  readonly comparison: Comparison;
}
export type PolicyLook = { readonly errors: ReturnType<Ports['readPolicy']>['errors'] } & (
  | ({ readonly errors: null } & Looked)
  | { readonly errors: NonNullable<ReturnType<Ports['readPolicy']>['errors']> }
);

/** A document's mistakes in words of the language, or what it risks and what it would change. Nothing is written. */
export async function lookAtPolicy(
  ports: Ports,
  caller: Caller,
  document: string,
  locale: Locale,
): Promise<PolicyLook> {
  const { policy, errors } = ports.readPolicy(document, locale);
  if (errors !== null) return { errors };
  const now = await ports.store.now();
  const [tenant, groups] = await Promise.all([
    ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY),
    ports.activity.groups(caller.tenantId, undefined, now - LATELY_MS),
  ]);
  return {
    errors: null,
    policy,
    findings: examine(POLICY_RULES, { policy, now }),
    comparison: comparePolicies(tenant.policy, policy, groups, now),
  };
}

/** Publishes a document that was made from version `base`; refused when another was published meanwhile. */
export async function publishEdited(
  ports: Ports,
  caller: Caller,
  input: {
    readonly document: string;
    readonly base: number;
    readonly reason: string;
    readonly override?: boolean | undefined;
  },
  from: { readonly ip: string | null; readonly locale: Locale },
): Promise<{ readonly kind: 'published'; readonly version: number } | CaseOpened | Refusal> {
  const { policy, errors } = ports.readPolicy(input.document, from.locale);
  if (errors !== null) return refuse('policy-invalid', { errors });
  const tenant = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  const { policyVersion: version } = tenant;
  if (input.base !== version) return refuse('policy-changed', { version });
  // Nobody is asked to agree to what would be refused.
  const beyond = await beyondBy(ports, tenant, policy.rollout, await ports.store.now());
  const refusal = refuseBeyond(beyond, input);
  if (refusal !== null) return refusal;
  const { document, base, override, reason } = input;
  const asked = { document, base, ...(beyond === null ? {} : { override, affected: beyond.affected }) };
  const second = await askSecond(ports, caller, 'publish-policy', {
    input: asked,
    reason,
    ip: from.ip,
    ...(beyond === null
      ? {}
      : { riskFlags: ['over-limit'], effects: [{ kind: 'accounts-unbound', count: beyond.affected }] }),
  });
  if (second !== undefined) return second;
  return publishPolicy(ports, { ...input, tenantId: caller.tenantId, actor: caller.actor });
}
