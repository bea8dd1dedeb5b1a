// Since when everybody is in the phase they are in: by a planned switch that came due, or by the version of the policy that first said so (ES-6.2).
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports, Tenant } from '../../core/ports.ts';
import { phaseAt } from '../../core/rollout/phase.ts';

/** As many versions as are read back; before that it is simply long ago. */
const VERSIONS = 200;

// What older versions said never changes: it is looked up once for each version in force.
const known = new WeakMap<Ports, Map<string, { readonly version: number; readonly since: number | null }>>();

/** When the tenant's phase of `now` began, ms; null when it is longer ago than the versions that are read. */
export async function phaseSince(ports: Ports, tenant: Tenant, now: number): Promise<number | null> {
  const { rollout } = tenant.policy;
  const due = dueAt(rollout, now);
  if (due !== null) return due;
  const found = known.get(ports)?.get(tenant.id);
  if (found?.version === tenant.policyVersion) return found.since;
  const since = await lookedUp(ports, tenant, now);
  if (!known.has(ports)) known.set(ports, new Map());
  known.get(ports)?.set(tenant.id, { version: tenant.policyVersion, since });
  return since;
}

async function lookedUp(ports: Ports, tenant: Tenant, now: number): Promise<number | null> {
  const phase = phaseAt(tenant.policy.rollout, null, now);
  let since: number | null = null;
  for (const { version, at } of await ports.policies.list(tenant.id, tenant.policyVersion + 1, VERSIONS)) {
    if (version !== tenant.policyVersion) {
      const one = await ports.policies.get(tenant.id, version);
      const policy = one === undefined ? null : ports.readPolicy(one.document).policy;
      // What this version said when the next one came.
      if (policy === null || since === null || phaseAt(policy.rollout, null, since) !== phase) return since;
      const due = dueAt(policy.rollout, since);
      if (due !== null) return due;
    }
    since = at;
    if (version === 1) return since;
  }
  return null;
}

/** The planned switch of everybody that came due last; null when none has. */
function dueAt({ schedule }: Policy['rollout'], now: number): number | null {
  const past = schedule
    .filter(({ cohort }) => cohort === undefined)
    .map(({ at }) => Date.parse(at))
    .filter((at) => at <= now);
  return past.length === 0 ? null : Math.max(...past);
}
