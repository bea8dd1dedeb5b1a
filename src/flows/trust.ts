// Trusting a browser, knowing it again at a login, and the end of trust: by its person, by theft, or because what it rested on changed.

import { canonicalAccount } from '../core/account/account.ts';
import { CONFLICT, guarded, type Write } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import type { SessionSnapshot } from '../core/session/session.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { type Judgement, judgeTrust, type TrustedDevice, type TrustProof, trustText } from '../core/trust/trust.ts';
import { noticesOf } from './notices.ts';
import type { Browser, Portal } from './portal.ts';

const DAY = 24 * 3600_000;

export interface Shown {
  readonly judgement: Judgement;
  readonly device: TrustedDevice | undefined;
  /** The hash of the token that was shown. */
  readonly hash: string;
}

/** What a browser's proof is worth for the account somebody typed. Decides nothing else: the login goes on either way. */
export async function trustShown(
  ports: Ports,
  policy: Policy,
  at: { readonly tenantId: string; readonly accountId: string | undefined; readonly typed: string },
  proof: TrustProof,
): Promise<Shown> {
  const device = await ports.trust.get(proof.id);
  const now = await ports.store.now();
  const hash = ports.tokens.hash(proof.token);
  const isFresh = ports.nonces.isFresh(at.tenantId, proof.nonce, now);
  const isSigned =
    device !== undefined && ports.crypto.isSigned(device.key, trustText(proof.nonce, at.typed), proof.signature);
  return { judgement: judgeTrust(policy.trust, device, { ...at, now }, { hash, isFresh, isSigned }), device, hash };
}

/** What follows from a proof that is not taken: theft ends the device and tells its owner; anything else is only noted. */
export function trustRefused(ports: Ports, policy: Policy, snapshot: AccountSnapshot, shown: Shown): readonly Write[] {
  const { account } = snapshot;
  const { judgement, device } = shown;
  if (judgement.kind === 'trusted') return [];
  const audit = (event: 'trust.stolen' | 'trust.refused', data: Readonly<Record<string, string>>): Write => ({
    op: 'audit',
    event: { tenantId: account.tenantId, accountId: account.id, event, actor: 'system', data },
  });
  if (judgement.kind === 'ignored') return [audit('trust.refused', { why: judgement.why })];
  const id = device?.id ?? '';
  return [
    { op: 'revoke-trust', accountId: account.id, id },
    { op: 'end-trusted-sessions', accountId: account.id, trustId: id, except: '' },
    audit('trust.stolen', { device: id }),
    ...noticesOf(ports, policy, snapshot, 'trust-stolen'),
  ];
}

export interface Trusted {
  readonly kind: 'trusted';
  readonly id: string;
  readonly token: string;
  readonly expiresAt: number;
}

/** Trusts the browser of a session that has just done the second step. `replaces` makes room where the limit is reached. */
export async function trustBrowser(
  ports: Ports,
  { policy, caller }: Portal,
  person: SessionSnapshot,
  browser: Browser,
  input: { readonly key: string; readonly name: string; readonly replaces?: string | undefined },
): Promise<Trusted | Refusal> {
  const { session, now } = person;
  // A code that an operator gave for some hours makes nothing that lasts longer.
  const isByBypass = session.verified.every((type) => type === 'bypass-code');
  if (!policy.trust.enabled || isByBypass) return refuse('trust-off');
  if (now - session.authAt > policy.times.proofSeconds * 1000) return refuse('proof-required', { purpose: 'confirm' });
  if (!ports.crypto.isSignKey(input.key)) return refuse('trust-off');
  // "This time only", said on the phone, is not for the page to overrule.
  const answer = await ports.approvals.ofChallenge(session.loginId);
  if (answer?.status === 'approved' && !answer.trust) return refuse('trust-off');
  const { token, hash } = ports.tokens.fresh();
  const { accountId, tenantId } = session;
  return guarded(async () => {
    const at = await ports.store.now();
    const held = await ports.trust.list(accountId);
    const replaced = held.find((one) => one.id === input.replaces);
    if (input.replaces !== undefined && replaced === undefined) return refuse('not-found');
    if (held.length - (replaced === undefined ? 0 : 1) >= policy.trust.most)
      return refuse('too-many-trusted', { most: policy.trust.most });
    const id = makeId('trd', at, ports.random(18));
    const expiresAt = at + policy.trust.days * DAY;
    const { key, name } = input;
    const written = await ports.store.commit(accountId, [
      ...(replaced === undefined ? [] : revoking(person, caller.actor, replaced.id)),
      {
        op: 'insert-trust',
        device: { id, tenantId, accountId, key, hash, name, ip: browser.ip, sessionId: session.id, expiresAt },
        most: policy.trust.most,
      },
      {
        op: 'audit',
        event: { tenantId, accountId, event: 'trust.created', actor: caller.actor, data: { device: id } },
      },
    ]);
    return written.kind === 'done' ? { kind: 'trusted', id, token, expiresAt } : CONFLICT;
  });
}

const revoking = ({ session }: SessionSnapshot, actor: string, id: string): readonly Write[] => [
  { op: 'revoke-trust', accountId: session.accountId, id },
  { op: 'end-trusted-sessions', accountId: session.accountId, trustId: id, except: session.id },
  {
    op: 'audit',
    event: {
      tenantId: session.tenantId,
      accountId: session.accountId,
      event: 'trust.revoked',
      actor,
      data: { device: id },
    },
  },
];

/** Ends the trust in one of a person's browsers, or in all; also the sessions it gave, but for the one that asks. */
export async function revokeTrust(
  ports: Ports,
  { caller, policy }: Portal,
  person: SessionSnapshot,
  id: string | undefined,
): Promise<{ readonly kind: 'revoked' } | Refusal> {
  const { session } = person;
  const held = await ports.trust.list(session.accountId);
  const gone = id === undefined ? held : held.filter((one) => one.id === id);
  if (id !== undefined && gone.length === 0) return refuse('not-found');
  const snapshot = await ports.store.account(session.tenantId, canonicalAccount(person.account.account), false);
  await ports.store.commit(session.accountId, [
    ...gone.flatMap((one) => revoking(person, caller.actor, one.id)),
    ...(snapshot === undefined || gone.length === 0 ? [] : noticesOf(ports, policy, snapshot, 'device-revoked')),
  ]);
  ports.wake('outbox', session.tenantId);
  return { kind: 'revoked' };
}

/**
 * The writes that end all trust in an account's browsers, and the sessions it gave: for the commit of whatever it rested on, such as a method
 * removed or changed, a new password, an operator's reset (TD-06).
 */
export const endTrust = (accountId: string, exceptSession = ''): readonly Write[] => [
  { op: 'end-trust', accountId },
  { op: 'end-trusted-sessions', accountId, trustId: '', except: exceptSession },
];
