// The shapes of these pages' calls.
import type { z } from 'zod';
import type * as s from '../../../contract/schemas/customers.ts';

export type Customers = z.output<typeof s.Customers>;
export type Customer = z.output<typeof s.Customer>;
export type Timeline = z.output<typeof s.Timeline>;
export type Happening = z.output<typeof s.Happening>;
export type LoginWhy = z.output<typeof s.LoginWhy>;
export type AuditPage = z.output<typeof s.AuditPage>;
