// Every family of routes, one line each: the compiler finds a row of the endpoint table that has no handler.
import type { Handlers } from '../handler.ts';
import { accounts } from './accounts.ts';
import { app } from './app.ts';
import { appPasswords } from './app-passwords.ts';
import { approvals } from './approvals.ts';
import { bindings } from './bindings.ts';
import { bulk } from './bulk.ts';
import { cockpitRoutes } from './cockpit.ts';
import { cohorts } from './cohorts.ts';
import { console } from './console.ts';
import { consoleEnrolment } from './console-enrolment.ts';
import { consoleOperators } from './console-operators.ts';
import { customers } from './customers.ts';
import { cutovers } from './cutovers.ts';
import { desk } from './desk.ts';
import { integrations } from './integrations.ts';
import { logins } from './logins.ts';
import { me } from './me.ts';
import { meLogin } from './me-login.ts';
import { meMethods } from './me-methods.ts';
import { mePhones } from './me-phones.ts';
import { operatorRoutes } from './operators.ts';
import { phones } from './phones.ts';
import { policyEditor } from './policy-editor.ts';
import { service } from './service.ts';
import { wechat } from './wechat.ts';

export const HANDLERS: Handlers = {
  ...accounts,
  ...app,
  ...appPasswords,
  ...bindings,
  ...approvals,
  ...cockpitRoutes,
  ...cutovers,
  ...cohorts,
  ...console,
  ...desk,
  ...consoleEnrolment,
  ...customers,
  ...logins,
  ...phones,
  ...policyEditor,
  ...bulk,
  ...service,
  ...me,
  ...meLogin,
  ...meMethods,
  ...wechat,
  ...mePhones,
  ...operatorRoutes,
  ...consoleOperators,
  ...integrations,
};
