// What an API key may do, one row each. Least privilege: a back end that only logs people in needs the first two.

export const SCOPES = {
  'logins:write': 'start logins, send codes, verify',
  'logins:read': 'read a login and its trace',
  'bindings:write': 'start and confirm bindings, step-up challenges, unbind as the policy allows',
  'accounts:read': 'read accounts, what is bound, devices',
  'accounts:write': 'create, update and import accounts',
  'app-passwords:write': 'make and revoke app passwords of accounts',
  'policy:read': 'read the policy in force',
  'policy:write': 'publish a policy or switch the rollout phase',
  'console:read': 'see what operators see: the rollout cockpit, customers, their timelines',
  'audit:read': 'read and export the audit log',
  'console:write': 'act as an operator: unlock, unbind with a reason',
} as const satisfies Record<string, string>;

export type Scope = keyof typeof SCOPES;
export const SCOPE_NAMES = Object.keys(SCOPES) as Scope[];
