// What operators ask of customers: search, one page of everything, the timeline, why a login went as it did, and the audit log.
import { z } from 'zod';
import { accountName, instant, locale, page, suspensions, TraceStep, text, typeName } from '../schemas.ts';

const phase = () => z.enum(['sms-only', 'coexist', 'totp-only']).meta({ description: 'Rollout phase' });
const limit = () => z.coerce.number().int().min(1).max(200).optional();

export const searchQuery = z.strictObject({
  q: text(200).meta({
    description:
      'An account number or its beginning; a name or part of it in any language; a phone, or its last four digits; a mail address or its beginning',
    example: '大文',
  }),
  in: z.enum(['account', 'name', 'phone', 'mail']).optional().meta({ description: 'Look for this only' }),
  after: text(200).optional(),
  limit: limit(),
});

export const Customers = z
  .strictObject({
    items: z.array(
      z.strictObject({
        account: z.string(),
        name: z.string().optional(),
        phoneHint: z.string().optional(),
        emailHint: z.string().optional(),
        status: z.enum(['active', 'suspended']),
        cohort: z.string().optional(),
        foundBy: z.enum(['account', 'name', 'phone', 'mail']),
      }),
    ),
    next: z.string().nullable(),
    isComplete: z.boolean().meta({
      description:
        'False while accounts of before an upgrade are still being indexed: some are found by number only, or by the name as it is spelt',
    }),
  })
  .meta({ id: 'Customers' });

const at = () => instant().nullable();

export const Customer = z
  .strictObject({
    id: z.string(),
    account: z.string(),
    name: z.string().optional(),
    status: z.enum(['active', 'suspended']),
    suspensions: suspensions(),
    locked: z
      .strictObject({ failures: z.int(), since: instant(), until: at() })
      .nullable()
      .meta({ description: 'What stops codes or passwords from being taken; `until` null: an operator ends it' }),
    phase: phase(),
    cohort: z.string().optional(),
    locale: locale(),
    createdAt: instant(),
    lastLoginAt: at(),
    sessions: z.int().meta({ description: 'open in browsers' }),
    contacts: z
      .strictObject({ phone: z.string().nullable(), email: z.string().nullable() })
      .meta({ description: 'masked' }),
    methods: z.array(
      z.strictObject({
        id: z.string(),
        type: typeName(),
        hint: z.string(),
        status: z.enum(['active', 'frozen']),
        boundAt: instant(),
        codesLeft: z.int().optional(),
      }),
    ),
    mayBind: z.array(typeName()),
    phones: z.strictObject({
      used: z.int(),
      of: z.int(),
      pinSet: z.boolean(),
      registration: z
        .strictObject({ status: z.enum(['open', 'expired', 'void', 'used', 'used-up']), expiresAt: instant() })
        .nullable(),
      items: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          platform: z.string(),
          kind: z.enum(['app', 'wechat']),
          role: z.enum(['main', 'sub']),
          status: z.enum(['active', 'unsynced', 'revoked']),
          joinedAt: instant(),
          lastUsedAt: at(),
        }),
      ),
    }),
    trustedDevices: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        ip: z.string().nullable(),
        createdAt: instant(),
        lastUsedAt: instant(),
        expiresAt: instant(),
      }),
    ),
    appPasswords: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        protocols: z.array(z.string()),
        createdAt: instant(),
        expiresAt: at(),
        lastUse: z.strictObject({ at: instant(), protocol: z.string(), ip: z.string().nullable() }).nullable(),
      }),
    ),
    clientDevices: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        client: z.string(),
        version: z.string(),
        status: z.enum(['active', 'revoked']),
        firstUsedAt: instant(),
        lastUsedAt: instant(),
      }),
    ),
    messages: z
      .array(
        z.strictObject({
          channel: z.enum(['sms', 'email', 'push', 'wechat']),
          purpose: z.enum(['code', 'notice']),
          to: z.string().meta({ description: 'masked' }),
          status: z.string(),
          at: instant(),
          sentAt: at(),
          error: z.string().optional(),
        }),
      )
      .meta({ description: 'The last ones, newest first, of the last thirty days' }),
  })
  .meta({ id: 'Customer' });

export const timelineKind = () => z.enum(['logins', 'bindings', 'operators', 'risk']);
export const timelineQuery = z.strictObject({
  kind: timelineKind().optional(),
  after: text(40).optional(),
  limit: limit(),
});

const data = () =>
  z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .meta({ description: 'Names, ids, counts and reasons; never a secret, code, PIN or password' });

export const Happening = z
  .strictObject({
    seq: z.int().meta({ description: 'Its number in the audit log' }),
    at: instant(),
    event: z.string(),
    actor: z.string(),
    kinds: z.array(timelineKind()),
    login: z.string().optional().meta({ description: 'The login it belongs to: ask why of it' }),
    where: z
      .strictObject({
        client: z.string(),
        version: z.string(),
        ip: z.string().optional(),
        device: z.string().optional(),
        userAgent: z.string().optional(),
      })
      .optional()
      .meta({ description: 'From where; forgotten after thirty days' }),
    data: data(),
  })
  .meta({ id: 'Happening' });
export const Timeline = page(Happening, 'Timeline');

export const LoginWhy = z
  .strictObject({
    login: z.string(),
    account: z.string(),
    purpose: z.string(),
    at: instant(),
    policyVersion: z.int(),
    policyVersionNow: z.int(),
    isRecorded: z.boolean().meta({
      description: 'False for a login of before this was kept: judged by the policy and the account of today',
    }),
    facts: z.strictObject({
      client: z.string(),
      version: z.string(),
      tooOld: z.boolean(),
      phase: phase(),
      cohort: z.string().nullable(),
      bound: z.array(typeName()),
    }),
    decision: z.strictObject({
      kind: z.enum(['allow', 'challenge', 'enrol', 'refuse']),
      types: z.array(typeName()),
      recovery: z.array(typeName()),
      why: z.string().optional(),
    }),
    trusted: z.string().optional().meta({ description: 'The trusted device that stood in for the second step' }),
    refusal: z
      .string()
      .optional()
      .meta({ description: 'The problem it was refused with, which may be none of the policy’s' }),
    trace: z.array(TraceStep),
    steps: z.array(Happening).meta({ description: 'Everything that happened in it, oldest first' }),
  })
  .meta({ id: 'LoginWhy' });

const filters = {
  event: text(60).optional().meta({ description: 'An event, or the beginning of its name', example: 'binding.' }),
  actor: text(200).optional().meta({ description: 'Who did it, or the beginning of that', example: 'operator:' }),
  account: accountName().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
};
export const auditQuery = z.strictObject({ ...filters, after: text(40).optional(), limit: limit() });
export const auditExportQuery = z.strictObject({ ...filters, format: z.enum(['jsonl', 'csv']).optional() });

export const AuditPage = page(
  z
    .strictObject({
      seq: z.int(),
      at: instant(),
      event: z.string(),
      actor: z.string(),
      account: z
        .string()
        .nullable()
        .meta({ description: 'The account’s number for those who may see customers, otherwise its id' }),
      data: data(),
    })
    .meta({ id: 'AuditEntry' }),
  'AuditPage',
);
