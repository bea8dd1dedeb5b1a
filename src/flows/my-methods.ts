// What a person may do to their own methods, from a session. A change rests on proof that is minutes old: the login itself, or a step-up made in
// this very session; a trusted browser's login proves no second factor, and never counts (ENR-09, REB-01).
import { canonicalAccount } from '../core/account/account.ts';
import type { TypeName } from '../core/authenticator/type.ts';
import type { Purpose } from '../core/challenge/challenge.ts';
import type { Write } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { decide } from '../core/policy/decide.ts';
import type { Ports } from '../core/ports.ts';
import type { SessionSnapshot } from '../core/session/session.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { type BindingStarted, startBinding } from './bind.ts';
import { type KnownClient, knowClient } from './client.ts';
import { active, factsOf } from './facts.ts';
import type { LoginView } from './login-view.ts';
import type { Browser, Portal } from './portal.ts';
import { proofOf } from './proof.ts';
import { startChallenge } from './start-challenge.ts';
import { type Unbound, unbind, unbindBy } from './unbind.ts';

export interface Mine {
  readonly kind: 'mine';
  readonly snapshot: AccountSnapshot;
  readonly known: KnownClient;
}

/** The person's account and the portal's client, as they are now. */
export async function mine(
  ports: Ports,
  portal: Portal,
  { session, account }: SessionSnapshot,
): Promise<Mine | Refusal> {
  const snapshot = await ports.store.account(session.tenantId, canonicalAccount(account.account), true);
  if (snapshot === undefined) return refuse('signed-out');
  const known = knowClient(portal.policy, portal.caller, { id: portal.portal.client });
  return known.kind === 'refused' ? known : { kind: 'mine', snapshot, known };
}

interface Rests {
  readonly kind: 'rests';
  readonly login: string;
  readonly verified: readonly TypeName[];
  readonly proof?: string;
  readonly stepUp?: true;
}

/** A binding confirmed in a session proves the new method in it: what is done next need not ask for it again. */
export const strengthens =
  ({ session }: SessionSnapshot) =>
  (type: TypeName): readonly Write[] => [
    { op: 'strengthen-session', id: session.id, verified: [...new Set([...session.verified, type])] },
  ];

/** What a change may rest on in this session: its login while that is minutes old, or the step-up it made; else what to do first. */
function restingOn(
  portal: Portal,
  { session, now }: SessionSnapshot,
  { snapshot, known }: Mine,
  purpose: 'unbind' | 'change',
): Rests | Refusal {
  const { policy } = portal;
  const { loginId: login, verified } = session;
  const isRecent = now - session.authAt <= policy.times.proofSeconds * 1000;
  const proof = session.proofId === null ? {} : { proof: session.proofId };
  const isEnough = decide(policy, factsOf(policy, snapshot, known, 'login', verified)).kind === 'allow';
  if (isRecent && isEnough) return { kind: 'rests', login, verified, ...proof };
  if (isRecent && session.proofId !== null)
    return { kind: 'rests', login, verified, proof: session.proofId, stepUp: true };
  const asks = decide(policy, factsOf(policy, snapshot, known, purpose, []));
  // Who has no method yet can only prove the password again, and that is a login.
  return asks.kind === 'challenge' ? refuse('proof-required', { purpose }) : refuse('login-required');
}

/** The same, asked by what is not a method of this file; `first` may refuse before anything is asked of the person. */
export async function restsIn(
  ports: Ports,
  portal: Portal,
  person: SessionSnapshot,
  purpose: 'unbind' | 'change',
  first?: (snapshot: AccountSnapshot) => Refusal | undefined,
): Promise<(Rests & { readonly snapshot: AccountSnapshot }) | Refusal> {
  const found = await mine(ports, portal, person);
  if (found.kind === 'refused') return found;
  const refusal = first?.(found.snapshot);
  if (refusal !== undefined) return refusal;
  const rests = restingOn(portal, person, found, purpose);
  return rests.kind === 'refused' ? rests : { ...rests, snapshot: found.snapshot };
}

/** What a change in this session rests on, asked for the snapshot a flow decides from; the writes spend a step-up. */
export const provenIn =
  (ports: Ports, portal: Portal, person: SessionSnapshot, purpose: 'unbind' | 'change') =>
  async (
    snapshot: AccountSnapshot,
  ): Promise<{ readonly kind: 'proven'; readonly writes: readonly Write[] } | Refusal> => {
    const known = knowClient(portal.policy, portal.caller, { id: portal.portal.client });
    if (known.kind === 'refused') return known;
    const rests = restingOn(portal, person, { kind: 'mine', snapshot, known }, purpose);
    if (rests.kind === 'refused') return rests;
    return proofOf(ports, portal.policy, snapshot, {
      by: rests.stepUp === true ? 'step-up' : 'login',
      clientId: known.id,
      keyId: portal.caller.keyId,
      login: rests.login,
      verified: rests.verified,
      proof: rests.proof,
      purpose,
    });
  };

/** Starts a binding from a session. */
export async function bindMine(
  ports: Ports,
  portal: Portal,
  person: SessionSnapshot,
  browser: Browser,
  input: {
    readonly type: TypeName;
    readonly label?: string | undefined;
    readonly address?: string | undefined;
    readonly replaces?: string | undefined;
  },
): Promise<BindingStarted | Refusal> {
  const found = await mine(ports, portal, person);
  if (found.kind === 'refused') return found;
  const rests = restingOn(portal, person, found, 'change');
  if (rests.kind === 'refused') return rests;
  const { kind: _, ...proof } = rests;
  const client = { id: portal.portal.client, ip: browser.ip, userAgent: browser.userAgent ?? undefined };
  return startBinding(ports, portal.caller, { account: person.account.account, client, ...input, ...proof });
}

/** Removes one of the person's own methods. */
export async function unbindMine(
  ports: Ports,
  portal: Portal,
  person: SessionSnapshot,
  authenticator: string,
): Promise<Unbound | Refusal> {
  const found = await mine(ports, portal, person);
  if (found.kind === 'refused') return found;
  if (unbindBy(portal.policy, found.snapshot) === 'operator')
    return refuse('unbind-by-operator', { contact: portal.policy.contact });
  // Nobody is asked to prove anything for what another tab has done already.
  if (!active(found.snapshot).some(({ id }) => id === authenticator)) return refuse('not-found');
  const rests = restingOn(portal, person, found, 'unbind');
  if (rests.kind === 'refused') return rests;
  const { kind: _, ...proof } = rests;
  const client = portal.portal.client;
  const session = person.session.id;
  return unbind(ports, portal.caller, { account: person.account.account, authenticator, client, session, ...proof });
}

/**
 * Opens a step-up in the browser of a session; the token is that of a visit which leads back to the session. `authenticator`: the method it is about,
 * which a phone that is asked names; the step-up is no proof for another.
 */
export async function stepUp(
  ports: Ports,
  portal: Portal,
  { session, account }: SessionSnapshot,
  browser: Browser,
  purpose: Exclude<Purpose, 'login'>,
  authenticator: string | undefined,
): Promise<{ readonly kind: 'opened'; readonly login: LoginView; readonly token: string } | Refusal> {
  const { token, hash } = ports.tokens.fresh();
  const client = { id: portal.portal.client, ip: browser.ip, userAgent: browser.userAgent ?? undefined };
  const login = await startChallenge(
    ports,
    portal.caller,
    { account: account.account, purpose, client, authenticator },
    {
      writes: (challenge) => [
        {
          op: 'insert-visit',
          visit: {
            hash,
            tenantId: challenge.tenantId,
            accountId: challenge.accountId,
            challengeId: challenge.id,
            sessionId: session.id,
            expiresAt: challenge.expiresAt,
          },
        },
      ],
    },
  );
  return login.kind === 'refused' ? login : { kind: 'opened', login, token };
}
