// What operators see and do of a tenant's integrations: API keys, clients, relying parties, channels.
import { z } from 'zod';
import { instant, text } from '../schemas.ts';
import { SCOPE_NAMES } from '../scopes.ts';

const scope = () => z.enum(SCOPE_NAMES);
const channel = () => z.enum(['sms', 'email', 'push', 'wechat']);

export const ApiKeyView = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    status: z.enum(['active', 'expired', 'revoked']),
    scopes: z.array(z.string()),
    client: z.string().nullable().meta({ description: 'The registered client it is tied to' }),
    createdAt: instant(),
    expiresAt: instant().nullable(),
    revokedAt: instant().nullable(),
  })
  .meta({ id: 'ApiKeyView' });

export const Integrations = z
  .strictObject({
    apiUrl: z.string().meta({ description: 'Where relying parties call' }),
    issuer: z.string().meta({ description: 'Where relying parties log people in by OpenID Connect' }),
    apiKeys: z.array(ApiKeyView),
    clients: z
      .array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          kind: z.enum(['desktop', 'phone', 'web']),
          minimumVersion: z.string().nullable(),
          offers: z.array(z.string()),
          binds: z.array(z.string()),
        }),
      )
      .meta({ description: 'The registered clients of the policy' }),
    relyingParties: z
      .array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          kind: z.enum(['public', 'confidential']),
          redirectUris: z.array(z.string()),
          logoutUri: z.string().nullable().meta({ description: 'Told when a session ends (back-channel logout)' }),
          createdAt: instant(),
        }),
      )
      .meta({ description: 'OpenID Connect clients' }),
    channels: z.array(
      z.strictObject({
        channel: channel(),
        isConfigured: z.boolean(),
        sent: z.int().meta({ description: 'In the last 24 hours' }),
        failed: z.int(),
        waiting: z.int(),
        lastSentAt: instant().nullable(),
        lastFailedAt: instant().nullable(),
        lastError: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Integrations' });

export const CreateApiKey = z
  .strictObject({
    name: text(100).meta({ description: 'What will use it, for people' }),
    scopes: z.array(scope()).min(1).max(SCOPE_NAMES.length),
    client: text(64).optional().meta({ description: 'Tie it to one registered client' }),
    expiresInDays: z.int().min(1).max(3650).optional(),
  })
  .meta({ id: 'CreateApiKey' });
export const ApiKeyCreated = z
  .strictObject({ id: z.string(), token: z.string().meta({ description: 'Shown this once' }) })
  .meta({ id: 'ApiKeyCreated' });

export const TestChannel = z
  .strictObject({ to: text(254).meta({ description: 'A phone number or a mail address: yours' }) })
  .meta({ id: 'TestChannel' });
export const ChannelTest = z
  .strictObject({
    id: z.string(),
    status: z.enum(['waiting', 'sent', 'failed']),
    sentTo: z.string(),
    error: z.string().nullable(),
  })
  .meta({ id: 'ChannelTest' });
