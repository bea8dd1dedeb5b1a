// What types need of the platform's cryptography.
import type { Hmac } from '../otp/hotp.ts';

/** HMAC by the platform; `sameBytes` compares without telling where two differ. */
export interface Mac {
  readonly hmac: Hmac;
  readonly sameText: (a: string, b: string) => boolean;
}
