// The OpenID provider's storage port over ours: one adapter per model, all of one tenant.

import type { Adapter, AdapterPayload } from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { OidcRecords, RelyingParty, StoredRecord } from './ports.ts';

/** Records without a lifetime of their own (a grant that never ends) are kept this long, seconds. */
const LONGEST_SECONDS = 90 * 24 * 3600;

/** Metadata of a relying party as the provider reads it. */
function metadataOf(party: RelyingParty): AdapterPayload {
  return {
    ...party.metadata,
    client_id: party.id,
    client_name: party.name,
    ...(party.secret === null ? { token_endpoint_auth_method: 'none' } : { client_secret: party.secret }),
  };
}

const payloadOf = (found: StoredRecord | undefined): AdapterPayload | undefined =>
  found === undefined ? undefined : { ...found.payload, ...(found.isConsumed ? { consumed: true } : {}) };

/** An adapter for each model the provider names. */
export function adapterOf(records: OidcRecords, tenantId: string): (model: string) => Adapter {
  return (model) => ({
    upsert: (id, payload, expiresIn) => records.put(tenantId, model, id, payload, expiresIn || LONGEST_SECONDS),
    async find(id) {
      if (model !== 'Client') return payloadOf(await records.find(tenantId, model, id));
      const party = await records.client(tenantId, id);
      return party === undefined ? undefined : metadataOf(party);
    },
    findByUid: async (uid) => payloadOf(await records.findByUid(tenantId, model, uid)),
    // The device flow is off: nobody types user codes.
    findByUserCode: async () => undefined,
    async consume(id) {
      // Two requests with one code: the second finds it consumed, even when both read it fresh (OIDC-04). That is a second use like any other: what the
      // first one gives, or is about to, ends with its grant (RFC 6749 §4.1.2).
      if (await records.consume(tenantId, model, id)) return;
      const grant = (await records.find(tenantId, model, id))?.payload['grantId'];
      if (typeof grant === 'string') await records.remove(tenantId, 'Grant', grant);
      throw new errors.InvalidGrant('it was used already');
    },
    destroy: (id) => records.remove(tenantId, model, id),
    revokeByGrantId: (grantId) => records.revokeGrant(tenantId, grantId),
  });
}
