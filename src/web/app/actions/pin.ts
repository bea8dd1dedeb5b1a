// Everything a PIN does, on this side: set, given to a further phone, changed, turned into a code. Each takes a vault
// (M of whatever was typed) and ends it. Whether the PIN was right is the server's to say, and nobody else can.
import { problemOf, Refused } from '../../api/http.ts';
import type { Box } from '../pin/box.ts';
import { type Bytes, fromBase64Url, toBase64Url, wipe } from '../pin/bytes.ts';
import { CODE } from '../pin/pin.ts';
import type { Vault } from '../pin/vault.ts';
import type { Done } from '../pin/work.ts';
import { serverNow } from '../server/clock.ts';
import type { PhoneCalls } from '../server/server.ts';
import type { CompleteView, SyncView } from '../server/views.ts';
import { noCode } from '../state/standing.ts';
import { type Account, changeAccount, placeOf, storedAccount } from '../store/accounts.ts';

/** A code and when it ends, and the one after it, by this phone's clock (ms). */
export interface ShownCode {
  readonly code: string;
  readonly until: number;
  readonly next: string;
}

async function ending<T>(vault: Vault, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    vault.end();
  }
}

function part<K extends keyof Done>(done: Done, name: K): NonNullable<Done[K]> {
  const found = done[name];
  if (found === undefined || found === null) throw new Error(`the vault gave no ${name}`);
  return found;
}

/** T as it goes to the server; the bytes are wiped. */
function sent(done: Done): string {
  const tag = part(done, 'tag');
  const text = toBase64Url(tag);
  wipe(tag);
  return text;
}

const saltOf = ({ salt, kdf }: Account): string => toBase64Url(salt) + JSON.stringify(kdf);

/** The code of now, from C as it is stored now. Works without a network. Null when there is no C any more, or none for this vault. */
export const makeCode = (account: Account, vault: Vault): Promise<ShownCode | null> =>
  ending(vault, async () => {
    const held = await storedAccount(account.phone);
    if (held === undefined || held.store === null || saltOf(held) !== saltOf(account)) return null;
    const { store } = held;
    const now = serverNow();
    const periodMs = CODE.periodSeconds * 1000;
    const ask = { act: 'code', store, place: placeOf(account) } as const;
    const code = part(await vault.perform({ ...ask, at: now }), 'code');
    const next = part(await vault.perform({ ...ask, at: now + periodMs }), 'code');
    return { code, next, until: Date.now() + (periodMs - (now % periodMs)) };
  });

/** Sets the PIN of an account that has none: proves to the server that K arrived, and registers the tag. */
export const setPin = (account: Account, calls: PhoneCalls, vault: Vault, box: Box): Promise<void> =>
  ending(vault, async () => {
    const place = placeOf(account);
    const done = await vault.perform({ act: 'set', box, boxKey: account.keys.box, place, at: serverNow() });
    const store = part(done, 'store');
    await changeAccount(account.phone, { store, biometric: null });
    const { pinEpoch, role } = await calls.registerPin({
      tag: sent(done),
      output: part(done, 'code'),
      kdf: account.kdf.name,
    });
    // With its C: an answer about the phone as it was a moment ago may have taken that away.
    await changeAccount(account.phone, { status: 'active', pinEpoch, role, store });
  });

/** Asks the server how this phone gets to a PIN, and notes salt and kind of stretching for the pad that follows. */
export async function beginSync(account: Account, calls: PhoneCalls): Promise<{ account: Account; view: SyncView }> {
  const view = await calls.beginSync();
  const { salt, kdf } = view;
  const change = {
    salt: fromBase64Url(salt),
    kdf,
    status: view.state === 'set' ? 'unsynced' : 'new-pin',
    ...noCode,
  } as const;
  return { account: (await changeAccount(account.phone, change)) ?? { ...account, ...change }, view };
}

/** Answers a nonce with the PIN behind the vault; brings a fresh K in a box. A wrong PIN is counted by the server. */
async function prove(account: Account, calls: PhoneCalls, vault: Vault, nonce: string): Promise<Box> {
  const ask = { act: 'proof', nonce: fromBase64Url(nonce), place: placeOf(account) } as const;
  const proof = part(await vault.perform(ask), 'proof');
  return (await calls.sync({ nonce, proof: toBase64Url(proof) })).box;
}

/** Gives this phone the account's PIN: proves it by the tag, receives K, and confirms with a first code. */
export const syncPin = (account: Account, calls: PhoneCalls, vault: Vault, nonce: string): Promise<void> =>
  ending(vault, async () => {
    const box = await prove(account, calls, vault, nonce);
    const ask = { act: 'set', box, boxKey: account.keys.box, place: placeOf(account), at: serverNow() } as const;
    const done = await vault.perform(ask);
    const store = part(done, 'store');
    await changeAccount(account.phone, { store, biometric: null });
    const { pinEpoch, role } = await calls.confirm(part(done, 'code'));
    await changeAccount(account.phone, { status: 'active', pinEpoch, role, store });
  });

/** Asks the server whether the PIN behind the vault is the account's, before something lasting rests on it. Throws when not. */
export async function provePin(account: Account, calls: PhoneCalls, vault: Vault): Promise<void> {
  const view = await calls.beginSync();
  // The fresh key that comes with the answer is not taken up, and the server forgets it.
  if (view.state === 'set') await prove(account, calls, vault, view.nonce);
}

/**
 * Changes the PIN; the vault holds M of the present one, which the server checks first, and which keeps working until it
 * has answered. The new PIN covers a fresh K. `unknown`: no answer came, and the old PIN stays in use until `refresh`
 * learns what happened. `resync`: changed, but this phone has yet to be given the new PIN, like the others.
 */
export const changePin = (
  account: Account,
  calls: PhoneCalls,
  old: Vault,
  pin: Bytes,
): Promise<'done' | 'unknown' | 'resync'> =>
  ending(old, async () => {
    const { store, kdf, phone, keys } = account;
    const view = await calls.beginSync();
    if (store === null || view.state !== 'set') throw new Error('there is no PIN to change');
    const box = await prove(account, calls, old, view.nonce);
    const place = placeOf(account);
    const ask = { act: 'change', store, pin, kdf, box, boxKey: keys.box, place, at: serverNow() } as const;
    const done = await old.perform(ask);
    let complete: CompleteView;
    try {
      complete = await calls.changePin({ output: part(done, 'code'), tag: sent(done) });
    } catch (error) {
      if (error instanceof Refused && problemOf(error).status < 500) throw error;
      return 'unknown';
    }
    const next = part(done, 'store');
    await changeAccount(phone, { store: next, status: 'unsynced', biometric: null });
    try {
      complete = await calls.confirm(part(done, 'first'));
    } catch {
      await changeAccount(phone, noCode);
      return 'resync';
    }
    const { pinEpoch, role } = complete;
    await changeAccount(phone, { status: 'active', pinEpoch, role, store: next });
    return 'done';
  });
