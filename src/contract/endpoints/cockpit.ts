// The calls of the rollout cockpit, one row each.
import * as s from '../schemas/cockpit.ts';
import type { Endpoint } from './endpoint.ts';

export const COCKPIT = {
  getCockpit: {
    method: 'GET',
    path: '/v1/console/rollout',
    tag: 'Rollout',
    scope: 'console:read',
    permission: 'rollout:read',
    summary: 'Who has moved, how often people log in, ninety days of adoption, and where it is going',
    replies: { 200: s.Cockpit },
    problems: [],
  },
  previewSwitch: {
    method: 'POST',
    path: '/v1/console/rollout/preview',
    tag: 'Rollout',
    scope: 'console:read',
    permission: 'rollout:read',
    summary: 'What switching the phase would do, without doing it',
    body: s.PreviewSwitch,
    replies: { 200: s.SwitchPreview },
    problems: [],
  },
  listAffected: {
    method: 'GET',
    path: '/v1/console/rollout/affected',
    tag: 'Rollout',
    scope: 'console:read',
    permission: 'rollout:read',
    summary: 'The accounts that a switch would meet, page by page',
    query: s.affectedQuery,
    replies: { 200: s.Affected },
    problems: [],
  },
  remindUnbound: {
    method: 'POST',
    path: '/v1/console/rollout/reminders',
    tag: 'Rollout',
    scope: 'console:write',
    permission: 'rollout:write',
    summary: 'Remind accounts that have not moved; each at most once in three days',
    body: s.Remind,
    replies: { 200: s.Reminded },
    problems: [],
  },
} as const satisfies Record<string, Endpoint>;
