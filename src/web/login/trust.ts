// This browser as a trusted device (TD-01): a key that cannot be copied out of it, and a token that changes with each use. Either alone is
// worthless. Kept per tenant and account in IndexedDB.
import { serverNow } from '../api/clock.ts';
import type { MeCalls } from '../api/me.ts';
import type { TrustedView, TrustProof } from '../api/views.ts';

interface Kept {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: string;
  readonly key: CryptoKey;
}

const STORE = 'trusted';
const keyOf = (tenant: string, account: string): string =>
  `${tenant} ${account.trim().normalize('NFKC').toLowerCase()}`;

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('hufu', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no database'));
  });
}

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await database();
  try {
    return await new Promise<T>((resolve, reject) => {
      const request = work(db.transaction(STORE, mode).objectStore(STORE));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('the database refused'));
    });
  } finally {
    db.close();
  }
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** What proves at a login that this browser is trusted for the account; undefined when it is not, or no longer. */
export async function trustProof(calls: MeCalls, tenant: string, account: string): Promise<TrustProof | undefined> {
  const kept = await read(tenant, account);
  if (kept === undefined) return undefined;
  if (Date.parse(kept.expiresAt) <= serverNow()) {
    await forget(tenant, account);
    return undefined;
  }
  const { nonce } = await calls.loginNonce();
  const said = new TextEncoder().encode(`hufu/trust/v1\n${nonce}\n${account}`);
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, kept.key, said);
  return { id: kept.id, token: kept.token, nonce, signature: base64url(signature) };
}

/** Makes this browser trusted for the account that just logged in. `replaces`: the device that makes room. */
export async function trustThisBrowser(
  calls: MeCalls,
  tenant: string,
  account: string,
  name: string,
  replaces?: string,
): Promise<void> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, false, ['sign']);
  const key = base64url(await crypto.subtle.exportKey('spki', pair.publicKey));
  const trusted = await calls.trustThis({ key, name, ...(replaces === undefined ? {} : { replaces }) });
  const kept: Kept = { ...trusted, key: pair.privateKey };
  await inStore('readwrite', (store) => store.put(kept, keyOf(tenant, account)));
}

/** Keeps the token that replaced the one just used. */
export async function keepRotated(
  tenant: string,
  account: string,
  { id, token, expiresAt }: TrustedView,
): Promise<void> {
  const kept = await read(tenant, account);
  if (kept !== undefined)
    await inStore('readwrite', (store) => store.put({ ...kept, id, token, expiresAt }, keyOf(tenant, account)));
}

export const forget = (tenant: string, account: string): Promise<undefined> =>
  inStore('readwrite', (store) => store.delete(keyOf(tenant, account)));

const read = (tenant: string, account: string): Promise<Kept | undefined> =>
  inStore<Kept | undefined>(
    'readonly',
    (store) => store.get(keyOf(tenant, account)) as IDBRequest<Kept | undefined>,
  ).catch(() => undefined);

/** A name for the list of trusted devices: Chrome · Windows. */
export function browserName(agent: string = navigator.userAgent): string {
  const first = (names: readonly (readonly [RegExp, string])[]): string =>
    names.find(([pattern]) => pattern.test(agent))?.[1] ?? '';
  const browser = first([
    [/MicroMessenger/, 'WeChat'],
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\/|FxiOS/, 'Firefox'],
    [/Chrom(e|ium)\/|CriOS/, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  const system = first([
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'Mac'],
    [/Linux/, 'Linux'],
  ]);
  return [browser, system].filter((part) => part !== '').join(' · ') || 'Browser';
}
