// A login begins: who, on which client, with a first factor that the relying party or we have checked. The policy says what comes next.
// Before the first factor is proven nothing tells an unknown account from a wrong password (security rule 5).
import { canonicalAccount } from '../core/account/account.ts';
import type { Challenge } from '../core/challenge/challenge.ts';
import { CONFLICT, guarded, type Write } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import type { Locale } from '../core/locale.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { decide } from '../core/policy/decide.ts';
import type { PortalPolicy } from '../core/portal/portal.ts';
import type { Caller, Ports } from '../core/ports.ts';
import type { TrustProof } from '../core/trust/trust.ts';
import type { Along } from './along.ts';
import { checkPassword } from './check-password.ts';
import { type ClaimedClient, knowClient } from './client.ts';
import { deviceMissing, deviceRefusal } from './device-seen.ts';
import { factsKept, factsOf, refusalOf } from './facts.ts';
import { type LoginView, viewLogin } from './login-view.ts';
import { stoppedEverywhere } from './stopped.ts';
import { tenantOf } from './tenant.ts';
import { trustRefused, trustShown } from './trust.ts';

export interface StartLogin {
  readonly account: string;
  readonly client: ClaimedClient;
  /** `elsewhere`: the pages whose passwords the relying party or an LDAP server checks. */
  readonly firstFactor: 'verified' | { readonly password: string; readonly elsewhere?: PortalPolicy | undefined };
  readonly locale?: Locale | undefined;
  /** What shows that the browser is trusted, and the hash of the token that takes the place of the one shown. */
  readonly trust?: { readonly proof: TrustProof; readonly next: string } | undefined;
}

/** Starts a login; the answer is a view of it, or a refusal. A refusal after the first factor is audited. `along` goes into the same commit. */
export async function startLogin(
  ports: Ports,
  caller: Caller,
  input: StartLogin,
  along?: Along,
): Promise<LoginView | Refusal> {
  const canonical = canonicalAccount(input.account);
  const first = await ports.store.account(caller.tenantId, canonical, false);
  const tenant = await tenantOf(ports, caller, first);
  const known = knowClient(tenant.policy, caller, input.client);
  if (known.kind === 'refused') return known;
  const nameless = deviceMissing(tenant.policy, known.client, input.client.deviceId);
  if (nameless !== undefined) return nameless;
  const kind = input.firstFactor === 'verified' ? 'verified' : 'password';
  const elsewhere = input.firstFactor === 'verified' ? undefined : input.firstFactor.elsewhere;
  if (elsewhere === undefined && !tenant.policy.firstFactor.includes(kind))
    return refuse('first-factor-not-accepted', { accepts: tenant.policy.firstFactor });

  let trust =
    input.trust === undefined
      ? undefined
      : await trustShown(
          ports,
          tenant.policy,
          { tenantId: caller.tenantId, accountId: first?.account.id, typed: input.account },
          input.trust.proof,
        );
  let cleared: Write[] = [];
  if (input.firstFactor !== 'verified') {
    const checked = await checkPassword(
      ports,
      caller,
      tenant.policy,
      canonical,
      first,
      input.firstFactor.password,
      trust?.judgement.kind === 'trusted' ? { ...input.client, browser: trust.device?.id } : input.client,
      elsewhere,
    );
    if ('kind' in checked) return checked;
    cleared = checked.writes;
  }
  if (first === undefined) return refuse('account-unknown');

  return guarded(async (thorough) => {
    const snapshot = thorough ? await ports.store.account(caller.tenantId, canonical, true) : first;
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy, policyVersion } = await tenantOf(ports, caller, snapshot);
    const { account, now } = snapshot;
    const current = knowClient(policy, caller, input.client);
    if (current.kind === 'refused') return current;
    const facts = factsOf(policy, snapshot, current, 'login', []);
    const decision = decide(policy, facts);
    // A browser known again stands in for the second step of a login, and for nothing else.
    const trusted =
      decision.kind === 'challenge' && trust?.judgement.kind === 'trusted' && policy.trust.purposes.includes('login')
        ? trust.device
        : undefined;
    const isAllowed = decision.kind === 'allow' || trusted !== undefined;
    const challenge: Challenge = {
      id: makeId('lgn', now, ports.random(18)),
      tenantId: account.tenantId,
      accountId: account.id,
      purpose: 'login',
      target: null,
      clientId: current.id,
      clientVersion: current.version,
      deviceId: input.client.deviceId ?? null,
      deviceName: input.client.name ?? null,
      ip: input.client.ip ?? null,
      userAgent: input.client.userAgent ?? null,
      keyId: caller.keyId,
      locale: input.locale ?? account.locale,
      status: isAllowed ? 'satisfied' : 'pending',
      verified: [],
      createdAt: now,
      expiresAt: now + policy.times.loginSeconds * 1000,
    };
    const refusal =
      account.status === 'suspended'
        ? refuse('account-suspended', { contact: policy.contact })
        : ((await deviceRefusal(ports, policy, account.id, current.client, input.client.deviceId)) ??
          (decision.kind === 'refuse'
            ? refusalOf(policy, decision.why, current)
            : stoppedEverywhere(policy, snapshot, decision)));
    const audit = (
      event: 'login.started' | 'login.refused' | 'login.allowed',
      more: Record<string, string>,
    ): Write => ({
      op: 'audit',
      event: {
        tenantId: account.tenantId,
        accountId: account.id,
        event,
        actor: caller.actor,
        data: {
          login: challenge.id,
          client: current.id,
          version: current.version,
          ...factsKept(facts, policyVersion),
          ...more,
        },
      },
    });
    if (refusal !== undefined) {
      const written = await ports.store.commit(account.id, [...cleared, audit('login.refused', { why: refusal.code })]);
      return written.kind === 'done' ? refusal : dropCleared();
    }
    const written = await ports.store.commit(account.id, [
      ...cleared,
      { op: 'insert-challenge', challenge },
      isAllowed
        ? audit('login.allowed', trusted === undefined ? {} : { trusted: trusted.id })
        : audit('login.started', { asks: decision.kind }),
      ...(trusted === undefined || trust === undefined || input.trust === undefined
        ? []
        : ([
            { op: 'use-trust', accountId: account.id, id: trusted.id, from: trust.hash, to: input.trust.next },
          ] as const)),
      ...(trust === undefined ? [] : trustRefused(ports, policy, snapshot, trust)),
      ...(along?.writes(challenge, now, trusted) ?? []),
    ]);
    if (written.kind === 'conflict') {
      // Somebody used the token first: it is worth nothing now, and nobody is accused of anything.
      if (written.op === 'use-trust') trust = undefined;
      return dropCleared();
    }
    if (trust?.judgement.kind === 'stolen') ports.wake('outbox', account.tenantId);
    return viewLogin(ports, policy, { ...snapshot, challenge, withdrawn: 0 });

    // Another attempt cleared or added password failures meanwhile; the password was right, and the next commit need not clear them again.
    function dropCleared(): typeof CONFLICT {
      cleared = [];
      return CONFLICT;
    }
  });
}
