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
    { op: 'insert-veto', holds: veto(), clashes: true },
    {
      op: 'use-veto',
      before: [veto(), veto({ hash: `${hash}_late`, expiresAt: now })],
      refused: [
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
