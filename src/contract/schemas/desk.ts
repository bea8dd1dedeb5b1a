// What operators do for customers: previews, cases that wait for a second operator, verification of callers, bypass codes, objections.
import { z } from 'zod';
import { ACCOUNT_ACTIONS, ACTION_NAMES } from '../policy-console.ts';
import { instant, OperatorAct, text, typeName } from '../schemas.ts';
import { KdfName } from './app.ts';
import { BulkChanges } from './bulk.ts';
import { riskFlags } from './risk.ts';

const effects = () =>
  z
    .array(
      z.strictObject({
        kind: z.enum([
          'freezes-end',
          'account-opens',
          'objection-lifted',
          'suspension-stays',
          'methods-removed',
          'recovery-codes-void',
          'phones-revoked',
          'phones-unsynced',
          'pin-forgotten',
          'registrations-void',
          'registration-sent',
          'trust-ended',
          'sessions-ended',
          'logins-ended',
          'app-passwords-revoked',
          'app-passwords-stay',
          'contacts-changed',
          'bypass-issued',
          'bypass-ended',
          'accounts-join',
          'accounts-leave',
          'accounts-unbound',
          'let-off',
        ]),
        count: z.int(),
      }),
    )
    .meta({ description: 'What it does, or would do: kinds with how many of each' });

/** The members of all actions; which an action takes, its own call says. */
const members = {
  authenticator: text(64).optional(),
  mode: z.enum(['add', 'replace', 'replace-at-once']).optional(),
  revokePhones: z.array(text(64)).max(5).optional(),
  phone: text(64).optional(),
  name: text(100).optional(),
  email: text(254).optional(),
  id: text(64).optional(),
  hours: z.int().min(1).max(72).optional(),
  uses: z.int().min(1).max(10).optional(),
  kdf: KdfName.optional(),
};

export const PreviewAct = z
  .strictObject({
    action: z.enum(ACCOUNT_ACTIONS),
    verified: z.boolean().optional().meta({ description: 'The caller is verified, or will be before it is done' }),
    ...members,
  })
  .meta({ id: 'PreviewAct' });
export const ActPreview = z
  .strictObject({
    effects: effects(),
    riskFlags: riskFlags(),
    needsSecond: z.boolean().meta({ description: 'It would wait for a second operator' }),
    callerCheck: z.enum(['required', 'recorded', 'off']),
  })
  .meta({ id: 'ActPreview' });

/** The answer of any action that waits for a second operator. */
export const CaseOpened = z
  .strictObject({
    case: z.strictObject({
      id: z.string().meta({ example: 'cas_0f3kq…' }),
      riskFlags: riskFlags(),
      expiresAt: instant(),
    }),
  })
  .meta({ id: 'CaseOpened' });

export const IssueBypass = OperatorAct.extend({
  hours: z.int().min(1).max(72),
  uses: z.int().min(1).max(10).optional().meta({ description: 'How many codes, each good once; 1 when absent' }),
}).meta({ id: 'IssueBypass' });
export const BypassIssued = z
  .strictObject({
    codes: z.array(z.string()).meta({ description: 'Shown in this reply and never again' }),
    expiresAt: instant(),
  })
  .meta({ id: 'BypassIssued' });
export const Revoked = z.strictObject({ revoked: z.array(z.string()) }).meta({ id: 'Revoked' });

const state = () => z.enum(['submitted', 'executed', 'failed', 'returned', 'withdrawn', 'vetoed', 'expired']);
export const CaseQuery = z.strictObject({
  status: state().optional(),
  account: text(200).optional(),
  after: text(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
export const Case = z
  .strictObject({
    id: z.string(),
    action: z.enum(ACTION_NAMES),
    account: z.string().optional(),
    status: state(),
    revision: z.int(),
    input: z.record(z.string(), z.unknown()).meta({ description: "The action's own members, contacts masked" }),
    reason: z.string(),
    reasonText: z.string().optional().meta({ description: "The policy's words for it, in the language asked for" }),
    note: z.string().optional(),
    callerCheck: z
      .strictObject({
        how: z.enum(['push', 'code', 'call-back', 'in-person']),
        to: z.string().optional().meta({ description: 'The masked number that was called back' }),
      })
      .optional(),
    effects: effects(),
    riskFlags: riskFlags(),
    requester: z.string(),
    isMine: z.boolean().meta({ description: 'You asked for it' }),
    submittedAt: instant(),
    expiresAt: instant(),
    decidedBy: z.string().optional(),
    decidedAt: instant().optional(),
    decisionReason: z.string().optional(),
  })
  .meta({ id: 'Case' });
export const Cases = z
  .strictObject({
    items: z.array(Case),
    next: z.string().nullable(),
    waiting: z.int().meta({ description: 'How many wait for a second operator' }),
  })
  .meta({ id: 'Cases' });
export const Inbox = z
  .strictObject({
    items: z.array(
      z.strictObject({
        kind: z.enum(['case', 'cutover', 'bulk']).meta({ description: 'which call decides it' }),
        id: z.string(),
        action: z.enum(ACTION_NAMES),
        account: z.string().optional(),
        cohort: z
          .string()
          .nullable()
          .optional()
          .meta({ description: 'of a cut-over (null: everybody else), or of what is asked of a cohort' }),
        percent: z.number().optional().meta({ description: 'the first stage of a cut-over' }),
        name: z.string().optional().meta({ description: 'of bulk work' }),
        rows: z.int().optional(),
        changes: BulkChanges.optional(),
        reason: z.string(),
        riskFlags: riskFlags(),
        requester: z.string(),
        askedAt: instant(),
        expiresAt: instant(),
        mayDecide: z.boolean(),
        why: z
          .enum(['own', 'same-session', 'made-lately', 'role'])
          .optional()
          .meta({ description: 'why you do not decide it: nobody decides their own' }),
      }),
    ),
    mine: z.int().meta({ description: 'how many of them you may decide' }),
  })
  .meta({ id: 'Inbox' });
export const ApproveCase = z
  .strictObject({ revision: z.int().meta({ description: 'The one that was looked at' }) })
  .meta({ id: 'ApproveCase' });
export const ReturnCase = ApproveCase.extend({ reason: text(500) }).meta({ id: 'ReturnCase' });
export const EditCase = OperatorAct.omit({ operator: true })
  .extend({ revision: z.int(), input: z.strictObject(members) })
  .meta({ id: 'EditCase' });
export const CaseApproved = z
  .strictObject({
    case: Case,
    bypass: BypassIssued.optional().meta({ description: 'The codes that were asked for: shown here and never again' }),
  })
  .meta({ id: 'CaseApproved' });

export const StartCallerCheck = z
  .strictObject({
    how: z.enum(['push', 'code']),
    authenticator: text(64).optional(),
    operator: text(100).optional(),
  })
  .meta({ id: 'StartCallerCheck' });
const offered = z.strictObject({ id: z.string(), type: typeName(), hint: z.string(), sends: z.boolean() });
export const CallerCheck = z
  .strictObject({
    challenge: z.string(),
    offered: z.array(offered),
    number: z.string().optional().meta({ description: 'For a push: tell it to the customer, who types it' }),
    sentTo: z.array(z.string()),
    expiresAt: instant(),
  })
  .meta({ id: 'CallerCheckStarted' });
export const CallerCheckState = z
  .strictObject({ status: z.enum(['waiting', 'verified', 'used', 'denied', 'expired']) })
  .meta({ id: 'CallerCheckState' });
export const AnswerCallerCheck = z
  .strictObject({ output: z.string().min(1).max(64) })
  .meta({ id: 'AnswerCallerCheck' });

const named = z.strictObject({ id: z.string(), name: z.string() });
export const DeskOptions = z
  .strictObject({
    account: z.string(),
    reasons: z.array(z.strictObject({ code: z.string(), text: z.string() })),
    callerCheck: z.enum(['required', 'recorded', 'off']),
    bypass: z.strictObject({ hours: z.int(), uses: z.int() }),
    vetoHours: z.int(),
    actions: z.array(z.strictObject({ action: z.enum(ACCOUNT_ACTIONS), second: z.enum(['always', 'risky', 'never']) })),
    methods: z.array(z.strictObject({ id: z.string(), type: typeName(), hint: z.string() })),
    phones: z.array(named),
    trustedDevices: z.array(named),
    appPasswords: z.array(named),
    phone: z.string().optional().meta({ description: 'The number on file, masked: for a call-back' }),
    email: z.string().optional().meta({ description: 'The mail address on file, masked' }),
    pin: z
      .strictObject({ kdf: KdfName, mayFallback: z.boolean() })
      .optional()
      .meta({ description: 'what its PIN goes through, and whether the policy allows the weaker one' }),
    mayPush: z.boolean(),
    cases: z.array(z.string()).meta({ description: 'Cases of this account that wait' }),
  })
  .meta({ id: 'DeskOptions' });

export const Objection = z
  .strictObject({ account: text(200), code: text(40).meta({ description: 'The stop code in the notice' }) })
  .meta({ id: 'Objection' });

export const Objected = z
  .strictObject({
    outcome: z.enum(['restored', 'suspended']).meta({
      description:
        '`restored`: changes of methods are undone and the account is as it was before them; `suspended`: nobody uses it until an operator has looked at it',
    }),
    appPasswords: z.int().min(0).meta({ description: 'how many app passwords ended with it' }),
  })
  .meta({ id: 'Objected' });
