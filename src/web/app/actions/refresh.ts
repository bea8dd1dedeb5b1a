// What the server says of this phone, taken over: its role, whether its PIN is still the account's, whether it still is
// one of the account's phones. And the time.
import { Refused } from '../../api/http.ts';
import type { PhoneCalls } from '../server/server.ts';
import type { StatusView } from '../server/views.ts';
import { REVOKED, taken } from '../state/standing.ts';
import { type Account, changeAccount } from '../store/accounts.ts';

/** Brings one account up to date. Throws when nobody was reached; being refused as revoked is an answer, not a fault. */
export async function refresh(asked: Account, calls: PhoneCalls): Promise<StatusView | null> {
  try {
    const view = await calls.status();
    await changeAccount(asked.phone, (now) => taken(now, asked, view));
    return view;
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'phone-revoked') throw error;
    await changeAccount(asked.phone, REVOKED);
    return null;
  }
}
