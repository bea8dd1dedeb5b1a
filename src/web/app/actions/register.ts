// A registration becomes an account on this phone.
import { type Box } from '../pin/box.ts';
import { fromBase64Url } from '../pin/bytes.ts';
import { newDeviceKeys } from '../pin/device.ts';
import { kdfsHere } from '../pin/kdf.ts';
import type { anyone } from '../server/server.ts';
import type { Ticket } from '../server/views.ts';
import { type Account, keepAccount } from '../store/accounts.ts';

/** Joins with fresh keys. A `box` comes with it when this phone is to choose the account's PIN. */
export async function register(
  server: ReturnType<typeof anyone>,
  ticket: Ticket,
  name: string,
): Promise<{ account: Account; box: Box | null }> {
  const { keys, signKey, boxKey } = await newDeviceKeys();
  const view = await server.join(ticket, { name, platform: platform(), signKey, boxKey, kdfs: kdfsHere() });
  const account = await keepAccount({
    phone: view.phone,
    tenant: view.tenant,
    contact: null,
    account: view.account,
    accountId: view.accountId,
    role: view.role,
    status: view.box === null ? 'unsynced' : 'new-pin',
    name,
    label: null,
    addedAt: Date.now(),
    salt: fromBase64Url(view.salt),
    kdf: view.kdf,
    pinEpoch: view.pinEpoch,
    store: null,
    keys,
    biometric: null,
  });
  // Asked once there is something to lose; browsers that know the app as installed say yes by themselves.
  void navigator.storage?.persist?.().catch(() => false);
  return { account, box: view.box };
}

const agent = (): string => navigator.userAgent;

/** What this device calls itself, for the server's list. */
export function platform(): string {
  if (isAppleTouch()) return 'ios';
  return /Android/.test(agent()) ? 'android' : 'other';
}

/** An iPhone or iPad; newer iPads call themselves a Mac that has a touch screen. */
export const isAppleTouch = (): boolean =>
  /iPhone|iPad|iPod/.test(agent()) || (/Macintosh/.test(agent()) && navigator.maxTouchPoints > 1);

/** A first name for this phone, which the person may change. */
export function phoneName(): string {
  if (/iPad/.test(agent()) || (/Macintosh/.test(agent()) && navigator.maxTouchPoints > 1)) return 'iPad';
  if (/iPhone/.test(agent())) return 'iPhone';
  const model = /Android [^;)]*; ([^;)]+?)(?: Build\/[^;)]*)?[;)]/.exec(agent())?.[1];
  if (model !== undefined && !/^(K|wv|U|Mobile)$/.test(model)) return model.slice(0, 40);
  return /Android/.test(agent()) ? 'Android' : 'Hufu app';
}
