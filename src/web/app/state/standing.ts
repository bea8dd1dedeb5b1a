// What an account's state on this phone leads to: what of the server's answer about it is taken over, and which of its screens is shown. Pure.
import type { StatusView, TicketView } from '../server/views.ts';
import type { Account } from '../store/accounts.ts';
import type { AccountRoute } from './route.ts';

/** A C that gives no valid codes any more, and what leads to it, must not stay. */
export const noCode = { store: null, biometric: null } as const;
export const REVOKED = { status: 'revoked', ...noCode } as const;

type Held = Pick<Account, 'status' | 'pinEpoch' | 'store'>;
type Told = Pick<StatusView, 'role' | 'tenant' | 'contact' | 'status' | 'pinEpoch'>;

const sameBytes = (one: Uint8Array | null, other: Uint8Array | null): boolean =>
  one === other || (one !== null && other?.length === one.length && one.every((byte, at) => byte === other[at]));

/**
 * What changes of an account as it is stored `now`, by an answer of the server to a question about it as it was `asked`. Where its PIN was set or its
 * state changed meanwhile, the answer is about what is no longer there, and says nothing of it; that it is revoked holds whenever it was said.
 */
export function taken(now: Held, asked: Held, { role, tenant, contact, status, pinEpoch }: Told): Partial<Account> {
  if (status === 'revoked') return { tenant, contact, ...REVOKED };
  if (now.status !== asked.status || now.pinEpoch !== asked.pinEpoch || !sameBytes(now.store, asked.store))
    return { tenant, contact };
  // A change of PIN that this phone asked for happened, but the answer never came: it asks for the new PIN like the others.
  const isBehind = status === 'active' ? now.status === 'active' && pinEpoch > now.pinEpoch : now.status !== 'new-pin';
  return { role, tenant, contact, ...(isBehind ? { status: 'unsynced', ...noCode } : {}) };
}

/**
 * The account of a registration where it is on this phone already. Not where the registration is to begin anew beside a PIN that is in use: then its first
 * phone replaces those there are, and this one may well be that.
 */
export const heldHere = <A extends Pick<Account, 'tenant' | 'account' | 'status'>>(
  accounts: readonly A[],
  { tenant, account, isFirst }: Pick<TicketView, 'tenant' | 'account' | 'isFirst'>,
): A | undefined =>
  accounts.find(
    (one) =>
      one.tenant.id === tenant.id &&
      one.account === account &&
      one.status !== 'revoked' &&
      !(isFirst && one.status === 'active'),
  );

/** Those that are worth nothing without a PIN. `pin` minds its own: it is without one for a moment while the PIN changes. */
const NEED_PIN: readonly AccountRoute[] = ['account', 'code', 'biometric'];

/** The screen that is shown in place of the one asked for: no code without a PIN, nothing but the end of an account that is revoked. */
export function screenOf(asked: AccountRoute, status: Account['status']): AccountRoute {
  if (status === 'revoked') return asked === 'manage' ? 'manage' : 'account';
  return status !== 'active' && NEED_PIN.includes(asked) ? 'sync' : asked;
}
