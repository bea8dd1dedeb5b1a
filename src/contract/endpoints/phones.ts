// The calls by which a relying party shows and changes the phones of its accounts, one row each.
import { z } from 'zod';
import * as a from '../schemas/app.ts';
import * as s from '../schemas.ts';
import { account, type Endpoint, id } from './endpoint.ts';

export const PHONES = {
  listPhones: {
    method: 'GET',
    path: '/v1/accounts/{account}/phones',
    tag: 'Accounts',
    scope: 'accounts:read',
    summary: 'Phones with the app, slots, and how the newest registration stands',
    params: account,
    replies: { 200: a.Phones },
    problems: ['account-unknown'],
  },
  revokePhone: {
    method: 'DELETE',
    path: '/v1/accounts/{account}/phones/{phone}',
    tag: 'Accounts',
    scope: 'bindings:write',
    summary: 'Revoke one of them, as far as the policy lets its owner',
    params: account.extend({ phone: id() }),
    query: z.strictObject({
      proof: s.text(64).optional(),
      login: s.text(64).optional(),
      client: s.text(64).optional(),
    }),
    replies: { 204: null },
    problems: [
      'account-unknown',
      'account-suspended',
      'client-mismatch',
      'not-found',
      'unbind-by-operator',
      'proof-required',
      'login-required',
      'cooling-off',
      'last-authenticator',
    ],
  },
  startRegistration: {
    method: 'POST',
    path: '/v1/accounts/{account}/registration',
    tag: 'Bindings',
    scope: 'bindings:write',
    summary: 'A logged-in person asks to register phones; those begun before are void',
    params: account,
    body: a.StartRegistration,
    replies: { 201: a.Registration },
    shownOnce: true,
    problems: [
      'account-unknown',
      'account-suspended',
      'binding-not-allowed',
      'client-unknown',
      'client-mismatch',
      'version-malformed',
      'client-too-old',
      'login-required',
      'proof-required',
      'cooling-off',
    ],
  },
} as const satisfies Record<string, Endpoint>;
