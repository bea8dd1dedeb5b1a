// The route table: every call of the API, one row each. The server registers from it, OpenAPI is made from it, tests walk it.
import { z } from 'zod';
import type { ProblemCode } from './problems.ts';
import * as s from './schemas.ts';
import type { Scope } from './scopes.ts';

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly tag: 'Logins' | 'Bindings' | 'Accounts' | 'Console' | 'Rollout' | 'Service';
  /** The scope an API key needs; null: open to all. */
  readonly scope: Scope | null;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly replies: Readonly<Record<number, z.ZodType | null>>;
  readonly problems: readonly ProblemCode[];
  /** The reply holds a secret: `Cache-Control: no-store`, never repeated for an idempotency key. */
  readonly shownOnce?: true;
}

const id = () =>
  z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z]{3}_[A-Za-z0-9_-]+$/);
const loginId = z.strictObject({ id: id() });
const account = z.strictObject({ account: s.accountName() });
const paging = z.strictObject({
  after: s.text(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
const decisions = [
  'client-unknown',
  'client-mismatch',
  'version-malformed',
  'client-too-old',
  'bind-elsewhere',
  'no-method',
  'frozen',
  'device-revoked',
] as const;

export const ENDPOINTS = {
  startLogin: {
    method: 'POST',
    path: '/v1/logins',
    tag: 'Logins',
    scope: 'logins:write',
    summary: 'Start a login: the first of two calls',
    body: s.StartLogin,
    replies: { 201: s.Login },
    problems: [
      'account-unknown',
      'account-suspended',
      'first-factor-failed',
      'first-factor-not-accepted',
      'throttled',
      ...decisions,
    ],
  },
  getLogin: {
    method: 'GET',
    path: '/v1/logins/{id}',
    tag: 'Logins',
    scope: 'logins:read',
    summary: 'Read a login, also after its end, with the trace',
    params: loginId,
    query: z.strictObject({ wait: z.coerce.number().int().min(0).max(25).optional() }),
    replies: { 200: s.Login },
    problems: ['not-found'],
  },
  verify: {
    method: 'POST',
    path: '/v1/logins/{id}/verify',
    tag: 'Logins',
    scope: 'logins:write',
    summary: 'Present a code: the second of two calls',
    params: loginId,
    body: s.Verify,
    replies: { 200: s.Verified },
    problems: [
      'not-found',
      'verification-failed',
      'throttled',
      'frozen',
      'method-not-offered',
      'expired',
      'closed',
      'account-suspended',
      'client-too-old',
      'bind-elsewhere',
      'no-method',
      'device-revoked',
    ],
  },
  sendCode: {
    method: 'POST',
    path: '/v1/logins/{id}/send',
    tag: 'Logins',
    scope: 'logins:write',
    summary: 'Send a code by SMS',
    params: loginId,
    body: s.Send,
    replies: { 202: s.Sent },
    problems: [
      'not-found',
      'resend-too-soon',
      'sending-paused',
      'not-sendable',
      'method-not-offered',
      'frozen',
      'throttled',
      'expired',
      'closed',
      'account-suspended',
    ],
  },
  startLoginBinding: {
    method: 'POST',
    path: '/v1/logins/{id}/bindings',
    tag: 'Logins',
    scope: 'logins:write',
    summary: 'Start the binding a login asks for (status enrol)',
    params: loginId,
    body: s.StartLoginBinding,
    replies: { 201: s.Binding },
    shownOnce: true,
    problems: [
      'not-found',
      'binding-not-allowed',
      'expired',
      'closed',
      'already-bound',
      'account-suspended',
      'client-too-old',
      'bind-elsewhere',
    ],
  },
  confirmLoginBinding: {
    method: 'POST',
    path: '/v1/logins/{id}/bindings/{binding}/confirm',
    tag: 'Logins',
    scope: 'logins:write',
    summary: 'Confirm the binding with its first code; the login ends satisfied',
    params: loginId.extend({ binding: id() }),
    body: s.ConfirmBinding,
    replies: { 200: s.BindingConfirmed },
    problems: [
      'not-found',
      'verification-failed',
      'throttled',
      'frozen',
      'superseded',
      'expired',
      'closed',
      'binding-not-allowed',
      'already-bound',
      'account-suspended',
      'client-too-old',
      'device-revoked',
      'bind-elsewhere',
    ],
  },
  listAccounts: {
    method: 'GET',
    path: '/v1/accounts',
    tag: 'Accounts',
    scope: 'accounts:read',
    summary: 'List accounts',
    query: paging,
    replies: { 200: s.Accounts },
    problems: [],
  },
  getAccount: {
    method: 'GET',
    path: '/v1/accounts/{account}',
    tag: 'Accounts',
    scope: 'accounts:read',
    summary: 'Status, phase, what is bound, what it may do next',
    params: account,
    replies: { 200: s.Account },
    problems: ['account-unknown'],
  },
  putAccount: {
    method: 'PUT',
    path: '/v1/accounts/{account}',
    tag: 'Accounts',
    scope: 'accounts:write',
    summary: 'Create or update an account',
    params: account,
    body: s.PutAccount,
    replies: { 200: s.Account, 201: s.Account },
    problems: ['conflict'],
  },
  importAccounts: {
    method: 'POST',
    path: '/v1/accounts:import',
    tag: 'Accounts',
    scope: 'accounts:write',
    summary: 'Create or update up to 1000 accounts, reported row by row',
    body: s.ImportAccounts,
    replies: { 200: s.Imported },
    problems: [],
  },
  startBinding: {
    method: 'POST',
    path: '/v1/accounts/{account}/bindings',
    tag: 'Bindings',
    scope: 'bindings:write',
    summary: 'Start a binding from a logged-in client',
    params: account,
    body: s.StartBinding,
    replies: { 201: s.Binding },
    shownOnce: true,
    problems: [
      'account-unknown',
      'account-suspended',
      'binding-not-allowed',
      'login-required',
      'proof-required',
      'already-bound',
      'client-unknown',
      'client-mismatch',
      'version-malformed',
      'client-too-old',
      'bind-elsewhere',
    ],
  },
  confirmBinding: {
    method: 'POST',
    path: '/v1/accounts/{account}/bindings/{binding}/confirm',
    tag: 'Bindings',
    scope: 'bindings:write',
    summary: 'Confirm a binding with its first code',
    params: account.extend({ binding: id() }),
    body: s.ConfirmBinding,
    replies: { 200: s.BindingConfirmed },
    problems: [
      'account-unknown',
      'not-found',
      'verification-failed',
      'throttled',
      'frozen',
      'superseded',
      'expired',
      'already-bound',
      'account-suspended',
      'binding-not-allowed',
    ],
  },
  startChallenge: {
    method: 'POST',
    path: '/v1/accounts/{account}/challenges',
    tag: 'Bindings',
    scope: 'bindings:write',
    summary: 'Step up: a challenge that is verified like a login',
    params: account,
    body: s.StartChallenge,
    replies: { 201: s.Login },
    problems: ['account-unknown', 'account-suspended', ...decisions],
  },
  unbind: {
    method: 'DELETE',
    path: '/v1/accounts/{account}/authenticators/{authenticator}',
    tag: 'Bindings',
    scope: 'bindings:write',
    summary: 'Remove a binding, as far as the policy lets its owner',
    params: account.extend({ authenticator: id() }),
    query: z.strictObject({ proof: s.text(64).optional(), client: s.text(64).optional() }),
    replies: { 204: null },
    problems: [
      'account-unknown',
      'account-suspended',
      'not-found',
      'unbind-by-operator',
      'proof-required',
      'login-required',
      'last-authenticator',
    ],
  },
  listClientDevices: {
    method: 'GET',
    path: '/v1/accounts/{account}/client-devices',
    tag: 'Accounts',
    scope: 'accounts:read',
    summary: 'Phones and computers that logged in with a code',
    params: account,
    query: paging,
    replies: { 200: s.ClientDevices },
    problems: ['account-unknown'],
  },
  revokeClientDevice: {
    method: 'DELETE',
    path: '/v1/accounts/{account}/client-devices/{device}',
    tag: 'Accounts',
    scope: 'bindings:write',
    summary: 'Revoke one of them; it is refused from then on',
    params: account.extend({ device: s.text(64) }),
    replies: { 204: null },
    problems: ['account-unknown', 'not-found'],
  },
  operatorUnbind: {
    method: 'POST',
    path: '/v1/console/accounts/{account}/unbind',
    tag: 'Console',
    scope: 'console:write',
    summary: 'An operator removes bindings, with a reason',
    params: account,
    body: s.OperatorUnbind,
    replies: { 200: s.Unbound },
    problems: ['account-unknown', 'not-found'],
  },
  operatorUnlock: {
    method: 'POST',
    path: '/v1/console/accounts/{account}/unlock',
    tag: 'Console',
    scope: 'console:write',
    summary: 'An operator ends a freeze, with a reason',
    params: account,
    body: s.OperatorAct,
    replies: { 200: s.Unlocked },
    problems: ['account-unknown'],
  },
  getRollout: {
    method: 'GET',
    path: '/v1/rollout',
    tag: 'Rollout',
    scope: 'policy:read',
    summary: 'The phase in force, per cohort, and what is scheduled',
    replies: { 200: s.Rollout },
    problems: [],
  },
  switchPhase: {
    method: 'POST',
    path: '/v1/rollout/phase',
    tag: 'Rollout',
    scope: 'policy:write',
    summary: 'Switch the rollout phase, now or at a time; the next login attempt on every node follows it',
    body: s.SwitchPhase,
    replies: { 200: s.Rollout },
    problems: ['conflict', 'policy-invalid', 'switch-refused'],
  },
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

export type EndpointName = keyof typeof ENDPOINTS;
type Row<N extends EndpointName> = (typeof ENDPOINTS)[N];
type Of<N extends EndpointName, K extends string> =
  Row<N> extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;

export type ParamsOf<N extends EndpointName> = Of<N, 'params'>;
export type QueryOf<N extends EndpointName> = Of<N, 'query'>;
export type BodyOf<N extends EndpointName> = Of<N, 'body'>;
export type ReplyOf<N extends EndpointName> =
  Row<N>['replies'] extends Record<number, infer S> ? (S extends z.ZodType ? z.output<S> : null) : never;
