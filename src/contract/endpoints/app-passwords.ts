// The calls of app passwords, one row each.
import { z } from 'zod';
import * as s from '../schemas/app-passwords.ts';
import { account, type Endpoint, id } from './endpoint.ts';

const one = account.extend({ appPassword: id() });

export const APP_PASSWORDS = {
  listAppPasswords: {
    method: 'GET',
    path: '/v1/accounts/{account}/app-passwords',
    tag: 'Mail',
    scope: 'accounts:read',
    summary: 'App passwords of an account, with their last use',
    params: account,
    replies: { 200: s.AppPasswords },
    problems: ['account-unknown'],
  },
  createAppPassword: {
    method: 'POST',
    path: '/v1/accounts/{account}/app-passwords',
    tag: 'Mail',
    scope: 'app-passwords:write',
    summary: 'Make an app password; it is shown in this reply and never again',
    params: account,
    body: s.CreateAppPassword,
    replies: { 201: s.AppPasswordCreated },
    shownOnce: true,
    problems: ['account-unknown', 'account-suspended', 'app-passwords-off', 'too-many-app-passwords'],
  },
  getAppPassword: {
    method: 'GET',
    path: '/v1/accounts/{account}/app-passwords/{appPassword}',
    tag: 'Mail',
    scope: 'accounts:read',
    summary: 'One of them; with wait, answered when it is used for the first time',
    params: one,
    query: z.strictObject({ wait: z.coerce.number().int().min(0).max(25).optional() }),
    replies: { 200: s.AppPassword },
    problems: ['account-unknown', 'not-found', 'too-many-waiting'],
  },
  revokeAppPassword: {
    method: 'DELETE',
    path: '/v1/accounts/{account}/app-passwords/{appPassword}',
    tag: 'Mail',
    scope: 'app-passwords:write',
    summary: 'Revoke one; it is refused from then on',
    params: one,
    replies: { 204: null },
    problems: ['account-unknown', 'not-found'],
  },
  revokeAppPasswords: {
    method: 'DELETE',
    path: '/v1/accounts/{account}/app-passwords',
    tag: 'Mail',
    scope: 'app-passwords:write',
    summary: 'Revoke all of an account',
    params: account,
    replies: { 200: s.AppPasswordsRevoked },
    problems: ['account-unknown'],
  },
} as const satisfies Record<string, Endpoint>;
