// The calls of service, one row each.
import * as s from '../schemas.ts';
import type { Endpoint } from './endpoint.ts';

export const SERVICE = {
  livez: {
    method: 'GET',
    path: '/livez',
    tag: 'Service',
    scope: null,
    summary: 'The process runs',
    replies: { 200: s.Health },
    problems: [],
  },
  readyz: {
    method: 'GET',
    path: '/readyz',
    tag: 'Service',
    scope: null,
    summary: 'Every part works, or which does not',
    replies: { 200: s.Health, 503: s.Health },
    problems: [],
  },
  jwks: {
    method: 'GET',
    path: '/.well-known/jwks.json',
    tag: 'Service',
    scope: null,
    summary: 'Keys that verify assertions',
    replies: { 200: s.Jwks },
    problems: [],
  },
} as const satisfies Record<string, Endpoint>;
