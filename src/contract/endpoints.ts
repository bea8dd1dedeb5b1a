// The route table: every call of the API, one row each, by family. The server registers from it, OpenAPI is made from it, tests walk it.
import type { z } from 'zod';
import { ACCOUNTS } from './endpoints/accounts.ts';
import { APP } from './endpoints/app.ts';
import { APP_PASSWORDS } from './endpoints/app-passwords.ts';
import { APPROVALS } from './endpoints/approvals.ts';
import { BINDINGS } from './endpoints/bindings.ts';
import { BULK } from './endpoints/bulk.ts';
import { COCKPIT } from './endpoints/cockpit.ts';
import { COHORTS } from './endpoints/cohorts.ts';
import { CONSOLE } from './endpoints/console.ts';
import { CONSOLE_ENROLMENT } from './endpoints/console-enrolment.ts';
import { CUSTOMERS } from './endpoints/customers.ts';
import { CUTOVERS } from './endpoints/cutovers.ts';
import { DESK } from './endpoints/desk.ts';
import { INTEGRATIONS } from './endpoints/integrations.ts';
import { LOGINS } from './endpoints/logins.ts';
import { ME } from './endpoints/me.ts';
import { ME_LOGIN } from './endpoints/me-login.ts';
import { OPERATORS } from './endpoints/operators.ts';
import { PHONES } from './endpoints/phones.ts';
import { POLICY_EDITOR } from './endpoints/policy-editor.ts';
import { ROLLOUT } from './endpoints/rollout.ts';
import { SERVICE } from './endpoints/service.ts';
import { WECHAT } from './endpoints/wechat.ts';

export type { Endpoint, Who } from './endpoints/endpoint.ts';
export { isPublic, whoCalls, whoCallsAtConsole } from './endpoints/endpoint.ts';

export const ENDPOINTS = {
  ...LOGINS,
  ...ACCOUNTS,
  ...BINDINGS,
  ...APP_PASSWORDS,
  ...CONSOLE,
  ...CUSTOMERS,
  ...DESK,
  ...ROLLOUT,
  ...COCKPIT,
  ...CUTOVERS,
  ...POLICY_EDITOR,
  ...COHORTS,
  ...BULK,
  ...SERVICE,
  ...ME_LOGIN,
  ...ME,
  ...PHONES,
  ...APP,
  ...CONSOLE_ENROLMENT,
  ...APPROVALS,
  ...WECHAT,
  ...OPERATORS,
  ...INTEGRATIONS,
} as const;

export type EndpointName = keyof typeof ENDPOINTS;
type Row<N extends EndpointName> = (typeof ENDPOINTS)[N];
type Of<N extends EndpointName, K extends string> =
  Row<N> extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;

export type ParamsOf<N extends EndpointName> = Of<N, 'params'>;
export type QueryOf<N extends EndpointName> = Of<N, 'query'>;
export type BodyOf<N extends EndpointName> = Of<N, 'body'>;
export type ReplyOf<N extends EndpointName> =
  Row<N>['replies'] extends Record<number, infer S> ? (S extends z.ZodType ? z.output<S> : null) : never;
