// What each guarded write of enrolment assumes, for writes.test.ts.

import type { Write, WriteOp } from '../../src/core/commit.ts';
import type { Ticket } from '../../src/core/enrolment/enrolment.ts';
import { anId } from './stores.ts';

interface Case {
  readonly op: WriteOp;
  readonly before?: readonly Write[];
  readonly refused?: readonly Write[];
  readonly holds: Write;
  readonly once?: boolean;
}

export const ticketRow = (accountId: string, now: number, more: Partial<Ticket> = {}): Write => {
  const ticket: Ticket = {
    id: anId('tic'),
    tenantId: 't1',
    accountId,
    kind: 'issue',
    status: 'open',
    issue: 1,
    createdAt: now,
    expiresAt: now + 10_000,
    ...more,
  };
  return {
    op: 'insert-ticket',
    ticket,
    tokenHash: `hash of ${ticket.id}`,
    codeTag: 'tag',
    codeKey: new Uint8Array(32),
  };
};

export const phoneRow = (
  accountId: string,
  ticketId: string,
  slot: number,
  more: Partial<Extract<Write, { op: 'insert-phone' }>> = {},
): Extract<Write, { op: 'insert-phone' }> => ({
  op: 'insert-phone',
  id: anId('phn'),
  tenantId: 't1',
  accountId,
  ticketId,
  issue: 1,
  slot,
  name: 'Phone',
  platform: 'test',
  signKey: 'k',
  boxKey: 'k',
  role: 'sub',
  ...more,
});

/** An app authenticator of a phone. */
export const keyRow = (accountId: string, phoneId: string, status: 'pending' | 'active', now: number): Write => ({
  op: 'insert-authenticator',
  tenantId: 't1',
  accountId,
  id: anId('aut'),
  type: 'app',
  status,
  params: `SHA256/6/60/${phoneId}`,
  label: null,
  secret: new Uint8Array(32),
  expiresAt: status === 'pending' ? now + 10_000 : null,
});

export function enrolmentCases(account: string, now: number): readonly Case[] {
  const id = anId('tic');
  const phone = anId('phn');
  const other = anId('acc');
  const ticket = ticketRow(account, now, { id });
  const begun: readonly Write[] = [ticket, phoneRow(account, id, 1, { id: phone })];
  const activation = anId('tic');
  const pin: Write = { op: 'begin-pin', tenantId: 't1', accountId: account, salt: 's' };
  const put = (from: number): Extract<Write, { op: 'put-pin' }> => ({
    op: 'put-pin',
    tenantId: 't1',
    accountId: account,
    from,
    issue: 1,
    salt: 's',
    tag: new Uint8Array(32),
    kdf: 'argon2id',
  });
  const complete = (of: string, slot: string, pinEpoch = 1): Write => ({
    op: 'complete-phone',
    accountId: of,
    id: slot,
    role: 'main',
    pinEpoch,
  });
  const nonce = (value: string, expiresAt = now + 1000): Write => ({
    op: 'put-nonce',
    accountId: account,
    id: phone,
    nonce: value,
    expiresAt,
  });
  const revoke: Extract<Write, { op: 'revoke-phone' }> = { op: 'revoke-phone', accountId: account, id: phone };
  return [
    {
      op: 'insert-ticket',
      before: [ticketRow(account, now)],
      refused: [ticket],
      holds: ticketRow(other, now),
      once: true,
    },
    { op: 'void-tickets', before: [ticket], holds: { op: 'void-tickets', accountId: account } },
    {
      op: 'use-activation',
      before: [ticket, ticketRow(account, now, { id: activation, kind: 'activation' })],
      refused: [
        { op: 'use-activation', id, accountId: account },
        { op: 'use-activation', id: activation, accountId: other },
      ],
      holds: { op: 'use-activation', id: activation, accountId: account },
      once: true,
    },
    {
      op: 'insert-phone',
      before: begun,
      refused: [
        // A slot that is taken, a ticket that is another's, one that is none.
        phoneRow(account, id, 1),
        phoneRow(other, id, 2),
        phoneRow(account, anId('tic'), 2),
      ],
      holds: phoneRow(account, id, 2),
      once: true,
    },
    { op: 'begin-pin', holds: pin, once: true },
    {
      op: 'expect-pin',
      before: [pin, put(0)],
      refused: [
        { op: 'expect-pin', accountId: account, epoch: 0, isSet: true },
        { op: 'expect-pin', accountId: account, epoch: 1, isSet: false },
        { op: 'expect-pin', accountId: other, epoch: 1, isSet: true },
      ],
      holds: { op: 'expect-pin', accountId: account, epoch: 1, isSet: true },
    },
    {
      op: 'put-pin',
      before: [pin, put(0)],
      refused: [put(0), put(2), { ...put(1), kdf: 'pbkdf2-sha256' }],
      holds: put(1),
      once: true,
    },
    {
      op: 'reset-pin',
      before: [pin, put(0)],
      refused: [0, 2].map((from) => ({ op: 'reset-pin', accountId: account, from })),
      holds: { op: 'reset-pin', accountId: account, from: 1 },
      once: true,
    },
    {
      op: 'complete-phone',
      before: begun,
      refused: [complete(other, phone), complete(account, anId('phn'))],
      holds: complete(account, phone),
    },
    { op: 'demote-others', before: begun, holds: { op: 'demote-others', accountId: account, issue: 1, except: phone } },
    {
      op: 'use-phone',
      before: begun,
      refused: [{ op: 'use-phone', accountId: other, id: phone }],
      holds: { op: 'use-phone', accountId: account, id: phone },
    },
    {
      op: 'revoke-phone',
      before: begun,
      refused: [{ op: 'revoke-phone', accountId: other, id: phone }],
      holds: revoke,
      once: true,
    },
    {
      op: 'restore-phone',
      before: [
        pin,
        put(0),
        ...begun,
        complete(account, phone),
        revoke,
        phoneRow(account, id, 2, { id: `${phone}_old` }),
        complete(account, `${phone}_old`, 0),
        { ...revoke, id: `${phone}_old` },
      ],
      refused: [
        // It would come back with a PIN that is no more.
        { op: 'restore-phone', accountId: account, id: `${phone}_old` },
        { op: 'restore-phone', accountId: other, id: phone },
        { op: 'restore-phone', accountId: account, id: anId('phn') },
      ],
      holds: { op: 'restore-phone', accountId: account, id: phone },
      once: true,
    },
    { op: 'revoke-older-phones', before: begun, holds: { op: 'revoke-older-phones', accountId: account, issue: 2 } },
    {
      op: 'revoke-unbegun-phones',
      before: begun,
      holds: { op: 'revoke-unbegun-phones', accountId: account, issue: 0 },
    },
    { op: 'drop-revoked-keys', before: begun, holds: { op: 'drop-revoked-keys', accountId: account } },
    { op: 'drop-other-keys', before: begun, holds: { op: 'drop-other-keys', accountId: account, phoneId: phone } },
    { op: 'drop-pending-key', before: begun, holds: { op: 'drop-pending-key', accountId: account, phoneId: phone } },
    {
      op: 'put-nonce',
      before: begun,
      refused: [{ op: 'put-nonce', accountId: other, id: phone, nonce: 'n', expiresAt: now + 1000 }],
      holds: nonce('n'),
    },
    {
      op: 'use-nonce',
      before: [...begun, nonce('right')],
      refused: [
        { op: 'use-nonce', accountId: account, id: phone, nonce: 'wrong' },
        { op: 'use-nonce', accountId: other, id: phone, nonce: 'right' },
      ],
      holds: { op: 'use-nonce', accountId: account, id: phone, nonce: 'right' },
      once: true,
    },
  ];
}
