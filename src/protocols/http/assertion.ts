// What we assert of a satisfied login (RFC 7519): who, to whom, how strongly (`acr`), by what means (`amr`, RFC 8176), when.
import type { Challenge } from '../../core/challenge/challenge.ts';

/** Seconds an assertion may be used after the login. */
const LIFE_SECONDS = 300;

const AMR: Readonly<Record<Challenge['verified'][number], string>> = {
  totp: 'otp',
  app: 'otp',
  sms: 'sms',
  email: 'email',
  'recovery-code': 'kba',
};

/** The JSON payload. `at` is the instant of the last verification, ms. A login without a second step says so. */
export function assertionPayload(challenge: Challenge, account: string, at: number, issuer: string): string {
  const authTime = Math.floor(at / 1000);
  const amr = ['pwd', ...challenge.verified.map((type) => AMR[type])];
  const byMailboxAlone = challenge.verified.length > 0 && challenge.verified.every((type) => type === 'email');
  // A mailbox opens with another password: beside the first it is no second factor.
  if (challenge.verified.length > 0 && !byMailboxAlone) amr.push('mfa');
  return JSON.stringify({
    iss: issuer,
    sub: account,
    aud: challenge.clientId,
    acr: challenge.verified.length === 0 ? 'urn:hufu:aal1' : byMailboxAlone ? 'urn:hufu:email' : 'urn:hufu:aal2',
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
