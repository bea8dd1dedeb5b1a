// The calls of cut-overs, one row each.
import { z } from 'zod';
import * as s from '../schemas/cutovers.ts';
import { CaseOpened } from '../schemas/desk.ts';
import { type Endpoint, id, paging } from './endpoint.ts';

const params = z.strictObject({ id: id() });

export const CUTOVERS = {
  listCutovers: {
    method: 'GET',
    path: '/v1/console/rollout/cutovers',
    tag: 'Rollout',
    scope: null,
    permission: 'rollout:read',
    summary: 'Cut-overs, newest first',
    replies: { 200: s.Cutovers },
    problems: [],
  },
  checkCutover: {
    method: 'POST',
    path: '/v1/console/rollout/cutover-checks',
    tag: 'Rollout',
    scope: null,
    permission: 'rollout:read',
    summary: 'What speaks for and against a cut-over of a cohort, and whom each stage would meet',
    body: s.CheckCutover,
    replies: { 200: s.CutoverChecks },
    problems: [],
  },
  startCutover: {
    method: 'POST',
    path: '/v1/console/rollout/cutovers',
    tag: 'Rollout',
    scope: null,
    permission: 'rollout:switch',
    summary:
      'Begin a cut-over to totp-only with its first stage; the next login of the accounts it takes follows it on every node',
    body: s.StartCutover,
    replies: { 201: s.Cutover },
    problems: ['cutover-checks', 'cutover-running', 'cutover-state', 'switch-refused'],
  },
  getCutover: {
    method: 'GET',
    path: '/v1/console/rollout/cutovers/{id}',
    tag: 'Rollout',
    scope: null,
    permission: 'rollout:read',
    summary: 'A cut-over, with how many of those who tried got in',
    params,
    replies: { 200: s.Cutover },
    problems: ['not-found'],
  },
  listFailing: {
    method: 'GET',
    path: '/v1/console/rollout/cutovers/{id}/failing',
    tag: 'Rollout',
    scope: null,
    permission: 'rollout:read',
    summary: 'The accounts of a cut-over that tried and are not in, page by page',
    params,
    query: paging,
    replies: { 200: s.FailingAccounts },
    problems: ['not-found'],
  },
  stepCutover: {
    method: 'POST',
    path: '/v1/console/rollout/cutovers/{id}/steps',
    tag: 'Rollout',
    scope: null,
    permission: 'rollout:switch',
    summary:
      'Approve what another operator asked for, go on to the next stage (or finish), pause, resume, or roll back: within 72 hours of the end',
    params,
    body: s.StepCutover,
    replies: { 200: s.Cutover, 202: CaseOpened },
    problems: [
      'conflict',
      'cutover-running',
      'cutover-state',
      'not-found',
      'own-case',
      'situation-changed',
      'switch-refused',
    ],
  },
} as const satisfies Record<string, Endpoint>;
