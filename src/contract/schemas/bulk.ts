// What bulk work asks and answers.
import { z } from 'zod';
import { accountName, instant, locale, text } from '../schemas.ts';
import { riskFlag, riskFlags } from './risk.ts';

const kind = () => z.enum(['import', 'register', 'unbind']);
const rowStatus = () => z.enum(['waiting', 'done', 'refused', 'failed']);
const line = () => z.int().min(1).max(10_000_000).meta({ description: 'the line of the file' });
const raw = () => z.string().max(2000);

export const CreateBulk = z
  .strictObject({ kind: kind(), name: text(100), reason: text(500) })
  .meta({ id: 'CreateBulk' });

/** A row as it stands in the file; what is wrong with it is told with the row, and holds nobody else up. */
export const PutBulkRows = z
  .strictObject({
    rows: z
      .array(
        z.strictObject({
          line: line(),
          account: raw(),
          name: raw().optional(),
          phone: raw().optional(),
          email: raw().optional(),
          cohort: raw().optional(),
          locale: raw().optional(),
          mistake: text(200)
            .optional()
            .meta({ description: 'why the line could not be read; the row is reported with it, and not done' }),
        }),
      )
      .min(1)
      .max(500),
  })
  .meta({ id: 'PutBulkRows' });

/** What a row must be to be done. */
export const BulkRowInput = z.strictObject({
  account: accountName(),
  name: text(200).optional(),
  phone: text(40).optional(),
  email: text(254).optional(),
  cohort: text(64).optional(),
  locale: locale().optional(),
});

const field = () => z.enum(['name', 'phone', 'email', 'cohort', 'locale']);
export const BulkChanges = z
  .strictObject({
    new: z.int().meta({ description: 'accounts it makes' }),
    same: z.int().meta({ description: 'rows that change nothing' }),
    name: z.int(),
    phone: z.int(),
    email: z.int(),
    cohort: z.int(),
    locale: z.int(),
  })
  .meta({
    id: 'BulkChanges',
    description: 'How many rows of an import make or change what, of those that can be done',
  });

export const BulkJob = z
  .strictObject({
    id: z.string(),
    kind: kind(),
    name: z.string(),
    reason: z.string(),
    reasonText: z.string().optional().meta({ description: "The policy's words for it, in the language asked for" }),
    status: z.enum(['draft', 'asked', 'running', 'paused', 'done', 'stopped']),
    operator: z.string(),
    approvedBy: z.string().optional(),
    createdAt: instant(),
    expiresAt: instant()
      .optional()
      .meta({ description: 'while it waits: until when a second operator may let it begin' }),
    isMine: z.boolean().meta({ description: 'you drew it up' }),
    startedAt: instant().optional(),
    endedAt: instant().optional(),
    rows: z.strictObject({ waiting: z.int(), done: z.int(), refused: z.int(), failed: z.int() }),
    changes: BulkChanges.optional().meta({ description: 'of an import' }),
    riskFlags: z
      .array(z.strictObject({ flag: riskFlag(), rows: z.int() }))
      .meta({ description: 'What speaks for a second look, and at how many rows' }),
  })
  .meta({ id: 'BulkJob' });
export const BulkJobs = z
  .strictObject({
    items: z.array(BulkJob),
    next: z.string().nullable(),
    reasons: z.array(z.strictObject({ code: z.string(), text: z.string() })),
    alone: z
      .strictObject({ import: z.int(), register: z.int(), unbind: z.int() })
      .meta({ description: 'by kind: how many rows one operator may begin within an hour without a second one' }),
    changesWait: z.boolean().meta({
      description:
        'an import that changes phone or mail of accounts there are waits for a second operator, however few the rows',
    }),
  })
  .meta({ id: 'BulkJobs' });

export const bulkRowsQuery = z.strictObject({
  status: rowStatus().optional(),
  mark: z
    .union([z.enum(['new', 'same']), field(), riskFlag()])
    .optional()
    .meta({ description: 'rows that make an account, change nothing, change this, or have this flag' }),
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
export const BulkRows = z
  .strictObject({
    items: z.array(
      z.strictObject({
        line: z.int(),
        account: z.string(),
        status: rowStatus(),
        code: z.string().optional(),
        told: z.string().optional().meta({ description: 'the same in words of the language asked for' }),
        detail: z.string().optional(),
        at: instant().optional(),
        isNew: z.boolean().optional().meta({ description: 'of an import: it makes the account' }),
        changes: z
          .array(z.strictObject({ field: field(), from: z.string().nullable(), to: z.string().nullable() }))
          .optional()
          .meta({
            description:
              'of an import: what it changes, contacts masked, as of when the row was checked. A row that would change something else by now is not done',
          }),
        riskFlags: riskFlags(),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'BulkRows' });
