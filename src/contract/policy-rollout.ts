// The part of the policy document about the rollout, and how it is written back into the document.
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { mistake } from './policy-mistakes.ts';

const phase = () => z.enum(['sms-only', 'coexist', 'totp-only']);
const share = () => z.number().min(0).max(1);
const instant = () => z.iso.datetime({ offset: true });

/** `rollout`: the phase in force, what is planned, and what a switch may cost. */
export const RolloutSection = z.strictObject({
  phase: phase(),
  cohorts: z.record(z.string(), phase()).default({}),
  schedule: z.array(z.strictObject({ at: instant(), phase: phase(), cohort: z.string().optional() })).default([]),
  stages: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(64).meta({ description: 'the cut-over; also what decides who goes first' }),
        phase: phase(),
        percent: z.number().min(0).max(100),
        cohort: z.string().optional(),
      }),
    )
    .max(50)
    .optional()
    .meta({ description: 'cut-overs under way: the share of accounts that is in `phase` already' }),
  exceptions: z
    .record(z.string().min(1).max(200), instant())
    .optional()
    .refine((all) => Object.keys(all ?? {}).length <= 500, mistake('many-accounts'))
    .meta({ description: 'accounts that stay in coexist until then, whatever is switched; 500 at most' }),
  limitAffected: z.int().min(0).optional().meta({
    description: 'a switch to totp-only that would force more accounts than this to bind needs an override',
  }),
  plan: z
    .array(z.strictObject({ date: z.iso.date(), share: share() }))
    .max(50)
    .optional()
    .meta({ description: 'the share of accounts that is to be bound by a date' }),
  hotline: z
    .strictObject({
      callsPerDay: z.int().min(0).optional().meta({ description: 'calls the desk can take on a day' }),
      forced: share().default(0.08).meta({ description: 'of those led into binding, the share that calls' }),
      tooOld: share().default(0.35).meta({ description: 'of those refused for an old client' }),
      shutOut: share().default(0.9).meta({ description: 'of those nothing but help lets in' }),
    })
    .optional(),
});

const OPTIONAL = ['stages', 'exceptions', 'plan', 'hotline'] as const;

/** What of a rollout is written back. */
export interface WrittenRollout {
  readonly phase: string;
  readonly cohorts: Readonly<Record<string, string>>;
  readonly schedule: readonly { at: string; phase: string; cohort?: string | undefined }[];
  readonly stages?: unknown;
  readonly exceptions?: unknown;
  readonly plan?: unknown;
  readonly hotline?: unknown;
}

/** The document with another rollout in it; comments and order stay. What is empty goes. */
export function editRollout(document: string, rollout: WrittenRollout): string {
  const yaml = parseDocument(document);
  yaml.setIn(['rollout', 'phase'], rollout.phase);
  yaml.setIn(['rollout', 'cohorts'], yaml.createNode(rollout.cohorts));
  yaml.setIn(['rollout', 'schedule'], yaml.createNode(rollout.schedule));
  for (const name of OPTIONAL) {
    const value = rollout[name];
    const isEmpty = value === undefined || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
    if (isEmpty) yaml.deleteIn(['rollout', name]);
    else yaml.setIn(['rollout', name], yaml.createNode(value));
  }
  return yaml.toString({ lineWidth: 0 });
}
