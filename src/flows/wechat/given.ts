// What a mini-program is given: the secret of its codes and signatures, over TLS, in the one reply it asked for. It has no key of its own to seal it to.

import type { Account } from '../../core/account/account.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports, Tenant } from '../../core/ports.ts';

export interface WechatGiven {
  readonly phone: string;
  readonly tenant: { readonly id: string; readonly name: string };
  readonly account: string;
  /** base64url, 32 bytes; the only time it is told. */
  readonly key: string;
  readonly code: Policy['app'];
  /** The template of the reminder its owner may allow; null where none is set up. */
  readonly reminder: string | null;
  readonly serverTime: number;
}

/** The reply of a binding or of a key given anew. */
export function givenTo(
  ports: Ports,
  { id, name, policy }: Tenant,
  account: Pick<Account, 'account'>,
  phone: string,
  secret: Uint8Array,
  now: number,
): WechatGiven {
  return {
    phone,
    tenant: { id, name },
    account: account.account,
    key: ports.crypto.toBase64url(secret),
    code: policy.app,
    reminder: ports.wechat?.template ?? null,
    serverTime: now,
  };
}
