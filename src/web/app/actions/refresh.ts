// What the server says of this phone, taken over: its role, whether its PIN is still the account's, whether it still is
// one of the account's phones. And the time.
import { Refused } from '../../api/http.ts';
import type { PhoneCalls } from '../server/server.ts';
import type { StatusView } from '../server/views.ts';
import { type Account, changeAccount } from '../store/accounts.ts';
import { noCode } from './pin.ts';

/** Brings one account up to date. Throws when nobody was reached; being refused as revoked is an answer, not a fault. */
export async function refresh(account: Account, calls: PhoneCalls): Promise<StatusView | null> {
  let view: StatusView;
  try {
    view = await calls.status();
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'phone-revoked') throw error;
    await changeAccount(account.phone, { status: 'revoked', ...noCode });
    return null;
  }
  const { role, tenant, contact } = view;
  await changeAccount(account.phone, { role, tenant, contact, ...standing(account, view) });
  return view;
}

function standing(account: Account, view: StatusView): Partial<Account> {
  if (view.status === 'revoked') return { status: 'revoked', ...noCode };
  if (view.status === 'active') {
    // A change of PIN that this phone asked for happened, but the answer never came: it asks for the new PIN like the others.
    const changed = account.status === 'active' && view.pinEpoch > account.pinEpoch;
    return changed ? { status: 'unsynced', ...noCode } : {};
  }
  return account.status === 'new-pin' ? {} : { status: 'unsynced', ...noCode };
}
