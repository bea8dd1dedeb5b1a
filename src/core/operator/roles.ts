// Which roles may what, one row each (OP-1.3). Least privilege: an administrator manages operators and integrations and sees no customers.

export type Role = 'viewer' | 'support' | 'security' | 'administrator';
export const ROLE_NAMES: readonly Role[] = ['viewer', 'support', 'security', 'administrator'];

/** Permission → the roles that have it. A person may hold several roles in a tenant. */
export const ROLES_WITH = {
  'customers:read': ['viewer', 'support', 'security'],
  // Unlock, re-issue, revoke a phone, a trusted device or an app password, remind.
  'customers:act': ['support', 'security'],
  // Unbind, reset the PIN, change the authorised person, give a bypass code.
  'customers:secure': ['support', 'security'],
  'cases:approve': ['security'],
  'rollout:read': ['viewer', 'support', 'security'],
  'rollout:write': ['security'],
  'rollout:switch': ['security'],
  'policy:read': ['viewer', 'support', 'security', 'administrator'],
  'policy:write': ['security'],
  'bulk:run': ['security'],
  'audit:read': ['security', 'administrator'],
  'audit:export': ['security'],
  'integrations:read': ['security', 'administrator'],
  'integrations:write': ['administrator'],
  'operators:read': ['administrator'],
  'operators:write': ['administrator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof ROLES_WITH;

/** Whether any of the roles has it. */
export const may = (roles: readonly Role[], permission: Permission): boolean =>
  ROLES_WITH[permission].some((role: Role) => roles.includes(role));

/** Everything the roles may, in the table's order. */
export const permissionsOf = (roles: readonly Role[]): readonly Permission[] =>
  (Object.keys(ROLES_WITH) as Permission[]).filter((permission) => may(roles, permission));
