// A registration becomes an account on this phone.
import { Refused } from '../../api/http.ts';
import { type Box } from '../pin/box.ts';
import { fromBase64Url } from '../pin/bytes.ts';
import type { NewDeviceKeys } from '../pin/device.ts';
import { kdfsHere } from '../pin/kdf.ts';
import type { anyone } from '../server/server.ts';
import type { Ticket, TicketView } from '../server/views.ts';
import { type Account, keepAccount } from '../store/accounts.ts';

/** What a phone joins with: the ticket, or the activation that the password made of it. */
export const joiningWith = ({ activation }: Pick<TicketView, 'activation'>, ticket: Ticket): Ticket =>
  activation === null ? ticket : { token: activation.token };

/** Whether it was the activation that is over, so that the password makes another; of the ticket itself, its own opening tells. */
export const isActivationOver = ({ activation }: Pick<TicketView, 'activation'>, error: unknown): boolean =>
  activation !== null &&
  error instanceof Refused &&
  ['ticket-expired', 'ticket-used-up', 'superseded'].includes(error.problem.code);

/**
 * Joins with keys that stay the same over every try: by them the server knows a phone that it answered already, and gives it no second slot. A `box` comes with it when this phone is to choose the account's PIN; one that was
 * answered before fetches it, as `Sync` does.
 */
export async function register(
  server: ReturnType<typeof anyone>,
  ticket: Ticket,
  name: string,
  { keys, signKey, boxKey }: NewDeviceKeys,
): Promise<{ account: Account; box: Box | null }> {
  const view = await server.join(ticket, { name, platform: platform(), signKey, boxKey, kdfs: kdfsHere() });
  const account = await keepAccount({
    phone: view.phone,
    tenant: view.tenant,
    contact: null,
    account: view.account,
    accountId: view.accountId,
    role: view.role,
    status: view.role === 'main' ? 'new-pin' : 'unsynced',
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
