// The app's calls, one line each. Those of a registered phone are signed by it; a clock that is off is corrected by the
// refusal itself, and the call made once more.
import { type Call, type CallOptions, caller, type Method, Refused } from '../../api/http.ts';
import type { Locale } from '../../words/say.ts';
import type { Box, DeviceKey } from '../pin/box.ts';
import { signRequest } from '../pin/device.ts';
import { kdfsHere } from '../pin/kdf.ts';
import type { Kdf } from '../pin/stretch.ts';
import { learn, serverNow } from './clock.ts';
import type {
  AnswerBody,
  ApprovalView,
  CompleteView,
  JoinedView,
  StatusView,
  SyncView,
  Ticket,
  TicketView,
} from './views.ts';

/** A phone of an account, with the key it signs with. */
export interface Signer {
  readonly phone: string;
  readonly keys: { readonly sign: DeviceKey };
}

/** What a phone says of itself when it joins. */
interface NewPhone {
  readonly name: string;
  readonly platform: string;
  readonly signKey: string;
  readonly boxKey: string;
  readonly kdfs: readonly Kdf['name'][];
}

const of = encodeURIComponent;

/** What anybody may call. */
export function anyone(locale: Locale) {
  const call = caller({ locale });
  return {
    openTicket: (ticket: Ticket, password?: string) => {
      const body = password === undefined ? ticket : { ...ticket, password };
      return call<TicketView>('POST', '/v1/app/tickets:open', { body });
    },
    /** Whose login a QR is, told so that only those phones understand. */
    look: (token: string) => call<{ phones: readonly string[] }>('POST', '/v1/app/approvals:look', { body: { token } }),
    pushKey: () => call<{ key: string }>('GET', '/v1/app/push-key'),
    join: (ticket: Ticket, phone: NewPhone) =>
      timed(() => call<JoinedView>('POST', '/v1/app/phones', { body: { ...ticket, ...phone } })),
  };
}

/** What one registered phone may call. */
export function asPhone({ phone, keys }: Signer, locale: Locale) {
  const call = signedCall(phone, keys.sign, locale);
  const at = `/v1/app/phones/${of(phone)}`;
  return {
    status: () => timed(() => call<StatusView>('GET', at)),
    registerPin: (body: { tag: string; output: string; kdf: Kdf['name'] }) =>
      call<CompleteView>('POST', `${at}/pin`, { body }),
    beginSync: () => call<SyncView>('POST', `${at}/sync`, { body: { kdfs: kdfsHere() } }),
    sync: (body: { nonce: string; proof: string }) =>
      call<{ box: Box; pinEpoch: number }>('POST', `${at}/sync`, { body }),
    confirm: (output: string) => call<CompleteView>('POST', `${at}/confirm`, { body: { output } }),
    changePin: (body: { output: string; tag: string }) => call<CompleteView>('POST', `${at}/pin-change`, { body }),
    revoke: (other: string) => call<unknown>('DELETE', `/v1/app/phones/${of(other)}`),
    claim: (token: string) => call<ApprovalView>('POST', '/v1/app/approvals:claim', { body: { token } }),
    approvals: (waitSeconds: number, signal: AbortSignal) =>
      call<{ items: readonly ApprovalView[] }>('GET', `/v1/app/approvals?wait=${waitSeconds}`, { signal }),
    answer: (id: string, body: AnswerBody) => call<{ status: string }>('POST', `/v1/app/approvals/${of(id)}`, { body }),
    subscribe: (where: { endpoint: string; p256dh: string; auth: string }) =>
      call<unknown>('PUT', '/v1/app/push', { body: where }),
    unsubscribe: () => call<unknown>('DELETE', '/v1/app/push'),
    secure: () => call<unknown>('POST', '/v1/app/secure', { body: {} }),
  };
}
export type PhoneCalls = ReturnType<typeof asPhone>;

function signedCall(phone: string, key: DeviceKey, locale: Locale): Call {
  const call = caller({
    locale,
    headers: (method, path, body) => signRequest(phone, key, { method, path, body, at: serverNow() }),
  });
  return async <T>(method: Method, path: string, options?: CallOptions): Promise<T> => {
    const askedAt = Date.now();
    try {
      return await call<T>(method, path, options);
    } catch (error) {
      const serverTime = error instanceof Refused && error.problem.code === 'clock-off' ? timeIn(error.problem) : null;
      if (serverTime === null) throw error;
      learn(serverTime, askedAt);
      return call<T>(method, path, options);
    }
  };
}

function timeIn(view: object): string | number | null {
  const found = (view as { serverTime?: unknown }).serverTime;
  return typeof found === 'string' || typeof found === 'number' ? found : null;
}

/** A call whose reply tells the server's time, which is learned. */
async function timed<T extends { readonly serverTime: string | number }>(work: () => Promise<T>): Promise<T> {
  const askedAt = Date.now();
  const view = await work();
  learn(view.serverTime, askedAt);
  return view;
}
