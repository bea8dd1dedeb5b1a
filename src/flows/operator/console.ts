// The console as its operators' pages: the same kind of thing as a tenant's pages, with sessions of its own length (15 minutes idle, 12 hours in all).
import { OPERATORS } from '../../core/operator/operator.ts';
import type { PortalPolicy } from '../../core/portal/portal.ts';
import type { Tenant } from '../../core/ports.ts';
import type { Portal } from '../portal.ts';

/** The registered clients of the operators' policy: how somebody comes in decides what is asked. */
export type Way = 'console' | 'console-passkey' | 'console-join';

const PAGES: Omit<PortalPolicy, 'client'> = {
  sessionIdleSeconds: 15 * 60,
  sessionSeconds: 12 * 3600,
  captcha: 'off',
  password: 'stored',
};

/** The console's pages for the operators' tenant. */
export function consoleOf(tenant: Tenant, way: Way = 'console'): Portal {
  const client = { id: way, version: null };
  return {
    kind: 'portal',
    tenant,
    policy: tenant.policy,
    portal: { ...PAGES, client: way },
    caller: { tenantId: OPERATORS, actor: 'console', keyId: 'console', client },
  };
}
