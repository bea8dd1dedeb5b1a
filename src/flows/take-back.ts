// Taking changes of methods back (REB-04): what was added goes, what was removed is in force again, the same row under the same id, so that every code spent
// of it stays spent. It is whole only if everything could be put back and the owner has a method left; whatever else leads to the hotline.
import { NO_METHOD_OF_ONES_OWN } from '../core/app-password/app-password.ts';
import { type Undoing, undoingOf } from '../core/authenticator/change.ts';
import type { KeptMethod } from '../core/authenticator/former.ts';
import type { TypeName } from '../core/authenticator/type.ts';
import type { Write } from '../core/commit.ts';
import { isWechat, type StoredPhone } from '../core/enrolment/enrolment.ts';
import { decide } from '../core/policy/decide.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import { phaseAt } from '../core/rollout/phase.ts';
import type { AccountSnapshot, StoredAuthenticator } from '../core/store.ts';
import { endAppPasswordsSince, LATELY_MS } from './end-app-passwords.ts';
import { endRegistrations } from './enrolment/end-registrations.ts';
import { phoneIdOf } from './enrolment/load.ts';
import { active } from './facts.ts';

export interface TakenBack {
  /** Everything is as it was; otherwise somebody has to look. */
  readonly isWhole: boolean;
  /** How many changes there were to look at: the commit assumes that there are no more. */
  readonly open: number;
  /** When the first that is taken back was made, ms. */
  readonly since: number;
  readonly writes: readonly Write[];
  /** App passwords that end with it. */
  readonly appPasswords: number;
  /** For the record. */
  readonly data: Readonly<Record<string, number | string>>;
}

/** What takes back the change whose code was used, and those with it. The writes come after those that end logins and bindings begun. */
export async function takeBack(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  hash: string,
  actor: string,
): Promise<TakenBack> {
  const { account } = snapshot;
  const accountId = account.id;
  const [open, kept, enrolment] = await Promise.all([
    ports.cases.open(accountId),
    ports.former.kept(account.tenantId, accountId),
    ports.enrolment.of(accountId),
  ]);
  const isOwn = ({ type }: { readonly type: TypeName }): boolean => !NO_METHOD_OF_ONES_OWN.includes(type);
  const all = [...enrolment.phones, ...enrolment.wechat];
  const planOf = (some: Undoing) => planned(ports, active(snapshot), all, kept, some);
  const undoing = undoingOf(open.changes, hash, (some) => planOf(some).left.some(isOwn));
  const { changes } = undoing;
  const since = Math.min(...changes.map(({ at }) => at));
  const { gone, out, wanted, back, left } = planOf(undoing);
  const isOpen =
    !left.some(isOwn) &&
    opensByPassword(
      policy,
      snapshot,
      left.map((a) => a.type),
    );
  const event = { tenantId: account.tenantId, accountId, actor } as const;
  const by = 'objection';
  // A thief makes one before the change as easily as after it.
  const ending = { since: Math.min(since, snapshot.now - LATELY_MS), all: 'any-method', why: by } as const;
  const passwords = await endAppPasswordsSince(ports, policy, snapshot, ending, actor);
  return {
    // What an operator did meanwhile, and may be objected to as well, was perhaps part of it.
    isWhole:
      !undoing.isFinal &&
      !undoing.isPartial &&
      back.length === wanted.length &&
      !isOpen &&
      open.acts === 0 &&
      account.status === 'active',
    open: open.changes.length,
    since,
    writes: [
      ...gone.flatMap((a): Write[] => [
        { op: 'remove-authenticator', accountId, id: a.id, keep: 0 },
        { op: 'audit', event: { ...event, event: 'binding.removed', data: { authenticator: a.id, type: a.type, by } } },
      ]),
      ...out.map(({ id }): Write => ({ op: 'revoke-phone', accountId, id })),
      ...(await endRegistrations(ports, accountId)),
      ...back.flatMap((a): Write[] => [
        { op: 'restore-authenticator', accountId, id: a.id },
        { op: 'forget-former', accountId, id: a.id },
        ...(a.phone === null ? [] : ([{ op: 'restore-phone', accountId, id: a.phone.id }] as const)),
        {
          op: 'audit',
          event: { ...event, event: 'binding.restored', data: { authenticator: a.id, type: a.type, by } },
        },
      ]),
      { op: 'drop-orphaned-codes', accountId },
      ...passwords.writes,
    ],
    appPasswords: passwords.count,
    data: {
      changes: changes.length,
      removed: gone.length,
      restored: back.length,
      missing: wanted.length - back.length,
    },
  };
}

/** What goes, what is to come back, what of it can, and what there is in the end. */
function planned(
  ports: Ports,
  bound: readonly StoredAuthenticator[],
  phones: readonly StoredPhone[],
  kept: readonly KeptMethod[],
  undoing: Undoing,
) {
  const gone = bound.filter((a) => goesWith(undoing, a));
  const stays = bound.filter((a) => !goesWith(undoing, a) && a.type !== 'bypass-code');
  // A phone that has joined and is not complete may be anybody's.
  const out = phones.filter(
    (p) => p.status === 'joined' || undoing.phones.includes(p.id) || gone.some((a) => a.id === p.authenticatorId),
  );
  const inForce = phones.filter((p) => !out.includes(p));
  const isOfOut = (id: string): boolean => undoing.phones.includes(kept.find((one) => one.id === id)?.phone?.id ?? '');
  const wanted = undoing.restore.filter((id) => !stays.some((a) => a.id === id) && !isOfOut(id));
  const back: KeptMethod[] = [];
  for (const one of kept)
    if (wanted.includes(one.id) && mayReturn(ports, one, [...stays, ...back], inForce, back)) back.push(one);
  return { gone, out, wanted, back, left: [...stays, ...back] };
}

/** Whether it came with the changes: by its id, or as the key of a phone that did. */
const goesWith = (
  { revoke, phones }: Pick<Undoing, 'revoke' | 'phones'>,
  a: Pick<StoredAuthenticator, 'id' | 'type' | 'params'>,
): boolean => revoke.includes(a.id) || phones.includes(phoneIdOf(a) ?? '');

/**
 * Whether, with these types, a password alone gets in somewhere, or gets as far as binding: whoever made the changes may know it, and would make
 * them again.
 */
function opensByPassword(policy: Policy, { account, now }: AccountSnapshot, bound: readonly TypeName[]): boolean {
  const facts = {
    phase: phaseAt(policy.rollout, account.cohort, now, account),
    bound,
    clientVersion: '',
    isTooOld: false,
    cohort: account.cohort,
    purpose: 'login',
    verified: [],
  } as const;
  return Object.entries(policy.clients).some(([clientId, client]) =>
    ['allow', 'enrol'].includes(decide(policy, { ...facts, clientId, client }).kind),
  );
}

/** Whether a removed binding can be in force beside those that will be. */
function mayReturn(
  ports: Ports,
  one: KeptMethod,
  beside: readonly { readonly type: KeptMethod['type'] }[],
  inForce: readonly StoredPhone[],
  back: readonly KeptMethod[],
): boolean {
  const type = ports.types[one.type];
  if (!one.isItsOwn || (type.several !== true && beside.some((a) => a.type === one.type))) return false;
  if (type.enrols !== true && type.bind?.ticketed !== true) return true;
  const { phone } = one;
  if (phone === null) return false;
  if (one.type === 'wechat') return !inForce.some(isWechat);
  return ![
    ...inForce.filter((p) => !isWechat(p)),
    ...back.flatMap((b) => (b.type === 'app' ? (b.phone ?? []) : [])),
  ].some((p) => p.slot === phone.slot);
}
