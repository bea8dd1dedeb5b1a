// Operators come and go: invited with a one-time link, given roles, reset, shut out. Nobody changes their own rights (OPS-04); an administrator of one
// tenant gets no hold on somebody who also serves another: a link to that person would open the other tenant too.
import { canonicalAccount } from '../../core/account/account.ts';
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import { OPERATORS } from '../../core/operator/operator.ts';
import { ROLE_NAMES, type Role } from '../../core/operator/roles.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';
import { accountChange, type Invalid } from '../accounts.ts';
import { clearAll } from '../clear-all.ts';
import { active } from '../facts.ts';
import { endLogins, endSessions } from '../logout.ts';

/** How long a one-time link waits. */
const LINK_MS = 24 * 3600_000;

/** Who acts: an operator at the console, or the command line, which may do what no operator may. */
const byOf = (caller: Caller): string => caller.operator?.id ?? 'cli';

const audit = (
  caller: Caller,
  tenantId: string,
  event: 'operator.invited' | 'operator.roles-changed' | 'operator.disabled' | 'operator.reset',
  data: Readonly<Record<string, string>>,
): Write => ({ op: 'audit', event: { tenantId, accountId: null, event, actor: caller.actor, data } });

function linkFor(ports: Ports, caller: Caller, operatorId: string, now: number) {
  const { token, hash } = ports.tokens.fresh();
  const expiresAt = now + LINK_MS;
  const writes: readonly Write[] = [
    { op: 'end-operator-links', operatorId },
    { op: 'insert-operator-link', hash, operatorId, by: byOf(caller), expiresAt },
  ];
  return { link: { token, expiresAt }, writes };
}

const rolesOf = (roles: readonly Role[]): readonly Role[] => ROLE_NAMES.filter((role) => roles.includes(role));

const grants = (caller: Caller, operatorId: string, tenantId: string, roles: readonly Role[]): readonly Write[] => [
  { op: 'drop-roles', operatorId, tenantId },
  ...rolesOf(roles).map((role) => ({ op: 'grant-role', operatorId, tenantId, role, by: byOf(caller) }) as const),
];

export interface Invite {
  readonly login: string;
  readonly name?: string | undefined;
  /** Tenant → roles there; at the console the caller's tenant alone. */
  readonly tenants: Readonly<Record<string, readonly Role[]>>;
}

export interface Invited {
  readonly kind: 'invited';
  readonly id: string;
  readonly login: string;
  /** The link's token, told this once; null: they have joined already, or serve another tenant, and only got the roles. */
  readonly link: { readonly token: string; readonly expiresAt: number } | null;
}

/** Makes somebody an operator, or gives an operator roles in a further tenant. */
export async function inviteOperator(
  ports: Ports,
  caller: Caller,
  input: Invite,
): Promise<Invited | Refusal | Invalid> {
  const canonical = canonicalAccount(input.login);
  if (canonical === '') return { kind: 'invalid', at: '/login', message: 'must hold at least one visible character' };
  // It would be another spelling of the same name without it.
  if (/\s/u.test(input.login.trim()))
    return { kind: 'invalid', at: '/login', message: 'must be one word, such as mei.lam' };
  const tenants = Object.keys(input.tenants);
  return guarded(async () => {
    const { policy } = await ports.tenants.get(OPERATORS, Number.POSITIVE_INFINITY);
    const held = await ports.store.account(OPERATORS, canonical, false);
    if (held !== undefined && held.account.id === caller.operator?.id) return refuse('own-roles');
    const services = held === undefined ? [] : await ports.operators.services(held.account.id);
    const hasJoined = held !== undefined && active(held).length > 0;
    const isHere = services.some(({ tenantId }) => tenants.includes(tenantId));
    if (isHere && hasJoined) return refuse('operator-exists');
    const isElsewhere = caller.operator !== undefined && services.some(({ tenantId }) => !tenants.includes(tenantId));
    // Somebody shut out everywhere comes back as if new: what they once bound opens nothing again by itself.
    if (held !== undefined && held.account.status === 'suspended' && isElsewhere) return refuse('operator-elsewhere');
    const own: Caller = { ...caller, tenantId: OPERATORS };
    const isReturning = held?.account.status === 'suspended';
    const change =
      held === undefined || isReturning
        ? await accountChange(ports, own, policy, held, {
            account: input.login,
            ...(input.name === undefined ? {} : { name: input.name }),
            status: 'active',
          })
        : undefined;
    if (change?.kind === 'invalid') return change;
    const id = held?.account.id ?? change?.row.id ?? '';
    const now = await ports.store.now();
    const isNew = (!hasJoined || isReturning) && !isElsewhere;
    const made = isNew ? linkFor(ports, caller, id, now) : undefined;
    const written = await ports.store.commit(id, [
      ...(change?.writes ?? []),
      ...(held === undefined ? ([{ op: 'insert-operator', id, by: byOf(caller) }] as const) : []),
      ...(isReturning ? without(id) : []),
      ...tenants.flatMap((tenantId) => [
        ...grants(caller, id, tenantId, input.tenants[tenantId] ?? []),
        audit(caller, tenantId, 'operator.invited', {
          operator: id,
          login: held?.account.account ?? input.login,
          roles: rolesOf(input.tenants[tenantId] ?? []).join(' '),
        }),
      ]),
      ...(made?.writes ?? []),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    return { kind: 'invited', id, login: held?.account.account ?? input.login, link: made?.link ?? null };
  });
}

/** Takes every method away. */
const without = (accountId: string): readonly Write[] => [
  { op: 'drop-type', accountId, type: 'totp' },
  { op: 'drop-type', accountId, type: 'passkey' },
  ...endSessions(accountId),
  ...endLogins(accountId, 'all'),
];

/** An operator of the caller's tenant, by id; for the command line, of any. */
async function found(
  ports: Ports,
  caller: Caller,
  id: string,
): Promise<
  { readonly snapshot: AccountSnapshot; readonly tenants: readonly string[]; readonly isElsewhere: boolean } | Refusal
> {
  const snapshot = await ports.store.accountById(OPERATORS, id);
  const tenants = (await ports.operators.services(id)).map(({ tenantId }) => tenantId);
  const isOurs = caller.operator === undefined || tenants.includes(caller.tenantId);
  if (snapshot === undefined || !isOurs || (await ports.operators.origin(id)) === undefined) return refuse('not-found');
  if (id === caller.operator?.id) return refuse('own-roles');
  const isElsewhere = caller.operator !== undefined && tenants.some((one) => one !== caller.tenantId);
  return { snapshot, tenants, isElsewhere };
}

/** Sets what an operator is in the caller's tenant; nothing at all takes them out of it, and shuts out who then serves nobody. */
export async function setRoles(
  ports: Ports,
  caller: Caller,
  id: string,
  roles: readonly Role[],
): Promise<{ readonly kind: 'set'; readonly roles: readonly Role[] } | Refusal> {
  return guarded(async () => {
    const of = await found(ports, caller, id);
    if ('kind' in of) return of;
    const isOut = roles.length === 0 && !of.isElsewhere;
    const written = await ports.store.commit(id, [
      ...grants(caller, id, caller.tenantId, roles),
      ...(isOut ? shutOut(of.snapshot) : []),
      audit(caller, caller.tenantId, isOut ? 'operator.disabled' : 'operator.roles-changed', {
        operator: id,
        login: of.snapshot.account.account,
        roles: rolesOf(roles).join(' '),
      }),
    ]);
    return written.kind === 'conflict' ? CONFLICT : { kind: 'set', roles: rolesOf(roles) };
  });
}

/** The account is suspended, its sessions and open logins end, and no link lets it in. */
const shutOut = ({ account, revision }: AccountSnapshot): readonly Write[] => [
  {
    op: 'update-account',
    account: { ...account, canonical: canonicalAccount(account.account), status: 'suspended' },
    revision,
  },
  ...without(account.id),
  { op: 'end-operator-links', operatorId: account.id },
];

/** Shuts an operator out of every tenant (the command line's). */
export async function disableOperator(
  ports: Ports,
  caller: Caller,
  id: string,
): Promise<{ readonly kind: 'disabled' } | Refusal> {
  return guarded(async () => {
    const of = await found(ports, caller, id);
    if ('kind' in of) return of;
    const { account } = of.snapshot;
    const written = await ports.store.commit(id, [
      ...of.tenants.map((tenantId) => ({ op: 'drop-roles', operatorId: id, tenantId }) as const),
      ...shutOut(of.snapshot),
      ...of.tenants.map((tenantId) =>
        audit(caller, tenantId, 'operator.disabled', { operator: id, login: account.account, roles: '' }),
      ),
    ]);
    return written.kind === 'conflict' ? CONFLICT : { kind: 'disabled' };
  });
}

/** Somebody lost their phone or their password: every method goes, and a new one-time link is made. */
export async function resetOperator(ports: Ports, caller: Caller, id: string): Promise<Invited | Refusal> {
  return guarded(async () => {
    const of = await found(ports, caller, id);
    if ('kind' in of) return of;
    if (of.isElsewhere) return refuse('operator-elsewhere');
    const { account } = of.snapshot;
    if (account.status === 'suspended') return refuse('account-suspended', { contact: '' });
    const made = linkFor(ports, caller, id, of.snapshot.now);
    const clears = await clearAll(ports, of.snapshot, canonicalAccount(account.account));
    const written = await ports.store.commit(id, [
      {
        op: 'update-account',
        account: { ...account, canonical: canonicalAccount(account.account), passwordHash: null },
        revision: of.snapshot.revision,
      },
      ...without(id),
      ...clears,
      ...made.writes,
      ...of.tenants.map((tenantId) =>
        audit(caller, tenantId, 'operator.reset', { operator: id, login: account.account }),
      ),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    return { kind: 'invited', id, login: account.account, link: made.link };
  });
}
