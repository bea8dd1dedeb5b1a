// How operators sign in to the console and who they are, one row each. Served on the admin listener only.
import * as s from '../schemas/operators.ts';
import type { Endpoint } from './endpoint.ts';

export const OPERATORS = {
  getOperatorMe: {
    method: 'GET',
    path: '/v1/operator/me',
    tag: 'Operators',
    who: 'operator',
    scope: null,
    summary: 'Who is signed in, for which tenants, and what they may do in the one named',
    replies: { 200: s.OperatorMe },
    problems: [],
  },
  operatorSignOut: {
    method: 'POST',
    path: '/v1/operator/sign-out',
    tag: 'Operators',
    who: 'operator',
    scope: null,
    summary: 'End the session',
    replies: { 204: null },
    problems: [],
  },
} as const satisfies Record<string, Endpoint>;
