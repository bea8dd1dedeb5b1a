// Every write of the commit vocabulary on every store: it holds when its assumption does, and otherwise nothing of its commit is written.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Write, WriteOp } from '../../src/core/commit.ts';
import { WRITE_STATEMENTS } from '../../src/storage/writes.ts';
import { approvalCases } from './approval-cases.ts';
import { bulkCases } from './bulk-cases.ts';
import { deskCases } from './desk-cases.ts';
import { enrolmentCases } from './enrolment-cases.ts';
import { operatorCases } from './operator-cases.ts';
import { rolloutCases } from './rollout-cases.ts';
import {
  accountRow,
  anId,
  authenticatorRow,
  challengeRow,
  event,
  eventsOf,
  STORES,
  type StoreUnderTest,
} from './stores.ts';
import { wechatCases } from './wechat-cases.ts';

interface Case {
  readonly op: WriteOp;
  /** What is committed before. */
  readonly before?: readonly Write[];
  /** Rows no write makes. */
  readonly rows?: readonly string[];
  /** Assumptions that do not hold. */
  readonly refused?: readonly Write[];
  readonly holds: Write;
  /** True when the same write must not hold a second time. */
  readonly once?: boolean;
  /** True when a second one breaks a key of the table: a fault, with nothing written. */
  readonly clashes?: boolean;
}

const message = (accountId: string, id = anId('msg'), tenantId = 't1'): Write => ({
  op: 'enqueue',
  message: {
    id,
    tenantId,
    accountId,
    channel: 'sms',
    to: '+85291230001',
    text: 'code 123456',
    purpose: 'code',
    expiresAt: 4e12,
  },
});

/** A case of each write for a fresh account. `now` is the database's time. */
function cases(account: string, now: number, tenantVersion: number): readonly Case[] {
  const aut = anId('aut');
  const scope = anId('scope');
  const challenge = challengeRow(account, now);
  const proof = challengeRow(account, now, { status: 'satisfied', purpose: 'unbind' });
  const sent = (count: number, tag = `tag${count}`): Write => ({
    op: 'put-sent-code',
    challengeId: challenge.id,
    authenticatorId: aut,
    tag,
    expiresAt: now + 1000,
    count,
  });
  const step = (at: number): Write => ({
    op: 'spend-step',
    authenticatorId: aut,
    step: Math.floor(at / 30_000),
    periodSeconds: 30,
    lookAhead: 2,
  });
  const failures: Write[] = [1, 2].map((n) => ({ op: 'count-failure', scope, n }));
  const device = (deviceId: string): Write => ({
    op: 'see-device',
    accountId: account,
    deviceId,
    id: `id-${deviceId}`,
    name: 'Phone',
    clientId: 'star-9.5',
    version: '1',
  });
  const key = (id: string): Write => ({
    op: 'insert-key',
    tenantId: 't1',
    id,
    name: 'k',
    hash: 'h',
    scopes: ['a', 'b'],
    clientId: null,
    clientVersion: null,
    expiresAt: null,
  });
  const keyId = anId('key');
  const appPassword = anId('apw');
  const mailPassword = (id: string, most: number, tag = id): Write => ({
    op: 'insert-app-password',
    tenantId: 't1',
    accountId: account,
    id,
    tag,
    pepperId: 'pep_1',
    name: 'Foxmail',
    protocols: ['imap', 'smtp'],
    expiresAt: null,
    most,
  });
  const noted = (id: string): Write => ({
    op: 'note-app-password',
    accountId: account,
    id,
    protocol: 'imap',
    ip: '203.0.113.7',
  });
  const link = (tokenHash: string, expiresAt: number): Write => ({
    op: 'insert-mail-profile',
    tokenHash,
    tenantId: 't1',
    accountId: account,
    appPasswordId: appPassword,
    sealed: new Uint8Array([1, 2]),
    expiresAt,
  });
  const [visitHash, gone, late, sessionId] = [anId('vis'), anId('vis'), anId('vis'), anId('ses')];
  const trustId = anId('trd');
  const trust = (id: string, most: number): Write => ({
    op: 'insert-trust',
    device: {
      id,
      tenantId: 't1',
      accountId: account,
      key: 'spki',
      hash: `hash ${id}`,
      name: 'Browser',
      ip: null,
      sessionId: 'ses_1',
      expiresAt: 4e12,
    },
    most,
  });
  const visit = (hash: string, expiresAt = 4e12): Write => ({
    op: 'insert-visit',
    visit: { hash, tenantId: 't1', accountId: account, challengeId: challenge.id, sessionId: null, expiresAt },
  });
  const session = (id: string): Write => ({
    op: 'insert-session',
    session: {
      id,
      hash: `hash ${id}`,
      tenantId: 't1',
      accountId: account,
      loginId: challenge.id,
      clientId: 'portal',
      verified: ['totp'],
      trustId: null,
      ip: null,
      userAgent: null,
      expiresAt: 4e12,
    },
  });
  const pending = anId('aut');
  const other = anId('acc');
  const foreign = anId('aut');
  const isThere: Write = { op: 'insert-account', account: accountRow(account) };
  const moved = {
    op: 'move-challenge',
    id: challenge.id,
    from: '',
    verified: 'totp',
    status: 'satisfied',
    withdrawn: 1,
    until: now + 60_000,
  } as const;
  return [
    {
      op: 'spend',
      before: [{ op: 'spend', authenticatorId: aut, mark: 100, lookAhead: 2 }],
      refused: [100, 99, 98].map((mark) => ({ op: 'spend', authenticatorId: aut, mark, lookAhead: 2 })),
      holds: { op: 'spend', authenticatorId: aut, mark: 101, lookAhead: 2 },
      once: true,
    },
    {
      op: 'spend-step',
      before: [step(now), { op: 'count-failure', scope, n: 1 }],
      refused: [
        ...[now, now - 30_000, now - 60_000].map((at) => step(at)),
        { ...step(now + 60_000), unfailed: scope } as Write,
      ],
      holds: step(now + 30_000),
      once: true,
    },
    {
      op: 'expect-failures',
      before: failures,
      refused: [0, 1, 3].map((count) => ({ op: 'expect-failures', scope, count })),
      holds: { op: 'expect-failures', scope, count: 2 },
    },
    {
      op: 'count-failure',
      before: failures,
      refused: [1, 2, 4].map((n) => ({ op: 'count-failure', scope, n })),
      holds: { op: 'count-failure', scope, n: 3 },
      once: true,
    },
    {
      op: 'clear-failures',
      before: failures,
      refused: [1, 3].map((count) => ({ op: 'clear-failures', scope, count })),
      holds: { op: 'clear-failures', scope, count: 2 },
      once: true,
    },
    {
      op: 'insert-challenge',
      before: [{ op: 'insert-account', account: accountRow(account, { status: 'suspended' }) }],
      // A suspended account begins a challenge, which nobody may answer; it is let in by none.
      refused: [{ op: 'insert-challenge', challenge: proof }],
      holds: { op: 'insert-challenge', challenge },
      clashes: true,
    },
    {
      op: 'move-challenge',
      before: [
        { op: 'insert-challenge', challenge },
        authenticatorRow(account, { id: aut }),
        authenticatorRow(account, { id: pending, type: 'sms', status: 'pending', expiresAt: now + 1000 }),
        authenticatorRow(other, { id: foreign }),
        // One was withdrawn; what was never in force, or is another's, does not count.
        { op: 'remove-authenticator', accountId: account, id: aut, keep: 0 },
        { op: 'drop-type', accountId: account, type: 'sms' },
        { op: 'remove-authenticator', accountId: other, id: foreign, keep: 0 },
      ],
      refused: [
        { ...moved, from: 'sms', verified: 'sms totp' },
        { ...moved, id: anId('lgn') },
        ...[0, 2].map((withdrawn): Write => ({ ...moved, withdrawn })),
        { ...moved, until: now },
      ],
      holds: moved,
      once: true,
    },
    {
      op: 'end-logins',
      before: [isThere, { op: 'insert-challenge', challenge }, { op: 'insert-challenge', challenge: proof }],
      holds: { op: 'end-logins', accountId: account, which: 'all' },
    },
    {
      op: 'use-proof',
      before: [isThere, { op: 'insert-challenge', challenge: proof }],
      refused: [
        { op: 'use-proof', id: proof.id, accountId: other, purpose: 'unbind', notBefore: 0 },
        { op: 'use-proof', id: proof.id, accountId: account, purpose: 'change', notBefore: 0 },
        { op: 'use-proof', id: proof.id, accountId: account, purpose: 'unbind', notBefore: now + 1 },
      ],
      holds: { op: 'use-proof', id: proof.id, accountId: account, purpose: 'unbind', notBefore: now },
      once: true,
    },
    { op: 'put-sent-code', before: [sent(0)], refused: [sent(0), sent(2)], holds: sent(1), once: true },
    {
      op: 'expect-codes-sent',
      before: [message(account)],
      refused: [0, 2].map((count) => ({
        op: 'expect-codes-sent',
        accountId: account,
        channel: 'sms',
        since: now,
        count,
      })),
      holds: { op: 'expect-codes-sent', accountId: account, channel: 'sms', since: now, count: 1 },
    },
    {
      op: 'expect-spend-below',
      before: [message(account, anId('msg'), account)],
      refused: [0, 1].map((below) => ({
        op: 'expect-spend-below',
        tenantId: account,
        channel: 'sms',
        since: now,
        below,
      })),
      holds: { op: 'expect-spend-below', tenantId: account, channel: 'sms', since: now, below: 2 },
    },
    {
      op: 'use-sent-code',
      before: [sent(0)],
      refused: [
        { op: 'use-sent-code', challengeId: challenge.id, authenticatorId: aut, tag: 'another' },
        { op: 'use-sent-code', challengeId: anId('lgn'), authenticatorId: aut, tag: 'tag0' },
        { op: 'use-sent-code', challengeId: challenge.id, authenticatorId: anId('aut'), tag: 'tag0' },
      ],
      holds: { op: 'use-sent-code', challengeId: challenge.id, authenticatorId: aut, tag: 'tag0' },
      once: true,
    },
    { op: 'insert-authenticator', holds: authenticatorRow(account, { id: aut }), clashes: true },
    {
      op: 'void-pending',
      before: [authenticatorRow(account, { status: 'pending', expiresAt: now + 1000 })],
      holds: { op: 'void-pending', accountId: account, type: 'totp' },
    },
    {
      op: 'void-begun',
      before: [authenticatorRow(account, { status: 'pending', expiresAt: now + 1000 })],
      holds: { op: 'void-begun', accountId: account },
    },
    {
      op: 'drop-void',
      before: [
        authenticatorRow(account, { status: 'pending', expiresAt: now + 1000 }),
        { op: 'void-pending', accountId: account, type: 'totp' },
      ],
      holds: { op: 'drop-void', accountId: account, before: now + 1 },
    },
    {
      op: 'confirm-authenticator',
      before: [isThere, authenticatorRow(account, { id: pending, status: 'pending', expiresAt: now + 1000 })],
      refused: [
        { op: 'confirm-authenticator', accountId: other, id: pending, type: 'totp', only: true },
        { op: 'confirm-authenticator', accountId: account, id: anId('aut'), type: 'totp', only: true },
      ],
      holds: { op: 'confirm-authenticator', accountId: account, id: pending, type: 'totp', only: true },
      once: true,
    },
    {
      op: 'remove-authenticator',
      before: [
        authenticatorRow(account, { id: aut }),
        authenticatorRow(account, { type: 'sms' }),
        authenticatorRow(account, { type: 'recovery-code' }),
      ],
      refused: [
        // Recovery codes do not count as something that stays.
        { op: 'remove-authenticator', accountId: account, id: aut, keep: 2 },
        { op: 'remove-authenticator', accountId: other, id: aut, keep: 0 },
      ],
      holds: { op: 'remove-authenticator', accountId: account, id: aut, keep: 1 },
      once: true,
    },
    {
      op: 'restore-authenticator',
      before: [
        authenticatorRow(account, { id: `${aut}_forgotten` }),
        { op: 'remove-authenticator', accountId: account, id: `${aut}_forgotten`, keep: 0 },
        { op: 'forget-former', accountId: account, id: null },
        authenticatorRow(account, { id: aut }),
        { op: 'remove-authenticator', accountId: account, id: aut, keep: 0 },
      ],
      refused: [
        { op: 'restore-authenticator', accountId: other, id: aut },
        { op: 'restore-authenticator', accountId: account, id: `${aut}_forgotten` },
        { op: 'restore-authenticator', accountId: account, id: anId('aut') },
      ],
      holds: { op: 'restore-authenticator', accountId: account, id: aut },
      once: true,
    },
    { op: 'forget-former', holds: { op: 'forget-former', accountId: account, id: aut } },
    {
      op: 'put-sms',
      holds: {
        op: 'put-sms',
        tenantId: 't1',
        accountId: account,
        id: aut,
        phone: '+85291230001',
        secret: new Uint8Array([1]),
      },
    },
    {
      op: 'drop-type',
      before: [authenticatorRow(account)],
      holds: { op: 'drop-type', accountId: account, type: 'totp' },
    },
    {
      op: 'drop-orphaned-codes',
      before: [authenticatorRow(account, { type: 'recovery-code' }), authenticatorRow(account, { type: 'sms' })],
      holds: { op: 'drop-orphaned-codes', accountId: account },
    },
    {
      op: 'see-device',
      before: [device('gone'), { op: 'revoke-device', accountId: account, id: 'id-gone' }],
      refused: [device('gone')],
      holds: device('here'),
    },
    {
      op: 'revoke-device',
      before: [device('here')],
      refused: [
        { op: 'revoke-device', accountId: account, id: 'id-other' },
        { op: 'revoke-device', accountId: other, id: 'id-here' },
      ],
      holds: { op: 'revoke-device', accountId: account, id: 'id-here' },
      once: true,
    },
    {
      op: 'insert-account',
      before: [{ op: 'insert-account', account: accountRow(account) }],
      refused: [{ op: 'insert-account', account: accountRow(anId('acc'), { canonical: account.toLowerCase() }) }],
      holds: { op: 'insert-account', account: accountRow(other) },
      once: true,
    },
    {
      op: 'update-account',
      before: [{ op: 'insert-account', account: accountRow(account) }],
      refused: [
        { op: 'update-account', account: accountRow(account, { name: 'x' }), revision: 2 },
        { op: 'update-account', account: accountRow(account, { tenantId: 't2' }), revision: 1 },
      ],
      holds: { op: 'update-account', account: accountRow(account, { name: 'New', status: 'suspended' }), revision: 1 },
      once: true,
    },
    {
      op: 'put-term',
      holds: { op: 'put-term', tenantId: 't1', accountId: account, term: { kind: 'name', term: '大文|陈' } },
    },
    {
      op: 'drop-term',
      before: [{ op: 'put-term', tenantId: 't1', accountId: account, term: { kind: 'mail', term: 'a@b.hk' } }],
      holds: { op: 'drop-term', tenantId: 't1', accountId: account, term: { kind: 'mail', term: 'a@b.hk' } },
    },
    {
      op: 'seal-binding',
      before: [authenticatorRow(account, { id: pending, type: 'passkey', status: 'pending', expiresAt: now + 60_000 })],
      refused: [
        {
          op: 'seal-binding',
          tenantId: 't1',
          accountId: other,
          id: pending,
          type: 'passkey',
          params: 'p',
          secret: new Uint8Array(8),
        },
        {
          op: 'seal-binding',
          tenantId: 't1',
          accountId: account,
          id: anId('aut'),
          type: 'passkey',
          params: 'p',
          secret: new Uint8Array(8),
        },
      ],
      holds: {
        op: 'seal-binding',
        tenantId: 't1',
        accountId: account,
        id: pending,
        type: 'passkey',
        params: 'p',
        secret: new Uint8Array(8),
      },
    },
    {
      op: 'claim-method',
      before: [
        authenticatorRow(account, { id: pending, type: 'passkey' }),
        { op: 'claim-method', tenantId: 't1', accountId: account, id: pending, name: `taken-${account}` },
      ],
      refused: [{ op: 'claim-method', tenantId: 't1', accountId: other, id: anId('aut'), name: `taken-${account}` }],
      holds: { op: 'claim-method', tenantId: 't1', accountId: account, id: pending, name: `free-${account}` },
      once: true,
    },
    {
      op: 'note-reminder',
      rows: [
        `INSERT INTO account_activity (account_id, tenant_id, cohort, status, bound, last_login_at, weight, last_client, last_version, reminded_at)
         VALUES ('${account}', 't1', NULL, 'active', '', NULL, 0, NULL, NULL, 1000)`,
      ],
      refused: [
        { op: 'note-reminder', tenantId: 't1', accountId: account, notSince: 1000 },
        { op: 'note-reminder', tenantId: 't1', accountId: other, notSince: 5000 },
      ],
      holds: { op: 'note-reminder', tenantId: 't1', accountId: account, notSince: 5000 },
      once: true,
    },
    { op: 'enqueue', holds: message(account), clashes: true },
    { op: 'cap-notices', holds: { op: 'cap-notices', accountId: account, id: anId('msg'), most: 20 } },
    { op: 'audit', holds: event(account, { a: 1 }) },
    {
      op: 'bump-tenant',
      refused: [tenantVersion - 1, tenantVersion + 1].map((version) => ({
        op: 'bump-tenant',
        tenantId: 't1',
        version,
      })),
      holds: { op: 'bump-tenant', tenantId: 't1', version: tenantVersion },
      once: true,
    },
    {
      op: 'insert-policy',
      refused: [{ op: 'insert-policy', tenantId: 't1', version: 1, document: 'x', actor: 'test', reason: 'r' }],
      holds: { op: 'insert-policy', tenantId: anId('other'), version: 1, document: 'x', actor: 'test', reason: 'r' },
      once: true,
    },
    ...enrolmentCases(account, now),
    ...rolloutCases(),
    ...wechatCases(account, now),
    ...operatorCases(account, now),
    ...approvalCases(account, now),
    ...deskCases(account, now),
    ...bulkCases(),
    { op: 'insert-key', holds: key(keyId), clashes: true },
    { op: 'insert-visit', holds: visit(visitHash), clashes: true },
    {
      op: 'end-visit',
      before: [visit(visitHash), visit(gone), { op: 'end-visit', hash: gone }, visit(late, 0)],
      refused: [gone, late, anId('vis')].map((hash) => ({ op: 'end-visit', hash })),
      holds: { op: 'end-visit', hash: visitHash },
      once: true,
    },
    {
      op: 'insert-trust',
      before: [trust(anId('trd'), 2)],
      refused: [trust(anId('trd'), 1)],
      holds: trust(anId('trd'), 2),
      once: true,
    },
    {
      op: 'use-trust',
      before: [trust(trustId, 9), trust(gone, 9), { op: 'revoke-trust', accountId: account, id: gone }],
      refused: [
        { op: 'use-trust', accountId: account, id: gone, from: `hash ${gone}`, to: 'next' },
        { op: 'use-trust', accountId: other, id: trustId, from: `hash ${trustId}`, to: 'next' },
        { op: 'use-trust', accountId: account, id: trustId, from: 'another', to: 'next' },
      ],
      holds: { op: 'use-trust', accountId: account, id: trustId, from: `hash ${trustId}`, to: 'next' },
      once: true,
    },
    { op: 'revoke-trust', holds: { op: 'revoke-trust', accountId: account, id: trustId } },
    { op: 'end-trust', holds: { op: 'end-trust', accountId: account } },
    {
      op: 'end-trusted-sessions',
      holds: { op: 'end-trusted-sessions', accountId: account, trustId: '', except: '' },
    },
    {
      op: 'expect-satisfied',
      before: [isThere, { op: 'insert-challenge', challenge: proof }, { op: 'insert-challenge', challenge }],
      refused: [challenge.id, anId('lgn')].map((id) => ({ op: 'expect-satisfied', id })),
      holds: { op: 'expect-satisfied', id: proof.id },
    },
    { op: 'cancel-challenge', holds: { op: 'cancel-challenge', id: challenge.id } },
    { op: 'insert-session', holds: session(sessionId), clashes: true },
    {
      op: 'renew-session',
      before: [session(sessionId), session(gone), { op: 'end-session', hash: `hash ${gone}` }],
      refused: [gone, anId('ses')].map((id) => ({
        op: 'renew-session',
        id,
        hash: anId('h'),
        proofId: 'lgn_1',
        verified: [],
      })),
      holds: { op: 'renew-session', id: sessionId, hash: `new ${sessionId}`, proofId: 'lgn_1', verified: ['totp'] },
    },
    {
      op: 'strengthen-session',
      before: [session(sessionId), session(gone), { op: 'end-session', hash: `hash ${gone}` }],
      refused: [gone, anId('ses')].map((id) => ({ op: 'strengthen-session', id, verified: ['totp'] })),
      holds: { op: 'strengthen-session', id: sessionId, verified: ['sms', 'totp'] },
    },
    { op: 'see-session', before: [session(sessionId)], holds: { op: 'see-session', id: sessionId } },
    { op: 'end-session', before: [session(sessionId)], holds: { op: 'end-session', hash: `hash ${sessionId}` } },
    { op: 'end-sessions', before: [session(sessionId)], holds: { op: 'end-sessions', accountId: account, except: '' } },
    {
      op: 'revoke-key',
      before: [key(keyId)],
      refused: [
        { op: 'revoke-key', tenantId: 't2', id: keyId },
        { op: 'revoke-key', tenantId: 't1', id: anId('key') },
      ],
      holds: { op: 'revoke-key', tenantId: 't1', id: keyId },
      once: true,
    },
    {
      op: 'insert-app-password',
      before: [mailPassword(appPassword, 1)],
      refused: [mailPassword(anId('apw'), 1)],
      holds: mailPassword(anId('apw'), 2),
      once: true,
    },
    {
      op: 'revoke-app-password',
      before: [mailPassword(appPassword, 1)],
      refused: [
        { op: 'revoke-app-password', accountId: other, id: appPassword },
        { op: 'revoke-app-password', accountId: account, id: anId('apw') },
      ],
      holds: { op: 'revoke-app-password', accountId: account, id: appPassword },
      once: true,
    },
    {
      op: 'revoke-app-passwords',
      before: [mailPassword(appPassword, 1)],
      holds: { op: 'revoke-app-passwords', accountId: account },
    },
    {
      op: 'revoke-app-passwords-since',
      before: [mailPassword(appPassword, 1)],
      holds: { op: 'revoke-app-passwords-since', accountId: account, since: 0 },
    },
    {
      op: 'expect-own-method',
      before: [authenticatorRow(account, { id: aut })],
      refused: [{ op: 'expect-own-method', accountId: other }],
      holds: { op: 'expect-own-method', accountId: account },
    },
    {
      op: 'expect-no-own-method',
      before: [authenticatorRow(account, { id: aut })],
      refused: [{ op: 'expect-no-own-method', accountId: account }],
      holds: { op: 'expect-no-own-method', accountId: other },
    },
    {
      op: 'note-app-password',
      before: [
        mailPassword(appPassword, 2),
        mailPassword('apw_gone', 2),
        { op: 'revoke-app-password', accountId: account, id: 'apw_gone' },
      ],
      refused: [noted('apw_gone'), noted('apw_none')],
      holds: noted(appPassword),
    },
    { op: 'insert-mail-profile', holds: link(anId('tok'), now + 1000), clashes: true },
    {
      op: 'use-mail-profile',
      before: [link(`${account}-1`, now + 1000)],
      refused: [{ op: 'use-mail-profile', tokenHash: 'another' }],
      holds: { op: 'use-mail-profile', tokenHash: `${account}-1` },
      once: true,
    },
  ];
}

describe.each(STORES)('$name', ({ open }) => {
  let store: StoreUnderTest;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  const setUp = async (
    op: string,
  ): Promise<{ account: string; of: Case; commit: (...writes: Write[]) => Promise<string> }> => {
    const account = anId('acc');
    const { ports, registry, db } = store.nodes[0].house;
    const { version } = await registry.get('t1', Number.POSITIVE_INFINITY);
    const of = cases(account, store.now(), version).find((c) => c.op === op);
    if (of === undefined) throw new Error(`the write ${op} has no case here: add one`);
    const commit = async (...writes: Write[]): Promise<string> => {
      const result = await ports.store.commit(account, writes);
      return result.kind === 'done' ? 'done' : result.op;
    };
    if (of.rows !== undefined) await db.run(of.rows.map((sql) => ({ sql, rows: 'any', values: {} })));
    if (of.before !== undefined) expect(await commit(...of.before)).toBe('done');
    return { account, of, commit };
  };

  describe.each(WRITE_STATEMENTS.map(({ op }) => op))('%s', (op) => {
    it(`NF-4 ${op}: an assumption that does not hold undoes its whole commit, whatever came before or after it`, async () => {
      const { account, of, commit } = await setUp(op);
      const audited = (await eventsOf(store.nodes[0], account)).length;
      for (const write of of.refused ?? []) {
        expect(await commit(event(account), write)).toBe(op);
        expect(await commit(write, event(account))).toBe(op);
      }
      expect(await eventsOf(store.nodes[0], account)).toHaveLength(audited);
      // What was refused left no trace: the right one holds.
      expect(await commit(of.holds)).toBe('done');
    });

    it(`NF-3 ${op}: holds with what follows it${op === 'audit' ? '' : ', and as often as it may'}`, async () => {
      const { account, of, commit } = await setUp(op);
      expect(await commit(of.holds, event(account, { kept: 'yes' }))).toBe('done');
      expect((await eventsOf(store.nodes[1], account)).at(-1)).toEqual({ kept: 'yes' });
      const count = (await eventsOf(store.nodes[1], account)).length;
      if (of.clashes === true) await expect(commit(event(account), of.holds)).rejects.toThrow(/unique|duplicate/i);
      else expect(await commit(event(account), of.holds)).toBe(of.once === true ? op : 'done');
      if (of.clashes === true || of.once === true) expect(await eventsOf(store.nodes[1], account)).toHaveLength(count);
    });
  });

  it('SCN-12 a challenge counts each method that is withdrawn while it is open, by whatever statement', async () => {
    const account = anId('acc');
    const { ports, db } = store.nodes[0].house;
    const [open, closed] = [
      challengeRow(account, store.now()),
      challengeRow(account, store.now(), { status: 'satisfied' }),
    ];
    const methods = ['deleted', 'voided', 'ended', 'kept'].map((why) => ({ why, id: anId('aut') }));
    await ports.store.commit(account, [
      { op: 'insert-account', account: accountRow(account) },
      ...[open, closed].map((challenge): Write => ({ op: 'insert-challenge', challenge })),
      ...methods.map(({ id }) => authenticatorRow(account, { id })),
    ]);
    const seen = async (): Promise<number | undefined> =>
      (await ports.store.challenge('t1', open.id, false))?.withdrawn;
    const sql: Readonly<Record<string, string>> = {
      deleted: 'DELETE FROM authenticators WHERE account_id = @account AND id = @id',
      voided: `UPDATE authenticators SET status = 'void' WHERE account_id = @account AND id = @id`,
      ended: 'UPDATE authenticators SET expires_at = 5 WHERE account_id = @account AND id = @id',
      kept: `UPDATE authenticators SET label = 'mine', status = 'active' WHERE account_id = @account AND id = @id`,
    };
    for (const [n, { why, id }] of methods.entries()) {
      await db.run([{ sql: sql[why] ?? '', rows: 'any', values: { account, id } }]);
      expect([why, await seen()]).toEqual([why, Math.min(n + 1, 3)]);
    }
    expect((await ports.store.challenge('t1', closed.id, false))?.withdrawn).toBe(0);
  });

  describe("expiry by the database's time, in the statement that consumes", () => {
    const expiring: Record<
      string,
      (account: string, id: string, expiresAt: number) => { before: readonly Write[]; use: Write }
    > = {
      'a login': (account, id, expiresAt) => ({
        before: [
          { op: 'insert-challenge', challenge: challengeRow(account, store.now(), { id, expiresAt }) },
          authenticatorRow(account, { id: `by-${id}` }),
        ],
        use: { op: 'move-challenge', id, from: '', verified: 'totp', status: 'satisfied', withdrawn: 0, until: null },
      }),
      'a case': (account, id, expiresAt) => ({
        before: [
          {
            op: 'insert-case',
            case: {
              id,
              tenantId: 't1',
              accountId: account,
              account,
              action: 'unlock',
              input: {},
              reason: 'R04',
              note: null,
              callerCheck: null,
              effects: [],
              riskFlags: [],
              situation: '',
              requester: { login: 'lin', id: null, sessionId: null },
              via: 'key:1',
              ip: null,
              status: 'submitted',
              revision: 1,
              expiresAt,
            },
          },
        ],
        use: { op: 'decide-case', id, tenantId: 't1', revision: 1, to: 'executed', by: 'kim', reason: null },
      }),
      'a way to object': (account, id, expiresAt) => ({
        before: [{ op: 'insert-veto', hash: id, tenantId: 't1', accountId: account, expiresAt }],
        use: { op: 'use-veto', hash: id, accountId: account },
      }),
      'a bypass code': (account, id, expiresAt) => ({
        before: [
          {
            op: 'insert-challenge',
            challenge: challengeRow(account, store.now(), { id, expiresAt: expiresAt + 60_000 }),
          },
          authenticatorRow(account, { id: `by-${id}`, type: 'bypass-code', expiresAt }),
        ],
        use: {
          op: 'move-challenge',
          id,
          from: '',
          verified: 'bypass-code',
          status: 'satisfied',
          withdrawn: 0,
          until: expiresAt,
        },
      }),
      'a sent code': (_, id, expiresAt) => ({
        before: [{ op: 'put-sent-code', challengeId: id, authenticatorId: id, tag: 'tag', expiresAt, count: 0 }],
        use: { op: 'use-sent-code', challengeId: id, authenticatorId: id, tag: 'tag' },
      }),
      'a link to a profile': (account, id, expiresAt) => ({
        before: [
          {
            op: 'insert-mail-profile',
            tokenHash: id,
            tenantId: 't1',
            accountId: account,
            appPasswordId: 'apw_1',
            sealed: new Uint8Array([1]),
            expiresAt,
          },
        ],
        use: { op: 'use-mail-profile', tokenHash: id },
      }),
      'a begun binding': (account, id, expiresAt) => ({
        before: [
          { op: 'insert-account', account: accountRow(account) },
          authenticatorRow(account, { id, status: 'pending', expiresAt }),
        ],
        use: { op: 'confirm-authenticator', accountId: account, id, type: 'totp', only: true },
      }),
    };
    it.each(Object.entries(expiring))(
      'ENR-03 %s works until a millisecond before it expires, and not at that instant',
      async (_, make) => {
        const { ports } = store.nodes[0].house;
        for (const [ms, kind] of [
          [9_999, 'done'],
          [10_000, 'conflict'],
        ] as const) {
          const account = anId('acc');
          const { before, use } = make(account, anId('lgn'), store.now() + 10_000);
          await ports.store.commit(account, before);
          store.pass(ms);
          expect((await ports.store.commit(account, [use])).kind).toBe(kind);
        }
      },
    );
  });

  it('ENR-04 a voided binding keeps no secret and cannot be confirmed', async () => {
    const { ports, db } = store.nodes[0].house;
    const account = anId('acc');
    const id = anId('aut');
    await ports.store.commit(account, [
      authenticatorRow(account, { id, status: 'pending', expiresAt: store.now() + 1000 }),
    ]);
    await ports.store.commit(account, [{ op: 'void-pending', accountId: account, type: 'totp' }]);
    const [row] = await db.query('SELECT status, length(sealed) AS size FROM authenticators WHERE id = @id', { id });
    expect(row).toMatchObject({ status: 'void', size: 0 });
    expect(
      await ports.store.commit(account, [
        { op: 'confirm-authenticator', accountId: account, id, type: 'totp', only: true },
      ]),
    ).toMatchObject({ kind: 'conflict' });
  });
});
