// From a snapshot to the facts a policy looks at, and from a decision to what is offered.
import { maskEmail, maskPhone } from '../core/account/account.ts';
import type { AuthenticatorTypes, Bound, TypeName } from '../core/authenticator/type.ts';
import type { Locale, Words } from '../core/locale.ts';
import { type Offered, type Refusal, refuse } from '../core/outcome.ts';
import type { RefuseWhy } from '../core/policy/decide.ts';
import type { Facts } from '../core/policy/facts.ts';
import type { Policy, RegisteredClient } from '../core/policy/policy.ts';
import { phaseAt } from '../core/rollout/phase.ts';
import type { AccountSnapshot, StoredAuthenticator } from '../core/store.ts';
import { tooOld } from './client.ts';

/** The facts of one account on one client, at the snapshot's time. */
export function factsOf(
  policy: Policy,
  snapshot: AccountSnapshot,
  known: {
    readonly id: string;
    readonly version: string;
    readonly client: RegisteredClient;
    readonly isTooOld: boolean;
  },
  purpose: string,
  verified: readonly TypeName[],
): Facts {
  return {
    phase: phaseAt(policy.rollout, snapshot.account.cohort, snapshot.now, snapshot.account),
    bound: activeTypes(snapshot),
    clientId: known.id,
    client: known.client,
    clientVersion: known.version,
    isTooOld: known.isTooOld,
    cohort: snapshot.account.cohort,
    purpose,
    verified,
  };
}

/** What is kept of a decision in the log: with the policy of that version it can be made again, and its trace be told (OP-1.6). */
export const factsKept = (
  { phase, bound, cohort }: Facts,
  policyVersion: number,
): Readonly<Record<string, string | number | null>> => ({
  phase,
  policy: policyVersion,
  bound: bound.join(' '),
  cohort,
});

export const active = (snapshot: AccountSnapshot): readonly StoredAuthenticator[] =>
  snapshot.authenticators.filter((a) => isInForce(a, snapshot.now));

/** Confirmed, and not a bypass whose hours are over. */
const isInForce = (a: StoredAuthenticator, now: number): boolean =>
  a.status === 'active' && (a.expiresAt === null || a.expiresAt > now);

function activeTypes(snapshot: AccountSnapshot): readonly TypeName[] {
  const types: TypeName[] = [];
  for (const a of snapshot.authenticators)
    if (isInForce(a, snapshot.now) && !types.includes(a.type)) types.push(a.type);
  return types;
}

/** The active authenticators of the given types, in the policy's order, as a person is shown them. */
export function offered(
  types: AuthenticatorTypes,
  snapshot: AccountSnapshot,
  names: readonly TypeName[],
): readonly Offered[] {
  return names.flatMap((name) =>
    active(snapshot)
      .filter((a) => a.type === name)
      .map((a) => ({ id: a.id, type: a.type, hint: hintOf(a), sends: types[name].send !== undefined })),
  );
}

/** What its owner recognises an authenticator by, masked. */
export function hintOf(a: Pick<StoredAuthenticator, 'type' | 'params' | 'label'>): string {
  if (a.type === 'sms') return maskPhone(a.params);
  if (a.type === 'email') return maskEmail(a.params);
  return a.label ?? '';
}

/** The verifier's view of a stored authenticator. */
export const boundOf = (a: StoredAuthenticator, accountId: string, context: string | null): Bound => ({
  id: a.id,
  type: a.type,
  params: a.params,
  secret: a.secret,
  sent: a.sent,
  spent: a.spent,
  floor: a.floor,
  accountId,
  context,
});

/** A policy's refusal with what the person needs to go on; words stay in every language until the door knows whose it is. */
export function refusalOf(
  policy: Policy,
  why: RefuseWhy,
  known: { readonly client: RegisteredClient; readonly version: string },
): Refusal {
  if (why === 'client-too-old') return tooOld(known);
  if (why === 'no-method') return refuse('no-method', { contact: policy.contact });
  const clients = Object.entries(policy.clients)
    .filter(([, client]) => client.binds.length > 0)
    .map(([id, client]) => ({ id, name: client.name, minimumVersion: client.minimumVersion ?? '' }));
  const where = (locale: Locale): string =>
    clients.map((c) => `${c.name[locale]} ${c.minimumVersion}`.trim()).join(', ');
  const words: Words = { 'zh-CN': where('zh-CN'), 'zh-HK': where('zh-HK'), en: where('en') };
  return refuse('bind-elsewhere', { clients, where: words });
}
