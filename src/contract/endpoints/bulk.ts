// The calls of bulk work, one row each.
import { z } from 'zod';
import * as s from '../schemas/bulk.ts';
import { type Endpoint, id, paging } from './endpoint.ts';

const job = z.strictObject({ job: id() });
const own = { tag: 'Console', who: 'operator', scope: null, permission: 'bulk:run' } as const;
const one = { params: job, replies: { 200: s.BulkJob } } as const;

export const BULK = {
  createBulk: {
    ...own,
    method: 'POST',
    path: '/v1/console/bulk',
    summary: 'Draw up bulk work: an import, registrations to send, or bindings to remove',
    body: s.CreateBulk,
    replies: { 201: s.BulkJob },
    problems: ['reason-unknown'],
  },
  listBulk: {
    ...own,
    method: 'GET',
    path: '/v1/console/bulk',
    summary: 'Bulk work, newest first',
    query: paging,
    replies: { 200: s.BulkJobs },
    problems: [],
  },
  getBulk: {
    ...own,
    ...one,
    method: 'GET',
    path: '/v1/console/bulk/{job}',
    summary: 'How far one is',
    problems: ['not-found'],
  },
  putBulkRows: {
    ...own,
    ...one,
    method: 'POST',
    path: '/v1/console/bulk/{job}/rows',
    summary: 'Put rows into a draft, each checked for what it would change; the same lines again change nothing',
    body: s.PutBulkRows,
    problems: ['not-found', 'closed', 'own-case'],
  },
  listBulkRows: {
    ...own,
    method: 'GET',
    path: '/v1/console/bulk/{job}/rows',
    summary: 'What each row changes and what came of it, page by page',
    params: job,
    query: s.bulkRowsQuery,
    replies: { 200: s.BulkRows },
    problems: ['not-found'],
  },
  bulkReport: {
    ...own,
    method: 'GET',
    path: '/v1/console/bulk/{job}/report',
    summary: 'What each row changes and what came of it, as CSV that a spreadsheet may open',
    params: job,
    replies: { 200: z.string().meta({ description: 'CSV (RFC 4180)' }) },
    problems: ['not-found'],
  },
  startBulk: {
    ...own,
    ...one,
    method: 'POST',
    path: '/v1/console/bulk/{job}/start',
    summary: 'Begin; ask a second operator for what the policy lets nobody do alone, and for many rows',
    problems: ['not-found', 'closed', 'nothing-to-do', 'too-many-actions', 'own-case'],
  },
  approveBulk: {
    ...own,
    ...one,
    method: 'POST',
    path: '/v1/console/bulk/{job}/approve',
    permission: 'cases:approve',
    summary: 'Let it begin, as the second operator',
    problems: ['not-found', 'closed', 'expired', 'own-case'],
  },
  pauseBulk: {
    ...own,
    ...one,
    method: 'POST',
    path: '/v1/console/bulk/{job}/pause',
    summary: 'Pause it after the rows at hand',
    problems: ['not-found', 'closed'],
  },
  resumeBulk: {
    ...own,
    ...one,
    method: 'POST',
    path: '/v1/console/bulk/{job}/resume',
    summary: 'Go on with it',
    problems: ['not-found', 'closed'],
  },
  stopBulk: {
    ...own,
    ...one,
    method: 'POST',
    path: '/v1/console/bulk/{job}/stop',
    summary: 'End it for good; what is done stays done',
    problems: ['not-found', 'closed'],
  },
} as const satisfies Record<string, Endpoint>;
