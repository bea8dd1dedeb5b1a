// What each guarded write of approvals assumes, for writes.test.ts.
import type { Approval } from '../../src/core/approval/approval.ts';
import type { Write, WriteOp } from '../../src/core/commit.ts';
import { phoneRow, ticketRow } from './enrolment-cases.ts';
import { anId, challengeRow } from './stores.ts';

interface Case {
  readonly op: WriteOp;
  readonly before?: readonly Write[];
  readonly refused?: readonly Write[];
  readonly holds: Write;
  readonly once?: boolean;
}

export function approvalCases(account: string, now: number): readonly Case[] {
  const other = anId('acc');
  const challenge = challengeRow(account, now);
  const asked: Write = { op: 'insert-challenge', challenge };
  const id = anId('apv');
  const begin = (more: Partial<Approval> = {}, verified = '', pushes = 0): Write => {
    const approval: Approval = {
      id,
      tenantId: 't1',
      accountId: account,
      challengeId: challenge.id,
      kind: 'scan',
      status: 'waiting',
      number: null,
      phoneId: null,
      trust: false,
      alerted: false,
      createdAt: now,
      claimUntil: now + 10_000,
      expiresAt: now + 10_000,
      decidedAt: null,
      ...more,
    };
    const tokenHash = approval.kind === 'scan' ? `hash of ${approval.id}` : null;
    return { op: 'insert-approval', approval, tokenHash, verified, since: now - 1000, pushes };
  };
  const ticket = anId('tic');
  const phone = anId('phn');
  const joined = anId('phn');
  const phones: readonly Write[] = [
    ticketRow(account, now, { id: ticket }),
    phoneRow(account, ticket, 1, { id: phone }),
    phoneRow(account, ticket, 2, { id: joined }),
    { op: 'complete-phone', accountId: account, id: phone, role: 'main', pinEpoch: 1 },
  ];
  const ready = [asked, ...phones, begin()];
  const claim = (more: object = {}): Write => ({
    op: 'claim-approval',
    id,
    accountId: account,
    phoneId: phone,
    ...more,
  });
  const decide = (more: object = {}): Write => ({
    op: 'decide-approval',
    id,
    accountId: account,
    phoneId: phone,
    from: 'claimed',
    to: 'approved',
    trust: true,
    signature: 's',
    ...more,
  });
  const subscribe = (more: object = {}): Write => ({
    op: 'put-subscription',
    tenantId: 't1',
    accountId: account,
    phoneId: phone,
    subscription: { endpoint: 'https://push.example/1', p256dh: 'p', auth: 'a' },
    ...more,
  });
  return [
    {
      op: 'insert-approval',
      before: [asked, begin({ id: anId('apv'), kind: 'push' })],
      refused: [
        begin({ challengeId: anId('lgn') }),
        begin({ accountId: other }),
        begin({}, 'app'),
        begin({ kind: 'push' }, '', 0),
        begin({ kind: 'push' }, '', 2),
      ],
      holds: begin({ kind: 'push' }, '', 1),
      once: true,
    },
    {
      op: 'claim-approval',
      before: ready,
      refused: [claim({ accountId: other }), claim({ phoneId: anId('phn') }), claim({ phoneId: joined })],
      holds: claim(),
      once: true,
    },
    {
      op: 'decide-approval',
      before: [...ready, claim()],
      refused: [decide({ from: 'waiting' }), decide({ accountId: other }), decide({ phoneId: joined })],
      holds: decide(),
      once: true,
    },
    { op: 'close-approvals', before: ready, holds: { op: 'close-approvals', challengeId: challenge.id, except: '' } },
    {
      op: 'alert-approval',
      before: ready,
      refused: [{ op: 'alert-approval', id: anId('apv') }],
      holds: { op: 'alert-approval', id },
      once: true,
    },
    {
      op: 'put-subscription',
      before: phones,
      refused: [subscribe({ phoneId: joined }), subscribe({ accountId: other })],
      holds: subscribe(),
    },
    {
      op: 'drop-subscription',
      before: [...phones, subscribe()],
      holds: { op: 'drop-subscription', phoneId: phone },
    },
    {
      op: 'refuse-challenge',
      before: [asked],
      refused: [
        { op: 'refuse-challenge', id: challenge.id, accountId: other, from: '' },
        { op: 'refuse-challenge', id: challenge.id, accountId: account, from: 'app' },
      ],
      holds: { op: 'refuse-challenge', id: challenge.id, accountId: account, from: '' },
      once: true,
    },
  ];
}
