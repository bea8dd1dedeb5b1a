// What an operator of the console may do, by name; core/operator/roles.ts says which roles may. A row of the endpoint table names the one it asks for.

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
