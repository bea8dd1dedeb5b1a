// The part of the policy document about a tenant's operators: what waits for a second one, what an action must say, and how its owner may object.
import { z } from 'zod';
import { mistake } from './policy-mistakes.ts';

/** What an operator may do. */
export const ACTION_NAMES = [
  'unlock',
  'register',
  'revoke-phone',
  'revoke-trust',
  'revoke-app-password',
  'unbind',
  'reset-pin',
  'change-person',
  'bypass',
  'publish-policy',
  'switch-phase',
  'apply-cohort',
  'rollout-exception',
  'override-limit',
  'bulk',
] as const;

/** Those about one account. */
export const ACCOUNT_ACTIONS = [
  'unlock',
  'register',
  'revoke-phone',
  'revoke-trust',
  'revoke-app-password',
  'unbind',
  'reset-pin',
  'change-person',
  'bypass',
] as const;

const actions = () => z.array(z.enum(ACTION_NAMES)).default([]);
const words = () =>
  z.union([z.string().min(1).max(60), z.strictObject({ 'zh-CN': z.string(), 'zh-HK': z.string(), en: z.string() })]);

const REASONS = [
  { code: 'R01', text: { 'zh-CN': '手机遗失或被盗', 'zh-HK': '遺失手機或被盜', en: 'Phone lost or stolen' } },
  { code: 'R02', text: { 'zh-CN': '更换手机', 'zh-HK': '更換手機', en: 'New phone' } },
  { code: 'R03', text: { 'zh-CN': '忘记 PIN', 'zh-HK': '忘記 PIN', en: 'Forgotten PIN' } },
  { code: 'R04', text: { 'zh-CN': '账号冻结', 'zh-HK': '帳戶凍結', en: 'Account locked' } },
  { code: 'R05', text: { 'zh-CN': '被授权人变更', 'zh-HK': '更改獲授權人', en: 'Authorised person changed' } },
  { code: 'R06', text: { 'zh-CN': '身在海外', 'zh-HK': '身在海外', en: 'Overseas' } },
];

/** `console`: what operators do, and how it is guarded. */
export const ConsoleSection = z
  .strictObject({
    secondOperator: actions().meta({ description: 'actions that always wait for a second operator' }),
    secondOperatorWhenRisky: actions().meta({ description: 'actions that do when there is a risk flag' }),
    reasons: z
      .array(z.strictObject({ code: z.string().regex(/^[A-Za-z0-9-]{1,16}$/), text: words() }))
      .min(1)
      .max(40)
      .default(REASONS)
      .meta({ description: 'the reasons an operator chooses from' }),
    caseHours: z.int().min(1).max(72).default(4).meta({ description: 'how long a case waits for its second operator' }),
    vetoHours: z
      .int()
      .min(0)
      .max(168)
      .default(24)
      .meta({ description: 'how long the customer may object by a code in the notice; 0: only by calling' }),
    bypassHours: z.int().min(1).max(72).default(8).meta({ description: 'the longest life of temporary bypass codes' }),
    bypassUses: z
      .int()
      .min(1)
      .max(10)
      .default(3)
      .meta({ description: 'codes given at once, at most; each is good once' }),
    bypassEndsAtLogin: z
      .boolean()
      .default(true)
      .meta({ description: 'bypass codes end when their owner logs in with a method of their own' }),
    callerCheck: z.enum(['required', 'recorded', 'off']).default('recorded').meta({
      description: 'whether the person who asks must be verified first: always, as recorded, or not asked about',
    }),
    bulkRows: z
      .int()
      .min(0)
      .max(1_000_000)
      .default(100)
      .meta({ description: 'bulk work of more rows, begun by one operator within an hour, waits for a second one' }),
    actionsPerHour: z.int().min(1).max(10_000).default(60).meta({ description: 'of one operator' }),
  })
  .refine(
    ({ reasons }) => new Set(reasons.map(({ code }) => code.toLowerCase())).size === reasons.length,
    mistake('reason-twice'),
  )
  .prefault({})
  .meta({ description: 'operators: second operators, reasons, verification of callers, objections, bypass codes' });
