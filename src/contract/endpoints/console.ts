// The calls of console, one row each.
import * as d from '../schemas/desk.ts';
import * as s from '../schemas.ts';
import { ACT_PROBLEMS } from './desk.ts';
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
    replies: { 200: s.Unbound, 202: d.CaseOpened },
    problems: [...ACT_PROBLEMS],
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
    replies: { 200: s.Unlocked, 202: d.CaseOpened },
    problems: [...ACT_PROBLEMS],
  },
} as const satisfies Record<string, Endpoint>;
