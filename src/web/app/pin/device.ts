// The phone's own two keys for one account, made here and unable to leave: one signs requests and answers to
// approvals (ECDSA P-256, SHA-256, raw r‖s), the other opens boxes (ECDH P-256).
import { type DeviceKey } from './box.ts';
import { toBase64Url, utf8 } from './bytes.ts';

/** Private halves as handles only: `extractable` is false, so not even our own script can read them. */
export interface DeviceKeys {
  readonly sign: DeviceKey;
  readonly box: DeviceKey;
}

/** Both keys, and their public halves as the server wants them: `signKey` SPKI, `boxKey` an uncompressed point, base64url. */
export interface NewDeviceKeys {
  readonly keys: DeviceKeys;
  readonly signKey: string;
  readonly boxKey: string;
}

/** New keys. */
export async function newDeviceKeys(): Promise<NewDeviceKeys> {
  const sign = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const box = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
  const [spki, point] = await Promise.all([
    crypto.subtle.exportKey('spki', sign.publicKey),
    crypto.subtle.exportKey('raw', box.publicKey),
  ]);
  return {
    keys: { sign: sign.privateKey, box: box.privateKey },
    signKey: toBase64Url(new Uint8Array(spki)),
    boxKey: toBase64Url(new Uint8Array(point)),
  };
}

async function signature(key: DeviceKey, text: string): Promise<string> {
  const made = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, utf8(text));
  return toBase64Url(new Uint8Array(made));
}

/** The three headers that say which phone asks, when, and that it really is that phone asking just this. */
export async function signRequest(
  phone: string,
  key: DeviceKey,
  request: { readonly method: string; readonly path: string; readonly body: string; readonly at: number },
): Promise<Record<'Hufu-Phone' | 'Hufu-Time' | 'Hufu-Signature', string>> {
  const { method, path, body, at } = request;
  const digest = toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(body))));
  const time = String(Math.round(at));
  const text = ['hufu/request/v1', method, path, time, digest].join('\n');
  return { 'Hufu-Phone': phone, 'Hufu-Time': time, 'Hufu-Signature': await signature(key, text) };
}

export type Answer = 'approve' | 'approve-trust' | 'deny';

/** The person's answer, signed over the very bytes the server showed: `canonical`, the answer, the typed number or nothing. */
export const signApproval = (key: DeviceKey, canonical: string, answer: Answer, number = ''): Promise<string> =>
  signature(key, `${canonical}\n${answer}\n${number}`);
