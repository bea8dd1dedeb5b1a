// What one row of the route table says of a call.
import { z } from 'zod';
import type { Permission } from '../permissions.ts';
import type { ProblemCode } from '../problems.ts';
import * as s from '../schemas.ts';
import type { Scope } from '../scopes.ts';

/**
 * How a caller proves who it is. `key`: an API key with the row's scope. `guest`: a page of ours, nobody in particular before it. `visitor`: the cookie of an open login. `person`: the cookie of a
 * session. `phone`: a request signed by an enrolled phone. `anyone`: nobody in particular. On the admin listener only: `console`, a page of the console,
 * nobody in particular before it; `console-visitor`, half-way through signing in there; `operator`, an operator's session.
 */
export type Who =
  | 'key'
  | 'anyone'
  | 'guest'
  | 'visitor'
  | 'person'
  | 'phone'
  | 'console'
  | 'console-visitor'
  | 'operator';

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly tag:
    | 'Logins'
    | 'Bindings'
    | 'Accounts'
    | 'Console'
    | 'Rollout'
    | 'Service'
    | 'Me'
    | 'App'
    | 'Mail'
    | 'Operators';
  /** Who calls; absent: an API key with `scope`, or anyone where that is null. */
  readonly who?: Who;
  /** The scope an API key needs; null: no API key is asked for. */
  readonly scope: Scope | null;
  /** What an operator needs to call it on the admin listener; absent: no operator may. */
  readonly permission?: Permission;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly replies: Readonly<Record<number, z.ZodType | null>>;
  readonly problems: readonly ProblemCode[];
  /** The reply is a file, of one of these types. */
  readonly downloads?: readonly string[];
  /** The reply is a stream of server-sent events. */
  readonly streams?: true;
  /** The reply holds a secret: `Cache-Control: no-store`, never repeated for an idempotency key. */
  readonly shownOnce?: true;
}

/** Who calls a row. */
export const whoCalls = ({ who, scope, permission }: Endpoint): Who =>
  who ?? (scope !== null ? 'key' : permission === undefined ? 'anyone' : 'operator');

const CONSOLE: readonly Who[] = ['console', 'console-visitor', 'operator'];

/** Whether a row is served to people and programs of tenants. */
export const isPublic = (endpoint: Endpoint): boolean => !CONSOLE.includes(whoCalls(endpoint));

/** Who calls a row on the admin listener; undefined where it is not served there. A row with a permission is its holders', whoever else calls it elsewhere. */
export function whoCallsAtConsole(endpoint: Endpoint): 'console' | 'console-visitor' | 'operator' | undefined {
  const who = whoCalls(endpoint);
  if (who === 'console' || who === 'console-visitor') return who;
  return who === 'operator' || endpoint.permission !== undefined ? 'operator' : undefined;
}

export const id = () =>
  z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z]{3}_[A-Za-z0-9_-]+$/);
export const loginId = z.strictObject({ id: id() });
export const account = z.strictObject({ account: s.accountName() });
export const paging = z.strictObject({
  after: s.text(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
/** Seconds to wait for news. */
export const wait = z.strictObject({ wait: z.coerce.number().int().min(0).max(25).optional() });
/** What a decision of the policy may refuse with. */
export const decisions = [
  'client-unknown',
  'client-mismatch',
  'version-malformed',
  'client-too-old',
  'bind-elsewhere',
  'no-method',
  'frozen',
  'device-revoked',
] as const;
