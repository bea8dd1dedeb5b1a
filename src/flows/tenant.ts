// The tenant a flow decides by, at least as new as the snapshot it decides from.
import { type Caller, type Ports, StaleCaller, type Tenant } from '../core/ports.ts';

/**
 * The caller's tenant. Throws StaleCaller when the registry moved on since the caller's key was read, or when there is no snapshot
 * that could tell: a revoked key learns not even what does not exist. Call it before anything is decided.
 */
export function tenantOf(
  ports: Ports,
  caller: Caller,
  snapshot: { readonly tenantVersion: number } | undefined,
): Promise<Tenant> {
  const version = snapshot?.tenantVersion ?? 0;
  if (caller.registryVersion !== undefined && (snapshot === undefined || caller.registryVersion < version))
    throw new StaleCaller();
  return ports.tenants.get(caller.tenantId, version);
}
