// Signing in to the console: a password and a code, or a passkey alone. Both are logins like anybody's, in the operators' tenant; the session they end
// in is told to every tenant its operator serves.
import type { Write } from '../../core/commit.ts';
import { OPERATORS } from '../../core/operator/operator.ts';
import type { Service } from '../../core/operator/store.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import type { SessionSnapshot, Visit } from '../../core/session/session.ts';
import type { Along } from '../along.ts';
import { active, boundOf } from '../facts.ts';
import { logout } from '../logout.ts';
import type { Browser, Portal } from '../portal.ts';
import { visitEnds } from '../portal-login.ts';
import { promptOf } from '../prompt.ts';
import { startLogin } from '../start-login.ts';
import { verify } from '../verify.ts';
import { consoleOf } from './console.ts';

/** What is written into the log of each tenant an operator serves. */
const toldEverywhere = (
  services: readonly Service[],
  event: 'operator.signed-in' | 'operator.signed-out',
  login: string,
  data: Readonly<Record<string, string>>,
): readonly Write[] =>
  services.map(({ tenantId }) => ({
    op: 'audit',
    event: { tenantId, accountId: null, event, actor: `operator:${login}`, data },
  }));

/** The writes that make a session of a finished visit: the session of any pages, told to the operator's tenants. */
export async function sessionAlong(
  ports: Ports,
  portal: Portal,
  visit: Visit,
  browser: Browser,
  hash: string,
): Promise<Along> {
  const [services, snapshot] = await Promise.all([
    ports.operators.services(visit.accountId),
    ports.store.accountById(OPERATORS, visit.accountId),
  ]);
  const ends = visitEnds(ports, portal, visit, browser, hash);
  return {
    writes: (challenge, now) => [
      ...ends.writes(challenge, now),
      ...toldEverywhere(services, 'operator.signed-in', snapshot?.account.account ?? '', {
        by: challenge.verified.join(' '),
        ip: browser.ip,
      }),
    ],
    ...(ends.lost === undefined ? {} : { lost: ends.lost }),
  };
}

export interface SignedIn {
  readonly kind: 'signed-in';
  readonly token: string;
}

/** The second step after a password: a code, or a passkey's answer as JSON. */
export async function secondStep(
  ports: Ports,
  portal: Portal,
  visit: Visit,
  browser: Browser,
  given: { readonly output: string } | { readonly response: string },
): Promise<SignedIn | Refusal> {
  const { token, hash } = ports.tokens.fresh();
  const along = await sessionAlong(ports, portal, visit, browser, hash);
  const caller = { ...portal.caller, client: null };
  const done = await verify(ports, caller, { id: visit.challengeId, ...given }, along);
  if (done.kind === 'refused') return done;
  // No policy of the console asks for a third step.
  return done.kind === 'satisfied' ? { kind: 'signed-in', token } : refuse('closed');
}

export interface PasskeyAsked {
  /** PublicKeyCredentialRequestOptionsJSON; the same for logins there are and logins there are not. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly token: string;
}

/**
 * Asks for a passkey of the login, before anything is proven. The browser offers what it holds for the console: the options name no credential, so
 * they tell nothing about the login, not even that there is one.
 */
export async function askPasskey(ports: Ports, portal: Portal, login: string, browser: Browser): Promise<PasskeyAsked> {
  const pages = consoleOf(portal.tenant, 'console-passkey');
  const { token, hash } = ports.tokens.fresh();
  const started = await startLogin(
    ports,
    pages.caller,
    {
      account: login,
      client: { id: pages.portal.client, ip: browser.ip, userAgent: browser.userAgent ?? undefined },
      firstFactor: 'verified',
    },
    {
      writes: (challenge) => [
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
      ],
    },
  );
  const prompt =
    started.kind === 'refused'
      ? undefined
      : await promptOf(ports, { ...pages.caller, client: null }, started.challenge.id, 'passkey');
  const shown =
    prompt?.kind === 'prompt'
      ? (prompt.shown as Record<string, unknown>)
      : // Nobody's: it has the form of the others, and what answers it is refused as theirs would be.
        (ports.types.passkey.prompt?.([], ports.crypto.toBase64url(ports.random(18))) as Record<string, unknown>);
  return { options: { ...shown, allowCredentials: [] }, token };
}

/**
 * Takes a passkey's answer. A wrong one is not counted against the operator: nobody has proven anything yet, and a stranger must not freeze one whose
 * login they know; no answer can be guessed. A right one is verified and spent like any other.
 */
export async function passkeyAlone(
  ports: Ports,
  portal: Portal,
  visit: Visit | undefined,
  browser: Browser,
  response: string,
): Promise<SignedIn | Refusal> {
  const NO = refuse('passkey-refused');
  if (visit === undefined) return NO;
  const snapshot = await ports.store.challenge(OPERATORS, visit.challengeId, false);
  if (snapshot === undefined || snapshot.challenge.clientId !== 'console-passkey') return NO;
  const isRight = active(snapshot).some(
    (a) =>
      a.type === 'passkey' &&
      ports.types.passkey.verify(boundOf(a, snapshot.account.id, visit.challengeId), response, snapshot.now, {
        back: 0,
        forward: 0,
      }).valid,
  );
  if (!isRight) return NO;
  const done = await secondStep(ports, portal, visit, browser, { response });
  return done.kind === 'refused' ? NO : done;
}

/** Ends the session of an operator, and tells their tenants. */
export async function signOut(
  ports: Ports,
  portal: Portal,
  person: SessionSnapshot,
  services: readonly Service[],
): Promise<void> {
  await logout(ports, portal, person, toldEverywhere(services, 'operator.signed-out', person.account.account, {}));
}
