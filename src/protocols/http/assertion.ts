// What we assert of a satisfied login (RFC 7519): who, to whom, how strongly (`acr`), by what means (`amr`, RFC 8176), when.
import { assuranceOf } from '../../core/assurance.ts';
import type { Challenge } from '../../core/challenge/challenge.ts';

/** Seconds an assertion may be used after the login. */
const LIFE_SECONDS = 300;

/** The JSON payload. `at` is the instant of the last verification, ms. A login without a second step says so. */
export function assertionPayload(
  challenge: Challenge,
  account: string,
  at: number,
  issuer: string,
  approved: boolean,
): string {
  const authTime = Math.floor(at / 1000);
  const { acr, amr } = assuranceOf(challenge.verified, false, approved);
  return JSON.stringify({
    iss: issuer,
    sub: account,
    aud: challenge.clientId,
    acr,
    amr,
    auth_time: authTime,
    iat: authTime,
    exp: authTime + LIFE_SECONDS,
    jti: challenge.id,
    login: challenge.id,
    purpose: challenge.purpose,
    tenant: challenge.tenantId,
  });
}
