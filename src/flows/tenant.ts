// The tenant a flow decides by, at least as new as the snapshot it decides from.
import { type Caller, type Ports, StaleCaller, type Tenant } from '../core/ports.ts';

/** The caller's tenant. Throws StaleCaller when the registry moved on since the caller's key was read, before anything is decided. */
export function tenantOf(
  ports: Ports,
  caller: Caller,
  snapshot: { readonly tenantVersion: number } | undefined,
): Tenant | Promise<Tenant> {
  if (snapshot === undefined) return newest(ports, caller);
  if (caller.registryVersion !== undefined && caller.registryVersion < snapshot.tenantVersion) throw new StaleCaller();
  const { tenantId } = caller;
  return ports.tenants.held(tenantId, snapshot.tenantVersion) ?? ports.tenants.get(tenantId, snapshot.tenantVersion);
}

/** Nothing was found that could tell the registry's version, so it is read: a revoked key is not even told that nothing is there. */
async function newest(ports: Ports, caller: Caller): Promise<Tenant> {
  const tenant = await ports.tenants.get(caller.tenantId, Number.POSITIVE_INFINITY);
  if (caller.registryVersion !== undefined && caller.registryVersion < tenant.version) throw new StaleCaller();
  return tenant;
}
