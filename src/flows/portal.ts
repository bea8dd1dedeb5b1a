// Who a tenant's own pages speak for. They are a registered client like any other, and go through the same flows (WEB-04).
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { PortalPolicy } from '../core/portal/portal.ts';
import type { Caller, Tenant } from '../core/ports.ts';

export interface Portal {
  readonly kind: 'portal';
  readonly tenant: Tenant;
  readonly policy: Policy;
  readonly portal: PortalPolicy;
  readonly caller: Caller;
}

/** The pages' caller, or `portal-off` where a tenant has no pages. */
export function portalOf(tenant: Tenant | undefined): Portal | Refusal {
  const portal = tenant?.policy.portal;
  if (tenant === undefined || portal === undefined) return refuse('portal-off');
  const client = { id: portal.client, version: null };
  return {
    kind: 'portal',
    tenant,
    policy: tenant.policy,
    portal,
    caller: { tenantId: tenant.id, actor: 'portal', keyId: 'portal', client },
  };
}

/** Where a page's request comes from. */
export interface Browser {
  readonly ip: string;
  readonly userAgent: string | null;
  /** The hash of the session cookie it holds, whatever that is worth: a login takes its place. */
  readonly sessionHash: string | null;
}
