// What each guarded write of mini-programs assumes, for writes.test.ts.
import type { Write, WriteNamed, WriteOp } from '../../src/core/commit.ts';
import { HMAC_KEY } from '../../src/core/enrolment/enrolment.ts';
import { keyRow, phoneRow, ticketRow } from './enrolment-cases.ts';
import { anId } from './stores.ts';

interface Case {
  readonly op: WriteOp;
  readonly before?: readonly Write[];
  readonly refused?: readonly Write[];
  readonly holds: Write;
  readonly once?: boolean;
  readonly clashes?: boolean;
}

export function wechatCases(account: string, now: number): readonly Case[] {
  const ticket = anId('tic');
  const id = anId('phn');
  const other = anId('acc');
  const open = ticketRow(account, now, { id: ticket, kind: 'wechat', issue: 0 });
  const joined = phoneRow(account, ticket, 1, { id, issue: 0, signKey: HMAC_KEY });
  const of = { tenantId: 't1', accountId: account } as const;
  const put: Write = { op: 'put-wechat', ...of, phoneId: id, appId: 'wx', tag: 'tag', openid: 'o6' };
  const complete: Write = { op: 'complete-phone', accountId: account, id, role: 'main', pinEpoch: 0 };
  const key = {
    ...(keyRow(account, id, 'active', now) as WriteNamed<'insert-authenticator'>),
    type: 'wechat',
  } as const;
  const renew: Write = {
    op: 'renew-key',
    ...of,
    id: key.id,
    phoneId: id,
    params: key.params,
    secret: new Uint8Array(32),
  };
  const spend: Write = { op: 'use-wechat-ticket', accountId: account, phoneId: id };
  const allow = (from: number): Write => ({ op: 'allow-reminder', accountId: account, phoneId: id, from });
  const use = (from: number): Write => ({ op: 'use-reminder', accountId: account, phoneId: id, from });
  return [
    { op: 'put-wechat', holds: put, clashes: true },
    { op: 'void-wechat-tickets', before: [open], holds: { op: 'void-wechat-tickets', accountId: account } },
    {
      op: 'use-wechat-ticket',
      before: [open, joined],
      refused: [
        { ...spend, accountId: other },
        { ...spend, phoneId: anId('phn') },
      ],
      holds: spend,
      once: true,
    },
    {
      op: 'retire-wechat',
      before: [open, joined],
      holds: { op: 'retire-wechat', accountId: account, except: null },
    },
    {
      op: 'renew-key',
      before: [open, joined, complete, key],
      refused: [
        { ...renew, accountId: other },
        { ...renew, id: anId('aut') },
        { ...renew, phoneId: anId('phn') },
      ],
      holds: renew,
    },
    { op: 'allow-reminder', before: [put], holds: allow(0) },
    { op: 'use-reminder', before: [put, allow(0)], refused: [use(0), use(2)], holds: use(1), once: true },
  ];
}
