// What operators send and are told: signing in to the console, and who they are.
import { z } from 'zod';
import { PERMISSIONS, ROLES } from '../permissions.ts';
import { instant, locale, text } from '../schemas.ts';

export const role = () => z.enum(ROLES).meta({ description: 'What an operator is in a tenant' });
export const login = () => text(100).meta({ description: 'The name an operator signs in with', example: 'mei.lam' });

export const OperatorMe = z
  .strictObject({
    operator: z.strictObject({ id: z.string(), login: z.string(), name: z.string(), locale: locale() }),
    tenant: z.string().nullable().meta({ description: 'The tenant this answer is for; null for an operator of none' }),
    tenants: z.array(z.strictObject({ id: z.string(), name: z.string(), roles: z.array(role()) })),
    permissions: z.array(z.enum(PERMISSIONS)),
    idleSeconds: z.int().meta({ description: 'How long the session still lasts without anything being done' }),
    expiresAt: instant().meta({ description: 'When it ends in any case' }),
  })
  .meta({ id: 'OperatorMe' });
