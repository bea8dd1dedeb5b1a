// Cohorts by rules, the funnel, the plan and the exceptions of the rollout.
import { z } from 'zod';
import { accountName, text } from '../schemas.ts';
import { CaseOpened } from './desk.ts';

const instant = () => z.string().meta({ format: 'date-time' });
const share = () => z.number().min(0).max(1);
export const cohortName = () =>
  z
    .string()
    .min(1)
    .max(64)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u, 'letters, digits, blanks, dots, lines');

export const CohortRule = z
  .strictObject({
    lastLogin: z
      .array(z.enum(['often', 'rarely', 'never']))
      .min(1)
      .max(3)
      .optional()
      .meta({ description: 'how often it logs in: about weekly or more, once in ninety days, not in ninety days' }),
    clients: z.array(text(64)).min(1).max(50).optional().meta({ description: 'the client of the last login' }),
    olderThan: z
      .string()
      .regex(/^\d{1,9}(\.\d{1,9}){0,11}$/)
      .optional()
      .meta({ description: 'the version of that client is older; one that tells none is' }),
    bound: z.enum(['nothing', 'sms-only', 'strong']).optional().meta({ description: 'what it has bound' }),
    phoneOutside: z
      .array(z.string().regex(/^[A-Z]{2}$/))
      .min(1)
      .max(50)
      .optional()
      .meta({ description: 'its number is of none of these countries' }),
    isListed: z.boolean().optional().meta({ description: 'only accounts on the list of the cohort' }),
    takesOthers: z.boolean().optional().meta({ description: 'also accounts that are in another cohort' }),
  })
  .meta({ id: 'CohortRule', description: 'All that is given must hold' });

export const SaveCohort = z
  .strictObject({
    rule: CohortRule,
    listed: z.array(accountName()).max(2000).optional().meta({ description: 'accounts added to its list' }),
    reason: text(500),
  })
  .meta({ id: 'SaveCohort' });
export const RunCohort = z
  .strictObject({
    mode: z.enum(['count', 'apply']).meta({ description: 'apply what was counted within the last hour' }),
    reason: text(500),
    override: z.boolean().optional().meta({ description: 'go beyond the limit of the policy, for that reason' }),
  })
  .meta({ id: 'RunCohort' });
export const RuledCohort = z
  .strictObject({
    name: z.string(),
    rule: CohortRule,
    run: z
      .enum(['new', 'counting', 'counted', 'applying', 'applied', 'stopped'])
      .meta({ description: 'stopped: it would have moved more than was counted' }),
    listed: z.int(),
    matching: z.int(),
    joining: z.int(),
    leaving: z.int(),
    unbound: z.int().meta({
      description:
        'without a strong method and asked for one by it, put in or out; where it asks nobody, of the joining',
    }),
    actor: z.string(),
    changedAt: instant(),
    ranAt: instant().nullable(),
    revision: z.int(),
  })
  .meta({ id: 'RuledCohort' });
/** A run that was begun, or the case that waits for a second operator. */
export const CohortRun = z.union([RuledCohort, CaseOpened]).meta({ id: 'CohortRun' });
export const SavedCohort = RuledCohort.extend({
  unknown: z
    .strictObject({ count: z.int(), first: z.array(z.string()) })
    .meta({ description: 'accounts of its list that there are none of; the first of them by name' }),
}).meta({ id: 'SavedCohort' });
export const RuledCohorts = z.strictObject({ items: z.array(RuledCohort) }).meta({ id: 'RuledCohorts' });

export const Funnel = z
  .strictObject({
    steps: z.array(
      z.strictObject({
        step: z.enum(['told', 'opened', 'scanned', 'verified', 'used']),
        all: z.int().meta({ description: 'accounts that came at least so far' }),
        told: z.int().meta({ description: 'of them, those that were told' }),
      }),
    ),
    clients: z.array(z.strictObject({ client: z.string(), version: z.string(), reached: z.array(z.int()).length(5) })),
  })
  .meta({ id: 'Funnel' });

export const Hotline = z
  .strictObject({
    callsPerDay: z.int().min(0).max(10_000_000).optional(),
    forced: share(),
    tooOld: share(),
    shutOut: share(),
  })
  .meta({ id: 'Hotline' });
export const PlanPoint = z.strictObject({ date: z.iso.date(), share: share() }).meta({ id: 'PlanPoint' });
export const PutPlan = z
  .strictObject({ plan: z.array(PlanPoint).max(50), hotline: Hotline.optional(), reason: text(500) })
  .meta({ id: 'PutPlan' });
export const PutException = z
  .strictObject({
    account: accountName(),
    until: z.iso.datetime({ offset: true }).nullable().meta({ description: 'null: no longer' }),
    reason: text(500),
  })
  .meta({ id: 'PutException' });
export const Version = z.strictObject({ version: z.int() }).meta({ id: 'PolicyVersion' });
