// Hosted login: the same flows as for API keys, with a cookie in place of an API key. The password step gives a visit, the last step a session,
// each under a token of its own that is committed with what it stands for (WEB-01).
import { canonicalAccount } from '../core/account/account.ts';
import type { Challenge } from '../core/challenge/challenge.ts';
import type { Write } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { CAPTCHA_AFTER } from '../core/portal/portal.ts';
import type { Ports } from '../core/ports.ts';
import type { Visit } from '../core/session/session.ts';
import type { TrustedDevice, TrustProof } from '../core/trust/trust.ts';
import type { Along } from './along.ts';
import { askedElsewhere, passwordScope } from './check-password.ts';
import type { LoginView } from './login-view.ts';
import type { Browser, Portal } from './portal.ts';
import { startLogin } from './start-login.ts';

export interface PortalLogin {
  readonly account: string;
  readonly password: string;
  readonly captcha?: string | undefined;
  readonly trust?: TrustProof | undefined;
}

export interface Entered {
  readonly kind: 'entered';
  readonly login: LoginView;
  /** `session` when nothing more was asked. */
  readonly holds: 'visit' | 'session';
  readonly token: string;
  /** The browser was known again: the token that takes the place of the one shown. */
  readonly trusted: { readonly id: string; readonly token: string; readonly expiresAt: number } | null;
}

/** The password step. The answer holds the token of a visit or, where the policy asks nothing more, of a session. */
export async function enterPortal(
  ports: Ports,
  portal: Portal,
  input: PortalLogin,
  browser: Browser,
): Promise<Entered | Refusal> {
  const blocked = await captchaStop(ports, portal, input);
  if (blocked !== undefined) return blocked;
  const { token, hash } = ports.tokens.fresh();
  const next = ports.tokens.fresh();
  let known: TrustedDevice | undefined;
  const along: Along = {
    writes: (challenge, now, trusted) => {
      known = trusted;
      return challenge.status === 'satisfied'
        ? sessionWrites(ports, portal, challenge, browser, hash, now, trusted?.id ?? null)
        : [
            {
              op: 'insert-visit',
              visit: {
                hash,
                tenantId: challenge.tenantId,
                accountId: challenge.accountId,
                challengeId: challenge.id,
                sessionId: null,
                expiresAt: challenge.expiresAt,
              },
            },
          ];
    },
  };
  const login = await startLogin(
    ports,
    portal.caller,
    {
      account: input.account,
      client: { id: portal.portal.client, ip: browser.ip, userAgent: browser.userAgent ?? undefined },
      firstFactor: {
        password: input.password,
        elsewhere: askedElsewhere(portal.policy),
      },
      trust: input.trust === undefined ? undefined : { proof: input.trust, next: next.hash },
    },
    along,
  );
  if (login.kind === 'refused') return login;
  const trusted = known === undefined ? null : { id: known.id, token: next.token, expiresAt: known.expiresAt };
  return { kind: 'entered', login, holds: login.status === 'allowed' ? 'session' : 'visit', token, trusted };
}

/** The captcha, where the policy wants one, before anything is looked up: known and unknown accounts are alike in it (WEB-13). */
async function captchaStop(ports: Ports, portal: Portal, input: PortalLogin): Promise<Refusal | undefined> {
  const { captcha } = portal.portal;
  if (captcha === 'off') return undefined;
  const scope = passwordScope(portal.tenant.id, canonicalAccount(input.account));
  const { failures, now } = await ports.store.failures(scope);
  if (captcha === 'after-failures' && failures.count < CAPTCHA_AFTER) return undefined;
  const solved =
    input.captcha === undefined ? undefined : await ports.captcha.solved(portal.tenant.id, input.captcha, now);
  if (solved === undefined) return refuse('captcha-failed');
  // Good once: the challenge is a mark in the ledger of what is spent, and is pruned with the marks of its time.
  const authenticatorId = `captcha:${solved.id}`;
  const mark = Math.floor(solved.expiresAt / 15_000);
  const spent = await ports.store.commit(authenticatorId, [{ op: 'spend', authenticatorId, mark, lookAhead: 0 }]);
  return spent.kind === 'done' ? undefined : refuse('captcha-failed');
}

/** What makes a session of a satisfied login; whatever session the browser held before ends with it. */
export function sessionWrites(
  ports: Ports,
  portal: Portal,
  login: Challenge,
  browser: Browser,
  hash: string,
  now: number,
  trustId: string | null = null,
): readonly Write[] {
  const id = makeId('ses', now, ports.random(18));
  return [
    ...(browser.sessionHash === null ? [] : ([{ op: 'end-session', hash: browser.sessionHash }] as const)),
    {
      op: 'insert-session',
      session: {
        id,
        hash,
        tenantId: login.tenantId,
        accountId: login.accountId,
        loginId: login.id,
        clientId: login.clientId,
        verified: login.verified,
        trustId,
        ip: browser.ip,
        userAgent: browser.userAgent,
        expiresAt: now + portal.portal.sessionSeconds * 1000,
      },
    },
    {
      op: 'audit',
      event: {
        tenantId: login.tenantId,
        accountId: login.accountId,
        event: 'session.started',
        actor: portal.caller.actor,
        data: { session: id, login: login.id },
      },
    },
  ];
}

/** What the end of a visit leads to: a session at a login; at a step-up the session it came from, under a new token and with its proof. */
export function visitEnds(ports: Ports, portal: Portal, visit: Visit, browser: Browser, hash: string): Along {
  return {
    writes: (challenge, now) => [
      { op: 'end-visit', hash: visit.hash },
      ...(visit.sessionId === null
        ? sessionWrites(ports, portal, challenge, browser, hash, now)
        : ([
            {
              op: 'renew-session',
              id: visit.sessionId,
              hash,
              proofId: challenge.id,
              verified: challenge.verified,
            },
            {
              op: 'audit',
              event: {
                tenantId: challenge.tenantId,
                accountId: challenge.accountId,
                event: 'session.renewed',
                actor: portal.caller.actor,
                data: { session: visit.sessionId, login: challenge.id, purpose: challenge.purpose },
              },
            },
          ] as const)),
    ],
    lost: (op) => (op === 'end-visit' || op === 'renew-session' ? refuse('signed-out') : undefined),
  };
}
