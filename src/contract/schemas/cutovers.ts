// What cut-overs are begun with and told as.
import { z } from 'zod';
import { text } from '../schemas.ts';

const instant = () => z.string().meta({ format: 'date-time' });
const promise = () =>
  z.enum(['hotline-staffed', 'roll-back-person', 'customers-told']).meta({ description: 'what no check can tell' });
const status = () => z.enum(['asked', 'running', 'paused', 'done', 'rolled-back', 'ended']);
const phase = () => z.enum(['sms-only', 'coexist', 'totp-only']);
const stages = () =>
  z
    .array(z.number().min(0.01).max(100))
    .min(1)
    .max(10)
    .meta({ description: 'per cent of the accounts, each more than the one before, the last 100' });

export const CheckCutover = z.strictObject({ cohort: text(64).optional() }).meta({ id: 'CheckCutover' });
export const CutoverChecks = z
  .strictObject({
    checks: z.array(
      z.strictObject({
        id: z.enum([
          'accounts',
          'limit',
          'switches',
          'adoption',
          'told',
          'clients',
          'shut-out',
          'recovery',
          'hotline',
          'exceptions',
          'channel',
        ]),
        level: z.enum(['ok', 'warn', 'stop']),
        count: z.int(),
        of: z.int(),
      }),
    ),
    stages: z.array(
      z.strictObject({
        percent: z.number(),
        accounts: z.int(),
        forced: z.int(),
        'too-old': z.int(),
        'shut-out': z.int(),
      }),
    ),
  })
  .meta({ id: 'CutoverChecks' });

export const StartCutover = z
  .strictObject({
    cohort: text(64).optional().meta({ description: 'absent: everybody in no cohort with a phase of its own' }),
    stages: stages().optional(),
    threshold: z.number().min(0.001).max(1).optional().meta({
      description: 'pauses when more than this share of those who try do not get in; 0.05 when absent',
    }),
    least: z.int().min(1).max(10_000).optional().meta({ description: '…and they are at least so many; 5 when absent' }),
    stageMinutes: z
      .int()
      .min(1)
      .max(43_200)
      .optional()
      .meta({ description: 'how long a stage is watched; 60 when absent' }),
    goesOn: z.boolean().optional().meta({ description: 'the next stage begins by itself' }),
    reason: text(500),
    override: z.boolean().optional().meta({ description: 'go beyond the limit of the policy, for that reason' }),
    promises: z.array(promise()).max(3),
  })
  .meta({ id: 'StartCutover' });

export const StepCutover = z
  .strictObject({
    step: z.enum(['approve', 'withdraw', 'advance', 'pause', 'resume', 'roll-back']),
    reason: text(500),
    override: z.boolean().optional(),
    revision: z.int().optional().meta({ description: 'what you saw; refused when it changed since' }),
  })
  .meta({ id: 'StepCutover' });

export const Cutover = z
  .strictObject({
    id: z.string(),
    cohort: z.string().nullable(),
    phase: phase(),
    status: status(),
    pausedWhy: z.enum(['failures', 'limit', 'operator']).nullable(),
    stages: z.array(z.number()),
    stage: z.int().meta({ description: 'which of the stages is in force, from 0' }),
    percent: z.number(),
    threshold: z.number(),
    least: z.int(),
    stageMinutes: z.int(),
    goesOn: z.boolean(),
    overridden: z.boolean(),
    reason: z.string(),
    actor: z.string(),
    isMine: z.boolean().meta({ description: 'you asked for it' }),
    askedUntil: instant()
      .nullable()
      .meta({ description: 'while it waits: until when a second operator may let it begin' }),
    approvedBy: z.string().nullable().meta({ description: 'the second operator, where the policy wants one' }),
    startedAt: instant(),
    stageAt: instant(),
    endedAt: instant().nullable(),
    rollBackUntil: instant().nullable().meta({ description: 'null while it is open, and when it cannot be any more' }),
    canRollBack: z.boolean(),
    revision: z.int(),
    tried: z.int().meta({ description: 'accounts of its share that tried since the stage began' }),
    gotIn: z.int(),
    failing: z.int(),
    failureShare: z.number(),
  })
  .meta({ id: 'Cutover' });
export const Cutovers = z.strictObject({ items: z.array(Cutover) }).meta({ id: 'Cutovers' });

export const FailingAccounts = z
  .strictObject({
    items: z.array(
      z.strictObject({
        account: z.string(),
        name: z.string().optional(),
        triedAt: instant(),
        why: z.string().nullable().meta({ description: 'null: begun and not finished' }),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'FailingAccounts' });
