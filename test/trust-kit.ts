// A browser that is trusted, as its page keeps and shows it.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Answer } from './kit.ts';
import type { Browser } from './portal-kit.ts';

export interface Kept {
  id: string;
  token: string;
  readonly key: KeyObject;
}

export const keyPair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { key: privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url') };
};

/** Trusts the browser of a session that has just done its second step. */
export async function trustIt(b: Browser): Promise<Kept> {
  const { key, spki } = keyPair();
  const made = await b.call('POST', '/v1/me/trusted-devices', { key: spki, name: 'Chrome · Windows' });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return { id: made.body.id, token: made.body.token, key };
}

export async function trustProof(b: Browser, kept: Kept, account: string) {
  const { nonce } = (await b.call('GET', '/v1/me/login-nonce')).body;
  const text = Buffer.from(`hufu/trust/v1\n${nonce}\n${account}`);
  const signature = sign('sha256', text, { key: kept.key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return { id: kept.id, token: kept.token, nonce, signature };
}

/** A login with the proof; a new token is kept, as the page keeps it. */
export async function loginTrusted(b: Browser, kept: Kept, account: string, password: string): Promise<Answer> {
  const answer = await b.login(account, password, { trust: await trustProof(b, kept, account) });
  if (answer.body.trusted !== undefined) kept.token = answer.body.trusted.token;
  return answer;
}
