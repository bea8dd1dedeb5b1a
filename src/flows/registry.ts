// A tenant's registry besides its rollout: publishing a policy, creating and revoking API keys. Each bumps the registry's version.
import { CONFLICT, guarded, type Write } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Ports } from '../core/ports.ts';
import { switchesBetween } from '../core/rollout/moves.ts';
import { beyondBy, refuseBeyond } from './rollout/limit.ts';

/**
 * Publishes a policy document as the next version. Every version is kept (OP-2.2). Who is switched by it counts as by any switch: beyond the limit it is
 * refused unless overridden, and what it switches is on record as such.
 */
export async function publishPolicy(
  ports: Ports,
  input: {
    readonly tenantId: string;
    readonly document: string;
    readonly actor: string;
    readonly reason: string;
    /** The version the document was made from, where it must still be the one in force. */
    readonly base?: number;
    readonly override?: boolean | undefined;
    /** How many beyond the limit a second operator agreed to. */
    readonly affected?: number | undefined;
  },
  also: readonly Write[] = [],
): Promise<{ readonly kind: 'published'; readonly version: number } | Refusal> {
  return guarded(async () => {
    const tenant = await ports.tenants.get(input.tenantId, Number.POSITIVE_INFINITY);
    if (input.base !== undefined && input.base !== tenant.policyVersion)
      return refuse('policy-changed', { version: tenant.policyVersion });
    const { policy, errors } = ports.readPolicy(input.document);
    if (errors !== null) return refuse('policy-invalid', { errors });
    const now = await ports.store.now();
    const { rollout } = policy;
    const beyond = await beyondBy(ports, tenant, rollout, now);
    const refusal = refuseBeyond(beyond, input);
    if (refusal !== null) return refusal;
    const { made, takenBack } = switchesBetween(tenant.policy.rollout, rollout, now);
    const override = beyond === null ? {} : { override: true, ...beyond };
    const version = tenant.policyVersion + 1;
    const written = await ports.store.commit(tenant.id, [
      { op: 'bump-tenant', tenantId: tenant.id, version: tenant.version },
      {
        op: 'insert-policy',
        tenantId: tenant.id,
        version,
        document: input.document,
        actor: input.actor,
        reason: input.reason,
      },
      ...[
        { event: 'policy.published' as const, data: override },
        ...made.map((one) => ({ event: 'rollout.switched' as const, data: { ...one, ...override } })),
        ...takenBack.map(({ phase: to, cohort = null, at }) => ({
          event: 'rollout.taken-back' as const,
          data: { from: rollout.phase, to, cohort, at },
        })),
      ].map(
        ({ event, data }): Write => ({
          op: 'audit',
          event: {
            tenantId: tenant.id,
            accountId: null,
            event,
            actor: input.actor,
            data: { ...data, version, reason: input.reason },
          },
        }),
      ),
      ...also,
    ]);
    if (written.kind === 'done') return { kind: 'published', version };
    // A case that was decided meanwhile is decided: no second try makes that right.
    return written.op === 'decide-case' ? refuse('closed') : CONFLICT;
  });
}

export interface NewKey {
  readonly tenantId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly clientId: string | null;
  readonly clientVersion: string | null;
  readonly expiresAt: number | null;
  readonly actor: string;
}

/** Creates an API key from an already hashed secret; the secret itself is shown by the caller, once, and kept nowhere. */
export async function createKey(
  ports: Ports,
  input: NewKey,
  hashOf: (id: string) => string,
): Promise<{ readonly kind: 'key'; readonly id: string } | Refusal> {
  return guarded(async () => {
    const tenant = await ports.tenants.get(input.tenantId, Number.POSITIVE_INFINITY);
    if (input.clientId !== null && !Object.hasOwn(tenant.policy.clients, input.clientId))
      return refuse('client-unknown', { client: input.clientId });
    const id = makeId('key', await ports.store.now(), ports.random(18));
    const { tenantId, name, scopes, clientId, clientVersion, expiresAt } = input;
    const written = await ports.store.commit(tenantId, [
      { op: 'bump-tenant', tenantId, version: tenant.version },
      { op: 'insert-key', tenantId, id, name, hash: hashOf(id), scopes, clientId, clientVersion, expiresAt },
      {
        op: 'audit',
        event: {
          tenantId,
          accountId: null,
          event: 'key.created',
          actor: input.actor,
          data: { key: id, name, scopes: scopes.join(' '), client: clientId },
        },
      },
    ]);
    return written.kind === 'done' ? { kind: 'key', id } : CONFLICT;
  });
}

/** Revokes an API key: refused on every node from its next request on. */
export async function revokeKey(
  ports: Ports,
  input: { readonly tenantId: string; readonly id: string; readonly actor: string },
): Promise<{ readonly kind: 'revoked' } | Refusal> {
  const tenant = await ports.tenants.get(input.tenantId, Number.POSITIVE_INFINITY);
  const written = await ports.store.commit(input.tenantId, [
    { op: 'revoke-key', tenantId: input.tenantId, id: input.id },
    { op: 'bump-tenant', tenantId: input.tenantId, version: tenant.version },
    {
      op: 'audit',
      event: {
        tenantId: input.tenantId,
        accountId: null,
        event: 'key.revoked',
        actor: input.actor,
        data: { key: input.id },
      },
    },
  ]);
  if (written.kind === 'conflict') return written.op === 'revoke-key' ? refuse('not-found') : refuse('conflict');
  return { kind: 'revoked' };
}
