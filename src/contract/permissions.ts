// What an operator of the console may do, by name; core/operator/roles.ts says which roles may. A row of the endpoint table names the one it asks for.
import type { Scope } from './scopes.ts';

export const PERMISSIONS = [
  'customers:read',
  'customers:act',
  'customers:secure',
  'cases:approve',
  'rollout:read',
  'rollout:write',
  'rollout:switch',
  'policy:read',
  'policy:write',
  'bulk:run',
  'audit:read',
  'audit:export',
  'integrations:read',
  'integrations:write',
  'operators:read',
  'operators:write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['viewer', 'support', 'security', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/**
 * What it takes to make an API key with a scope at the console: whatever such a key could do, its maker may do too (OPS-04). `hufu api-key create`, on
 * the server, asks for nothing.
 */
export const SCOPE_TAKES: Readonly<Record<Scope, Permission>> = {
  'logins:write': 'integrations:write',
  'logins:read': 'customers:read',
  'bindings:write': 'customers:secure',
  'accounts:read': 'customers:read',
  'accounts:write': 'customers:secure',
  'app-passwords:write': 'customers:act',
  'policy:read': 'policy:read',
  'policy:write': 'policy:write',
  'console:read': 'customers:read',
  'audit:read': 'audit:export',
  'console:write': 'customers:secure',
};
