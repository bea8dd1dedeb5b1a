// Being woken when somebody asks: the browser's push service, where there is one. One subscription for all accounts on this phone; each tells its own
// server. What comes says only that somebody asks, and decides nothing.
import { fromBase64Url, toBase64Url } from '../pin/bytes.ts';
import type { PhoneCalls } from '../server/server.ts';

/** `off` may be turned on here; `denied` only in the phone's own settings; `none` where the browser has no such thing. */
export type NotifyState = 'none' | 'denied' | 'off' | 'on';

const isThere = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

async function held(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration('/app/');
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** How it stands on this phone. */
export async function notifyState(): Promise<NotifyState> {
  if (!isThere()) return 'none';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && (await held()) !== null ? 'on' : 'off';
}

/** Asks for permission and subscribes. To be called from the press of a button. `key`: the server's, base64url. */
export async function turnOn(key: string, phones: readonly PhoneCalls[]): Promise<NotifyState> {
  if ((await Notification.requestPermission()) !== 'granted') return notifyState();
  // By its scope: the app may be open under the address of a QR, which the worker does not control.
  const registration = await navigator.serviceWorker.getRegistration('/app/');
  if (registration === undefined) return 'none';
  await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: fromBase64Url(key) });
  await keepOn(phones);
  return 'on';
}

/** Tells every account's server where this phone is woken, when it is; an account that was added later learns it too. */
export async function keepOn(phones: readonly PhoneCalls[]): Promise<void> {
  const subscription = isThere() ? await held() : null;
  const [p256dh, auth] = [subscription?.getKey('p256dh'), subscription?.getKey('auth')];
  if (subscription === null || p256dh == null || auth == null) return;
  const where = {
    endpoint: subscription.endpoint,
    p256dh: toBase64Url(new Uint8Array(p256dh)),
    auth: toBase64Url(new Uint8Array(auth)),
  };
  await Promise.allSettled(phones.map((phone) => phone.subscribe(where)));
}

/** Ends it, here and at every server. */
export async function turnOff(phones: readonly PhoneCalls[]): Promise<NotifyState> {
  await Promise.allSettled(phones.map((phone) => phone.unsubscribe()));
  await (await held())?.unsubscribe();
  return notifyState();
}
