// The way in for a new operator: a link that works once, for a day. Its holder says their name, sets a password where they want codes, and binds a first
// method; the link is used in the very commit that binds it, so whoever turns back half-way can come again, and nobody comes twice.
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import { OPERATORS } from '../../core/operator/operator.ts';
import type { OperatorLink, Service } from '../../core/operator/store.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import type { Visit } from '../../core/session/session.ts';
import { accountChange } from '../accounts.ts';
import { type BindingStarted, startLoginBinding } from '../bind.ts';
import { type BindingConfirmed, confirmLoginBinding } from '../confirm-binding.ts';
import type { Browser, Portal } from '../portal.ts';
import { startLogin } from '../start-login.ts';
import { consoleOf } from './console.ts';
import { sessionAlong } from './sign-in.ts';

/** Whose link it is, and where they will work. */
export async function lookAtLink(
  ports: Ports,
  token: string,
): Promise<{ readonly kind: 'link'; readonly link: OperatorLink; readonly services: readonly Service[] } | Refusal> {
  const link = await ports.operators.link(ports.tokens.hash(token));
  if (link === undefined) return refuse('link-unknown');
  return { kind: 'link', link, services: await ports.operators.services(link.operatorId) };
}

export interface Join {
  readonly token: string;
  readonly name: string;
  /** Absent: a passkey alone will be the way in. */
  readonly password?: string | undefined;
}

/** Takes name and password, and opens the visit in which the first method is bound. */
export async function startJoin(
  ports: Ports,
  portal: Portal,
  input: Join,
  browser: Browser,
): Promise<{ readonly kind: 'joining'; readonly token: string; readonly seconds: number } | Refusal> {
  const pages = consoleOf(portal.tenant, 'console-join');
  const hash = ports.tokens.hash(input.token);
  // Nothing dear is done for a token that opens nothing.
  if ((await ports.operators.link(hash)) === undefined) return refuse('link-unknown');
  const passwordHash = input.password === undefined ? undefined : await ports.passwords.hash(input.password);
  const named = await guarded(async () => {
    const link = await ports.operators.link(hash);
    if (link === undefined) return refuse('link-unknown');
    const snapshot = await ports.store.accountById(OPERATORS, link.operatorId);
    if (snapshot === undefined) return refuse('link-unknown');
    const actor = `operator:${link.login}`;
    const change = await accountChange(
      ports,
      { ...pages.caller, actor },
      pages.policy,
      snapshot,
      { account: link.login, name: input.name, ...(passwordHash === undefined ? {} : { password: '' }) },
      passwordHash,
    );
    // What a name and a password are was checked by the schema.
    if (change.kind === 'invalid') throw new Error(`${change.at} ${change.message}`);
    const written = await ports.store.commit(link.operatorId, [
      { op: 'expect-operator-link', hash, operatorId: link.operatorId },
      ...change.writes,
    ]);
    if (written.kind === 'done') return link;
    return written.op === 'expect-operator-link' ? refuse('link-unknown') : CONFLICT;
  });
  if ('kind' in named) return named;
  const visit = ports.tokens.fresh();
  const login = await startLogin(
    ports,
    pages.caller,
    {
      account: named.login,
      client: { id: pages.portal.client, ip: browser.ip, userAgent: browser.userAgent ?? undefined },
      firstFactor: 'verified',
    },
    {
      writes: (challenge) => [
        {
          op: 'insert-visit',
          visit: {
            hash: visit.hash,
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
  if (login.kind === 'refused') return login;
  // Somebody was quicker with the same link.
  if (login.status !== 'enrol') return refuse('link-unknown');
  const { createdAt, expiresAt } = login.challenge;
  return { kind: 'joining', token: visit.token, seconds: Math.ceil((expiresAt - createdAt) / 1000) };
}

/** Starts the first method: an authenticator app beside the password, or a passkey. */
export async function startFirstMethod(
  ports: Ports,
  portal: Portal,
  visit: Visit,
  type: 'totp' | 'passkey',
): Promise<BindingStarted | Refusal> {
  if (type === 'totp') {
    // A code alone would be one step.
    const snapshot = await ports.store.accountById(OPERATORS, visit.accountId);
    if (snapshot?.account.passwordHash === null) return refuse('binding-not-allowed');
  }
  return startLoginBinding(ports, { ...portal.caller, client: null }, { id: visit.challengeId, type });
}

/** Completes it: the operator is in force and signed in, and the link is used. */
export async function completeJoin(
  ports: Ports,
  portal: Portal,
  visit: Visit,
  browser: Browser,
  input: { readonly token: string; readonly binding: string } & (
    | { readonly output: string }
    | { readonly response: string }
  ),
): Promise<{ readonly kind: 'joined'; readonly token: string; readonly bound: BindingConfirmed } | Refusal> {
  const { token, ...given } = input;
  const session = ports.tokens.fresh();
  const link = await lookAtLink(ports, token);
  if (link.kind === 'refused') return link;
  const along = await sessionAlong(ports, portal, visit, browser, session.hash);
  const { operatorId, login } = link.link;
  if (operatorId !== visit.accountId) return refuse('link-unknown');
  const used: readonly Write[] = [
    { op: 'use-operator-link', hash: ports.tokens.hash(token), operatorId },
    { op: 'end-operator-links', operatorId },
    ...link.services.map(
      ({ tenantId }): Write => ({
        op: 'audit',
        event: { tenantId, accountId: null, event: 'operator.joined', actor: `operator:${login}`, data: { login } },
      }),
    ),
  ];
  const bound = await confirmLoginBinding(
    ports,
    { ...portal.caller, client: null },
    { id: visit.challengeId, ...given },
    {
      writes: (challenge, now) => [...used, ...along.writes(challenge, now)],
      lost: (op) => (op === 'use-operator-link' ? refuse('link-unknown') : along.lost?.(op)),
    },
  );
  return bound.kind === 'refused' ? bound : { kind: 'joined', token: session.token, bound };
}
