// A tenant's integrations as operators see them, one row each.
import { z } from 'zod';
import * as s from '../schemas/integrations.ts';
import { type Endpoint, id } from './endpoint.ts';

export const INTEGRATIONS = {
  getIntegrations: {
    method: 'GET',
    path: '/v1/console/integrations',
    tag: 'Operators',
    scope: null,
    permission: 'integrations:read',
    summary: 'API keys, registered clients, relying parties, and how the channels do',
    replies: { 200: s.Integrations },
    problems: [],
  },
  createApiKey: {
    method: 'POST',
    path: '/v1/console/api-keys',
    tag: 'Operators',
    scope: null,
    permission: 'integrations:write',
    summary: 'Make an API key that may do no more than its maker; its token is shown this once',
    body: s.CreateApiKey,
    replies: { 201: s.ApiKeyCreated },
    shownOnce: true,
    problems: ['scope-beyond', 'client-unknown'],
  },
  revokeApiKey: {
    method: 'POST',
    path: '/v1/console/api-keys/{key}/revoke',
    tag: 'Operators',
    scope: null,
    permission: 'integrations:write',
    summary: 'Revoke an API key: refused from its next request on',
    params: z.strictObject({ key: id() }),
    replies: { 204: null },
    problems: ['not-found', 'conflict'],
  },
  testChannel: {
    method: 'POST',
    path: '/v1/console/channels/{channel}/test',
    tag: 'Operators',
    scope: null,
    permission: 'integrations:write',
    summary: 'Send a test message to yourself',
    params: z.strictObject({ channel: z.enum(['sms', 'email']) }),
    body: s.TestChannel,
    replies: { 202: s.ChannelTest },
    problems: ['not-sendable', 'throttled'],
  },
  getChannelTest: {
    method: 'GET',
    path: '/v1/console/channel-tests/{test}',
    tag: 'Operators',
    scope: null,
    permission: 'integrations:read',
    summary: 'What became of a test message',
    params: z.strictObject({ test: id() }),
    replies: { 200: s.ChannelTest },
    problems: ['not-found'],
  },
} as const satisfies Record<string, Endpoint>;
