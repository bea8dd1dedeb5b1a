// What the desk reads of the server, from the schemas that it validates with.
import type { z } from 'zod';
import type * as s from '../../../contract/schemas/desk.ts';

export type DeskOptions = z.infer<typeof s.DeskOptions>;
export type ActPreview = z.infer<typeof s.ActPreview>;
export type Effect = ActPreview['effects'][number];
export type RiskFlag = ActPreview['riskFlags'][number];
export type CaseOpened = z.infer<typeof s.CaseOpened>;
export type BypassIssued = z.infer<typeof s.BypassIssued>;
export type CallerCheckStarted = z.infer<typeof s.CallerCheck>;
export type CallerCheckState = z.infer<typeof s.CallerCheckState>;
export type Case = z.infer<typeof s.Case>;
export type Inbox = z.infer<typeof s.Inbox>;
export type Cases = z.infer<typeof s.Cases>;
export type CaseApproved = z.infer<typeof s.CaseApproved>;
export type Action = DeskOptions['actions'][number]['action'];
export type How = 'push' | 'code' | 'call-back' | 'in-person';

/** How the caller was verified, as an action is sent with it. */
export interface Checked {
  readonly how: How;
  readonly challenge?: string;
}

/** The members an action is asked with. */
export interface Members {
  readonly authenticator?: string;
  readonly phone?: string;
  readonly id?: string;
  readonly mode?: 'add' | 'replace' | 'replace-at-once';
  readonly name?: string;
  readonly email?: string;
  readonly hours?: number;
  readonly uses?: number;
  readonly kdf?: 'argon2id' | 'pbkdf2-sha256';
  /** Phones that end with a registration; asked for over the API only, and kept. */
  readonly revokePhones?: readonly string[];
}
