// What operators do for the phones of an account, one row each.
import * as a from '../schemas/app.ts';
import * as d from '../schemas/desk.ts';
import * as s from '../schemas.ts';
import { ACT_PROBLEMS } from './desk.ts';
import { account, type Endpoint, id } from './endpoint.ts';

export const CONSOLE_ENROLMENT = {
  operatorRegister: {
    method: 'POST',
    path: '/v1/console/accounts/{account}/registration',
    tag: 'Console',
    scope: 'console:write',
    permission: 'customers:act',
    summary: 'Mail a registration of phones; those before it are void',
    params: account,
    body: a.OperatorRegister,
    replies: { 201: a.RegistrationSent, 202: d.CaseOpened },
    problems: [...ACT_PROBLEMS, 'account-suspended', 'no-mail-address'],
  },
  operatorResetPin: {
    method: 'POST',
    path: '/v1/console/accounts/{account}/pin-reset',
    tag: 'Console',
    scope: 'console:write',
    permission: 'customers:secure',
    summary: 'Forget the PIN: each phone asks for the new one',
    params: account,
    body: a.ResetPin,
    replies: { 200: a.PinReset, 202: d.CaseOpened },
    problems: [...ACT_PROBLEMS],
  },
  operatorChangePerson: {
    method: 'POST',
    path: '/v1/console/accounts/{account}/authorised-person',
    tag: 'Console',
    scope: 'console:write',
    permission: 'customers:secure',
    summary: 'Somebody else may act for the account: everything before ends, and a registration is mailed',
    params: account,
    body: a.ChangePerson,
    replies: { 201: a.RegistrationSent, 202: d.CaseOpened },
    problems: [...ACT_PROBLEMS, 'account-suspended', 'no-mail-address'],
  },
  operatorRevokePhone: {
    method: 'POST',
    path: '/v1/console/accounts/{account}/phones/{phone}/revoke',
    tag: 'Console',
    scope: 'console:write',
    permission: 'customers:act',
    summary: 'Revoke a phone at once, with a reason',
    params: account.extend({ phone: id() }),
    body: s.OperatorAct,
    replies: { 204: null, 202: d.CaseOpened },
    problems: [...ACT_PROBLEMS],
  },
} as const satisfies Record<string, Endpoint>;
