// What each guarded write of the operators' desk assumes, for writes.test.ts.
import type { Write, WriteNamed, WriteOp } from '../../src/core/commit.ts';
import { accountRow, anId } from './stores.ts';

interface Case {
  readonly op: WriteOp;
  readonly before?: readonly Write[];
  readonly refused?: readonly Write[];
  readonly holds: Write;
  readonly once?: boolean;
  readonly clashes?: boolean;
}

export function deskCases(account: string, now: number): readonly Case[] {
  const id = anId('cas');
  const hash = anId('veto');
  const asked = (more: Partial<WriteNamed<'insert-case'>['case']> = {}): Write => ({
    op: 'insert-case',
    case: {
      id,
      tenantId: 't1',
      accountId: account,
      account,
      action: 'unbind',
      input: { authenticator: 'aut_1' },
      reason: 'R01',
      note: null,
      callerCheck: { how: 'call-back', challenge: null, to: '***0001' },
      effects: [{ kind: 'methods-removed', count: 1 }],
      riskFlags: ['third-reset'],
      situation: 'as it is',
      requester: { login: 'lin', id: 'acc_lin', sessionId: 'ses_1' },
      via: 'operator:lin',
      ip: '203.0.113.7',
      status: 'submitted',
      revision: 1,
      expiresAt: now + 10_000,
      ...more,
    },
  });
  const decide = (more: Partial<WriteNamed<'decide-case'>> = {}): Write => ({
    op: 'decide-case',
    id,
    tenantId: 't1',
    revision: 1,
    to: 'executed',
    by: 'kim',
    reason: null,
    ...more,
  });
  const edit = (more: Partial<WriteNamed<'edit-case'>['case']> = {}): Write => ({
    op: 'edit-case',
    case: {
      id,
      tenantId: 't1',
      input: {},
      reason: 'R02',
      note: 'another phone',
      callerCheck: null,
      effects: [],
      riskFlags: [],
      situation: 'as it is now',
      revision: 1,
      expiresAt: now + 20_000,
      ...more,
    },
  });
  const veto = (more: object = {}): Write => ({
    op: 'insert-veto',
    hash,
    tenantId: 't1',
    accountId: account,
    expiresAt: now + 10_000,
    ...more,
  });
  const change = { added: ['aut_new'], removed: ['aut_old'] };
  const use: Write = { op: 'use-veto', hash, accountId: account };
  const there: Write = { op: 'insert-account', account: accountRow(account) };
  const freeze: Write = { op: 'freeze-account', accountId: account };
  return [
    { op: 'insert-case', holds: asked(), clashes: true },
    {
      op: 'edit-case',
      before: [asked(), asked({ id: `${id}_late`, expiresAt: now })],
      refused: [edit({ revision: 2 }), edit({ tenantId: 't2' }), edit({ id: `${id}_late` })],
      holds: edit(),
      once: true,
    },
    {
      op: 'decide-case',
      before: [asked(), asked({ id: `${id}_late`, expiresAt: now })],
      refused: [decide({ revision: 2 }), decide({ tenantId: 't2' }), decide({ id: `${id}_late` })],
      holds: decide(),
      once: true,
    },
    { op: 'veto-cases', before: [asked()], holds: { op: 'veto-cases', accountId: account } },
    {
      op: 'note-act',
      holds: {
        op: 'note-act',
        act: {
          id: anId('act'),
          tenantId: 't1',
          accountId: account,
          action: 'unlock',
          operator: 'lin',
          reason: 'R04',
          callerCheck: null,
          caseId: null,
        },
      },
      clashes: true,
    },
    {
      op: 'insert-veto',
      before: [veto({ hash: `${hash}_before`, change, seen: now }), { ...use, hash: `${hash}_before` }],
      // Decided in the millisecond of the objection is decided without it.
      refused: [veto({ change, seen: now - 1 }), veto({ change, seen: now })],
      holds: veto({ change, seen: now + 1 }),
      clashes: true,
    },
    {
      op: 'expect-changes',
      before: [
        veto(),
        veto({ hash: `${hash}_change`, change, seen: now }),
        veto({ hash: `${hash}_late`, change, seen: now, expiresAt: now }),
      ],
      refused: [
        { op: 'expect-changes', accountId: account, count: 0 },
        { op: 'expect-changes', accountId: account, count: 2 },
      ],
      holds: { op: 'expect-changes', accountId: account, count: 1 },
    },
    {
      op: 'settle-changes',
      before: [veto({ change, seen: now }), use],
      refused: [{ op: 'settle-changes', accountId: anId('acc'), hash, since: now, isLifted: true }],
      holds: { op: 'settle-changes', accountId: account, hash, since: now, isLifted: true },
    },
    {
      op: 'close-changes',
      before: [veto({ change, seen: now })],
      holds: { op: 'close-changes', accountId: account },
    },
    {
      op: 'use-veto',
      before: [
        veto(),
        veto({ hash: `${hash}_late`, expiresAt: now }),
        veto({ hash: `${hash}_closed`, change, seen: now }),
        { op: 'close-changes', accountId: account },
      ],
      refused: [
        { ...use, hash: `${hash}_closed` },
        { ...use, accountId: anId('acc') },
        { ...use, hash: `${hash}_late` },
      ],
      holds: use,
      once: true,
    },
    { op: 'freeze-account', before: [there], holds: freeze },
    {
      op: 'thaw-account',
      before: [there, veto(), use, freeze],
      refused: [{ op: 'thaw-account', accountId: anId('acc') }],
      holds: { op: 'thaw-account', accountId: account },
      once: true,
    },
    { op: 'lift-vetoes', before: [veto(), use], holds: { op: 'lift-vetoes', accountId: account } },
  ];
}
