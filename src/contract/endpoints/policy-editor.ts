// The calls of the policy editor, one row each.
import { z } from 'zod';
import { CaseOpened } from '../schemas/desk.ts';
import * as s from '../schemas/policy-editor.ts';
import { type Endpoint, paging } from './endpoint.ts';

export const POLICY_EDITOR = {
  getPolicy: {
    method: 'GET',
    path: '/v1/console/policy',
    tag: 'Console',
    scope: 'policy:read',
    permission: 'policy:read',
    summary: 'The policy in force, as the document people wrote and as its rules',
    replies: { 200: s.PolicyView },
    problems: [],
  },
  listPolicyVersions: {
    method: 'GET',
    path: '/v1/console/policy/versions',
    tag: 'Console',
    scope: 'policy:read',
    permission: 'policy:read',
    summary: 'Every version there was, newest first: when, by whom, why',
    query: paging,
    replies: { 200: s.PolicyVersions },
    problems: [],
  },
  getPolicyVersion: {
    method: 'GET',
    path: '/v1/console/policy/versions/{version}',
    tag: 'Console',
    scope: 'policy:read',
    permission: 'policy:read',
    summary: 'One version, as it was published',
    params: z.strictObject({ version: z.coerce.number().int().min(1).max(1_000_000_000) }),
    replies: { 200: s.PolicyView },
    problems: ['not-found'],
  },
  checkPolicy: {
    method: 'POST',
    path: '/v1/console/policy:check',
    tag: 'Console',
    scope: 'policy:read',
    permission: 'policy:read',
    summary: 'What is wrong with a document, what it risks, and whom it would affect; nothing is published',
    body: s.CheckPolicy,
    replies: { 200: s.PolicyCheck },
    problems: [],
  },
  editPolicyRules: {
    method: 'POST',
    path: '/v1/console/policy:edit',
    tag: 'Console',
    scope: 'policy:read',
    permission: 'policy:read',
    summary: 'The document with its rules in another order, some anew, some gone, comments kept; nothing is published',
    body: s.EditRules,
    replies: { 200: s.EditedPolicy },
    problems: ['policy-invalid'],
  },
  publishPolicy: {
    method: 'POST',
    path: '/v1/console/policy',
    tag: 'Console',
    scope: 'policy:write',
    permission: 'policy:write',
    summary: 'Publish a document over the version it was made from; the next attempt on every node follows it',
    body: s.PublishPolicy,
    replies: { 200: s.PolicyPublished, 202: CaseOpened },
    problems: ['policy-invalid', 'policy-changed', 'switch-refused'],
  },
} as const satisfies Record<string, Endpoint>;
