// The relying party checks the password: one POST over TLS with a JWT (RFC 7519) of the tenant's key over the body's hash, so that it knows who asks.
// Anything but its plain word, in time, means that nobody is let in.
import { createHash, randomBytes } from 'node:crypto';
import type { Credentials } from '../core/portal/first-factors.ts';
import type { PortalPolicy } from '../core/portal/portal.ts';

/** Signs a payload with the tenant's key. */
export type Sign = (tenantId: string, payload: string) => Promise<string>;

const LIFE_SECONDS = 60;
const LONGEST = 4096;

/** Asks the address in `external.url`. */
export function externalCheck(sign: Sign, issuer: string, clock: () => number) {
  return async (
    { external }: PortalPolicy,
    { tenantId, account, password, ip }: Credentials,
  ): Promise<boolean | undefined> => {
    if (external === undefined) return undefined;
    const body = JSON.stringify({ account, password, ...(ip === null ? {} : { ip }) });
    const at = Math.floor(clock() / 1000);
    try {
      const token = await sign(
        tenantId,
        JSON.stringify({
          iss: issuer,
          aud: external.url,
          sub: 'check-password',
          tenant: tenantId,
          iat: at,
          exp: at + LIFE_SECONDS,
          jti: randomBytes(16).toString('base64url'),
          body: createHash('sha256').update(body).digest('base64url'),
        }),
      );
      const response = await fetch(external.url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(external.timeoutSeconds * 1000),
      });
      return response.status === 200 ? resultOf(await short(response)) : undefined;
    } catch {
      return undefined;
    }
  };
}

/** The body as text; undefined when it is longer than any answer of ours can be. */
async function short(response: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > LONGEST) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function resultOf(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  const { result } = JSON.parse(text) as { readonly result?: unknown };
  return result === 'accepted' ? true : result === 'rejected' ? false : undefined;
}
