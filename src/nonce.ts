// Nonces that need no storage: random bytes and an instant under an HMAC whose key comes from the key file, so that every node knows another's.
import { createHmac, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Nonces } from './core/trust/trust.ts';

const LIFE_MS = 300_000;

/** A key for one purpose of one tenant, derived from a key of the key file. */
export const derivedKey = (key: KeyObject, purpose: string, tenantId: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `${purpose}\0${tenantId}`, 32));

interface Keys {
  current(): { readonly id: string; readonly key: KeyObject };
  ids(): readonly string[];
  get(id: string): KeyObject;
}

/** Nonces under the key file's keys; they last five minutes. */
export function nonces(file: Keys): Nonces {
  const tag = (key: KeyObject, tenantId: string, body: string): Buffer =>
    createHmac('sha256', derivedKey(key, 'hufu/nonce/v1', tenantId))
      .update(body)
      .digest()
      .subarray(0, 16);
  return {
    make(tenantId, now) {
      const body = `${randomBytes(16).toString('base64url')}.${now.toString(36)}`;
      return `${body}.${tag(file.current().key, tenantId, body).toString('base64url')}`;
    },
    isFresh(tenantId, nonce, now) {
      const parts = /^([\w-]{22}\.([0-9a-z]{1,11}))\.([\w-]{22})$/.exec(nonce);
      if (parts === null) return false;
      const [, signed = '', instant = '', mark = ''] = parts;
      const age = now - Number.parseInt(instant, 36);
      if (!(age >= 0 && age <= LIFE_MS)) return false;
      const shown = Buffer.from(mark, 'base64url');
      return file.ids().some((id) => {
        const wanted = tag(file.get(id), tenantId, signed);
        return wanted.length === shown.length && timingSafeEqual(wanted, shown);
      });
    },
  };
}
