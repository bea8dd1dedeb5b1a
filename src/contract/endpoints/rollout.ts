// The calls of rollout, one row each.

import { CaseOpened } from '../schemas/desk.ts';
import * as s from '../schemas.ts';
import type { Endpoint } from './endpoint.ts';

export const ROLLOUT = {
  getRollout: {
    method: 'GET',
    path: '/v1/rollout',
    tag: 'Rollout',
    scope: 'policy:read',
    permission: 'rollout:read',
    summary: 'The phase in force, per cohort, and what is scheduled',
    replies: { 200: s.Rollout },
    problems: [],
  },
  switchPhase: {
    method: 'POST',
    path: '/v1/rollout/phase',
    tag: 'Rollout',
    scope: 'policy:write',
    permission: 'rollout:switch',
    summary:
      'Switch the rollout phase, now or at a time, or take a planned switch back; the next login attempt on every node follows it',
    body: s.SwitchPhase,
    replies: { 200: s.Rollout, 202: CaseOpened },
    problems: ['conflict', 'not-found', 'policy-invalid', 'switch-refused', 'situation-changed', 'in-the-past'],
  },
} as const satisfies Record<string, Endpoint>;
