// What operators send and are told: signing in to the console, joining it, and who works there.
import { z } from 'zod';
import { PERMISSIONS, ROLES } from '../permissions.ts';
import { instant, locale, text, typeName } from '../schemas.ts';
import { PasskeyResponse } from './portal.ts';

export const role = () => z.enum(ROLES).meta({ description: 'What an operator is in a tenant' });
const login = () => text(100).meta({ description: 'The name an operator signs in with', example: 'mei.lam' });
const password = () => z.string().min(1).max(1024);
const service = z.strictObject({ id: z.string(), name: z.string(), roles: z.array(role()) });
const linkToken = () => z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const OperatorMe = z
  .strictObject({
    operator: z.strictObject({ id: z.string(), login: z.string(), name: z.string(), locale: locale() }),
    tenant: z.string().nullable().meta({ description: 'The tenant this answer is for; null for an operator of none' }),
    tenants: z.array(service),
    permissions: z.array(z.enum(PERMISSIONS)),
    idleSeconds: z.int().meta({ description: 'How long the session still lasts without anything being done' }),
    idleAfterSeconds: z.int().meta({ description: 'The same after something that is done now' }),
    expiresAt: instant().meta({ description: 'When it ends in any case' }),
  })
  .meta({ id: 'OperatorMe' });

export const OperatorLogin = z.strictObject({ login: login(), password: password() }).meta({ id: 'OperatorLogin' });
export const SecondFactor = z
  .strictObject({ status: z.literal('second-factor'), methods: z.array(z.enum(['totp', 'passkey'])) })
  .meta({ id: 'SecondFactor' });
export const OperatorCode = z
  .strictObject({ code: z.string().min(1).max(64).meta({ description: 'What the authenticator app shows' }) })
  .meta({ id: 'OperatorCode' });
export const OperatorPasskey = z.strictObject({ passkey: PasskeyResponse }).meta({ id: 'OperatorPasskey' });
export const AskPasskey = z.strictObject({ login: login() }).meta({ id: 'AskPasskey' });
export const SignedIn = z.strictObject({ status: z.literal('signed-in') }).meta({ id: 'SignedIn' });

export const LookAtLink = z.strictObject({ token: linkToken() }).meta({ id: 'LookAtLink' });
export const OperatorLink = z
  .strictObject({
    login: z.string(),
    name: z.string().nullable(),
    tenants: z.array(service),
    minPassword: z.int().meta({ description: 'How long a password is at least' }),
    expiresAt: instant(),
  })
  .meta({ id: 'OperatorLink' });

export const MIN_PASSWORD = 12;
export const StartJoin = z
  .strictObject({
    token: linkToken(),
    name: text(100),
    password: z
      .string()
      .min(MIN_PASSWORD)
      .max(1024)
      .optional()
      .meta({ description: 'Absent: a passkey alone will be the way in' }),
  })
  .meta({ id: 'StartJoin' });
export const Joining = z
  .strictObject({ status: z.literal('bind'), methods: z.array(z.enum(['totp', 'passkey'])) })
  .meta({ id: 'Joining' });
export const StartFirstMethod = z.strictObject({ type: z.enum(['totp', 'passkey']) }).meta({ id: 'StartFirstMethod' });
export const CompleteJoin = z
  .strictObject({
    token: linkToken(),
    output: z.string().min(1).max(64).optional(),
    passkey: PasskeyResponse.optional(),
  })
  .meta({ id: 'CompleteJoin', description: 'output, the first code; or passkey, what the browser answered' });

export const OperatorView = z
  .strictObject({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    status: z.enum(['active', 'invited', 'disabled']),
    roles: z.array(role()),
    methods: z.array(typeName()),
    createdAt: instant(),
    createdBy: z.string().meta({ description: 'The id of the operator who invited them, or cli' }),
    lastSeenAt: instant().nullable(),
    linkExpiresAt: instant().nullable().meta({ description: 'Until when their one-time link waits' }),
  })
  .meta({ id: 'Operator' });
export const Operators = z.strictObject({ items: z.array(OperatorView) }).meta({ id: 'Operators' });
const roles = () => z.array(role()).max(ROLES.length);
export const InviteOperator = z
  .strictObject({ login: login(), name: text(100).optional(), roles: roles().min(1) })
  .meta({ id: 'InviteOperator' });
export const Invited = z
  .strictObject({
    id: z.string(),
    login: z.string(),
    link: z
      .string()
      .nullable()
      .meta({ description: 'Opens the console once, for a day; shown this once. Null: they have joined already' }),
    expiresAt: instant().nullable(),
  })
  .meta({ id: 'Invited' });
export const SetRoles = z
  .strictObject({ roles: roles().meta({ description: 'None: they serve this tenant no longer' }) })
  .meta({ id: 'SetRoles' });
export const RolesSet = z.strictObject({ roles: z.array(role()) }).meta({ id: 'RolesSet' });
