// The calls of console, one row each.
import * as s from '../schemas.ts';
import { account, type Endpoint } from './endpoint.ts';

export const CONSOLE = {
  operatorUnbind: {
    method: 'POST',
    path: '/v1/console/accounts/{account}/unbind',
    tag: 'Console',
    scope: 'console:write',
    permission: 'customers:secure',
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
    permission: 'customers:act',
    summary: 'An operator ends a freeze, with a reason',
    params: account,
    body: s.OperatorAct,
    replies: { 200: s.Unlocked },
    problems: ['account-unknown'],
  },
} as const satisfies Record<string, Endpoint>;
