// A tenant's integrations as operators see them.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { SCOPE_TAKES } from '../../../contract/permissions.ts';
import { operatorCreatesKey, type TestView, testChannel, testView } from '../../../flows/operator/integrations.ts';
import { revokeKey } from '../../../flows/registry.ts';
import type { Handlers } from '../handler.ts';
import { instant, NO_CONTENT, ok } from '../replies.ts';

const at = (ms: number | null): string | null => (ms === null ? null : instant(ms));
const CHANNELS = ['sms', 'email', 'push', 'wechat'] as const;

const testBody = ({ id, status, sentTo, error }: TestView): ReplyOf<'testChannel'> => ({ id, status, sentTo, error });

export const integrations: Handlers<
  'getIntegrations' | 'createApiKey' | 'revokeApiKey' | 'testChannel' | 'getChannelTest'
> = {
  async getIntegrations(ports, { caller, asked }) {
    const { tenantId } = caller;
    const { policy } = await ports.tenants.get(tenantId, Number.POSITIVE_INFINITY);
    const [keys, parties, channels] = await Promise.all([
      ports.integrations.keys(tenantId),
      ports.integrations.relyingParties(tenantId),
      ports.integrations.channels(tenantId),
    ]);
    const body: ReplyOf<'getIntegrations'> = {
      apiUrl: ports.baseUrl,
      issuer: `${ports.baseUrl}/oidc/${tenantId}`,
      apiKeys: keys.items.map(({ clientId, createdAt, expiresAt, revokedAt, scopes, ...key }) => ({
        ...key,
        status: revokedAt !== null ? 'revoked' : expiresAt !== null && expiresAt <= keys.now ? 'expired' : 'active',
        scopes: [...scopes],
        client: clientId,
        createdAt: instant(createdAt),
        expiresAt: at(expiresAt),
        revokedAt: at(revokedAt),
      })),
      clients: Object.entries(policy.clients).map(([id, client]) => ({
        id,
        name: client.name[asked ?? policy.locale],
        kind: client.kind,
        minimumVersion: client.minimumVersion ?? null,
        offers: [...client.offers],
        binds: [...client.binds],
      })),
      relyingParties: parties.map(({ id, name, isPublic, metadata, createdAt }) => ({
        id,
        name,
        kind: isPublic ? 'public' : 'confidential',
        redirectUris: [metadata['redirect_uris'] ?? []].flat().map(String),
        logoutUri: typeof metadata['backchannel_logout_uri'] === 'string' ? metadata['backchannel_logout_uri'] : null,
        createdAt: instant(createdAt),
      })),
      channels: CHANNELS.map((channel) => {
        const row = channels.find((one) => one.channel === channel);
        return {
          channel,
          isConfigured: ports.channels.includes(channel),
          sent: row?.sent ?? 0,
          failed: row?.failed ?? 0,
          waiting: row?.waiting ?? 0,
          lastSentAt: at(row?.lastSentAt ?? null),
          lastFailedAt: at(row?.lastFailedAt ?? null),
          lastError: row?.lastError ?? null,
        };
      }),
    };
    return ok(body);
  },
  async createApiKey(ports, { caller, body }) {
    const fresh = ports.freshKey();
    const made = await operatorCreatesKey(
      ports,
      caller,
      {
        name: body.name,
        scopes: Object.fromEntries(body.scopes.map((scope) => [scope, SCOPE_TAKES[scope]])),
        clientId: body.client ?? null,
        expiresInDays: body.expiresInDays ?? null,
      },
      fresh.hashOf,
    );
    return made.kind === 'refused' ? made : ok({ id: made.id, token: fresh.tokenOf(made.id) }, 201);
  },
  async revokeApiKey(ports, { caller, params }) {
    const done = await revokeKey(ports, { tenantId: caller.tenantId, id: params.key, actor: caller.actor });
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
  async testChannel(ports, { caller, params, body }) {
    const sent = await testChannel(ports, caller, params.channel, body.to);
    return sent.kind === 'refused' ? sent : ok(testBody(sent), 202);
  },
  async getChannelTest(ports, { caller, params }) {
    const found = await ports.integrations.test(caller.tenantId, params.test);
    return found === undefined ? { kind: 'refused', code: 'not-found' } : ok(testBody(testView(found)));
  },
};
