// The port of the captcha: a challenge for a page, and whether a solution is right. That it is used once is the commit's business.

export interface CaptchaChallenge {
  readonly algorithm: 'SHA-256';
  readonly challenge: string;
  readonly salt: string;
  readonly signature: string;
  readonly maxnumber: number;
}

export interface Captcha {
  challenge(tenantId: string, now: number): Promise<CaptchaChallenge>;
  /** The challenge a right and timely solution answers; undefined for everything else. Never throws on what people send. */
  solved(
    tenantId: string,
    payload: string,
    now: number,
  ): Promise<{ readonly id: string; readonly expiresAt: number } | undefined>;
}
