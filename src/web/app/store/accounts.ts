// What the phone keeps of an account. Look at this type for what a thief finds: C, the salt, public facts, key handles.
// Never here: the PIN, M, K, a box (it and the box key together are K), a tag, a code, a count of tries.
import type { Bytes } from '../pin/bytes.ts';
import type { DeviceKeys } from '../pin/device.ts';
import type { Place } from '../pin/pin.ts';
import type { Kdf } from '../pin/stretch.ts';
import type { Wrapped } from '../pin/work.ts';
import { erase, readAll, readOne, update, write } from './db.ts';

/** Under the phone's fingerprint or face: where M is, sealed. `failures` in a row turn it off. */
export interface Biometric {
  readonly credential: Bytes;
  readonly input: Bytes;
  readonly wrapped: Wrapped;
  readonly failures: number;
}

export interface Account {
  /** The id the server gave this phone for this account: one per account on this device. */
  readonly phone: string;
  readonly tenant: { readonly id: string; readonly name: string };
  readonly contact: string | null;
  /** The number or name the person knows. */
  readonly account: string;
  readonly accountId: string;
  readonly role: 'main' | 'sub';
  /** `new-pin`: this phone is to choose a PIN; `unsynced`: it is to be given the one that exists. */
  readonly status: 'new-pin' | 'unsynced' | 'active' | 'revoked';
  /** What this phone is called among the account's phones. */
  readonly name: string;
  /** What the person calls the account, if not by its number. */
  readonly label: string | null;
  readonly addedAt: number;
  readonly salt: Bytes;
  readonly kdf: Kdf;
  readonly pinEpoch: number;
  /** C. */
  readonly store: Bytes | null;
  readonly keys: DeviceKeys;
  readonly biometric: Biometric | null;
}

export const placeOf = ({ accountId, phone, salt }: Account): Place => ({ account: accountId, phone, salt });

/** All accounts, in the order they were added. */
export const allAccounts = async (): Promise<readonly Account[]> =>
  (await readAll<Account>()).sort((one, other) => one.addedAt - other.addedAt);

export const keepAccount = async (account: Account): Promise<Account> => {
  await write(account);
  return account;
};

/** An account as it is stored now, which another tab may have changed. */
export const storedAccount = (phone: string): Promise<Account | undefined> => readOne<Account>(phone);

/** Changes some of an account as it is stored at that moment; nothing when it is gone meanwhile. */
export const changeAccount = (
  phone: string,
  change: Partial<Account> | ((now: Account) => Partial<Account>),
): Promise<Account | undefined> =>
  update<Account>(phone, (now) => ({ ...now, ...(typeof change === 'function' ? change(now) : change) }));

export const forgetAccount = (phone: string): Promise<unknown> => erase(phone);
