// What the rollout cockpit asks and answers.
import { z } from 'zod';
import { text, typeName } from '../schemas.ts';
import { Hotline, PlanPoint } from './rollout.ts';

const instant = () => z.string().meta({ format: 'date-time' });
const phase = () => z.enum(['sms-only', 'coexist', 'totp-only']);
const effect = () =>
  z.enum(['same', 'forced', 'too-old', 'shut-out']).meta({
    description:
      'What the next login meets: the same as today; binding; a refusal until the client is updated; a refusal that only somebody else can help with',
  });
const frequency = () => z.enum(['often', 'rarely', 'never']);
const perEffect = () => z.strictObject({ same: z.int(), forced: z.int(), 'too-old': z.int(), 'shut-out': z.int() });
const perFrequency = () => z.strictObject({ often: z.int(), rarely: z.int(), never: z.int() });
const cohort = () => z.string().nullable().meta({ description: 'null: accounts in no cohort' });
const date = () => z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const share = () => z.number().min(0).max(1);

const forecast = () =>
  z
    .strictObject({
      method: z.string(),
      error: z.number().nullable().meta({ description: 'by how much the method missed today, a week ago' }),
      days: z.array(z.strictObject({ date: date(), share: share(), low: share(), high: share() })),
    })
    .nullable();

export const Cockpit = z
  .strictObject({
    phase: phase(),
    since: instant().nullable().meta({ description: 'when that phase began; null: longer ago than is known' }),
    cutovers: z
      .array(
        z.strictObject({
          id: z.string(),
          cohort: cohort(),
          phase: phase(),
          status: z.enum(['running', 'paused']),
          percent: z.number(),
          startedAt: instant(),
          stageAt: instant().meta({ description: 'since when it takes so many' }),
        }),
      )
      .meta({ description: 'those that take some accounts and not yet all; phases are told of the others' }),
    schedule: z.array(z.strictObject({ at: instant(), phase: phase(), cohort: z.string().optional() })),
    limitAffected: z.int().nullable(),
    accounts: z.int(),
    bound: z.int(),
    frequency: perFrequency(),
    cohorts: z.array(
      z.strictObject({ cohort: cohort(), phase: phase(), accounts: z.int(), bound: z.int(), unbound: perFrequency() }),
    ),
    adoption: z.array(
      z.strictObject({
        cohort: z.string().nullable().meta({ description: 'null: all together; "": accounts in no cohort' }),
        days: z.array(z.strictObject({ date: date(), accounts: z.int(), bound: z.int() })),
        forecast: forecast(),
      }),
    ),
    forecast: forecast(),
    hours: z.array(
      z.strictObject({
        at: instant(),
        started: z.int(),
        satisfied: z.int(),
        bySms: z.int(),
        rejected: z.int(),
        refused: z.int(),
      }),
    ),
    plan: z.array(PlanPoint).meta({ description: 'the share that is to be bound by a date' }),
    hotline: Hotline.nullable().meta({ description: 'null: the usual assumptions' }),
    campaigns: z.array(
      z.strictObject({ at: instant(), cohort: z.string().nullable(), reminded: z.int(), reason: z.string() }),
    ),
    exceptions: z.array(z.strictObject({ account: z.string(), until: instant() })),
  })
  .meta({ id: 'Cockpit' });

export const PreviewSwitch = z
  .strictObject({
    phase: phase(),
    cohort: text(64).optional(),
    at: z.iso.datetime({ offset: true }).optional().meta({ description: 'when it would be; now if absent' }),
  })
  .meta({ id: 'PreviewSwitch' });

export const SwitchPreview = z
  .strictObject({
    effects: perEffect(),
    often: perEffect().meta({ description: 'the same among accounts that log in often' }),
    within7Days: perEffect().meta({ description: 'accounts expected to meet it within a week' }),
    byCohort: z.array(z.strictObject({ cohort: cohort(), effects: perEffect() })),
    oldClients: z.array(z.strictObject({ client: z.string(), version: z.string(), accounts: z.int() })),
    callsPerDay: z.int(),
    limit: z.int().nullable(),
    hotline: z
      .strictObject({
        method: z.string(),
        assumed: Hotline.meta({ description: 'the shares that call; of the policy, or the usual ones' }),
        capacity: z.int().nullable(),
        error: z
          .number()
          .nullable()
          .meta({ description: 'by how much the same profile missed last week’s logins, a share' }),
        perDay: z.array(z.number()).length(7),
        hours: z.array(z.strictObject({ at: instant(), calls: z.number() })).length(168),
      })
      .meta({ description: 'calls expected in the week after the switch' }),
    remaining: z
      .strictObject({ share: share(), low: share(), high: share() })
      .meta({ description: 'of the accounts unbound today, the share that still is on that day' }),
    loginsByHour: z.array(z.int()).length(24).meta({ description: 'per hour of the day, UTC, mean of four weeks' }),
  })
  .meta({ id: 'SwitchPreview' });

export const affectedQuery = z.strictObject({
  phase: phase(),
  effect: effect(),
  cohort: text(64).optional(),
  after: text(200).optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
});

export const Affected = z
  .strictObject({
    items: z.array(
      z.strictObject({
        account: z.string(),
        name: z.string().optional(),
        cohort: z.string().optional(),
        bound: z.array(typeName()),
        effect: effect(),
        frequency: frequency(),
        client: z.string().optional(),
        version: z.string().optional(),
        lastLoginAt: instant().optional(),
        remindedAt: instant().optional(),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'AffectedAccounts' });

export const Remind = z
  .strictObject({
    cohort: text(64).optional(),
    most: z.int().min(1).max(100_000).meta({ description: 'at most so many accounts this time' }),
    reason: text(500),
  })
  .meta({ id: 'Remind' });

export const Reminded = z
  .strictObject({ reminded: z.int(), skipped: z.int(), more: z.boolean() })
  .meta({ id: 'Reminded' });
