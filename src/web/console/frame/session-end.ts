// When the session ends, as far as this page knows: for want of use, or because it has lasted as long as any may. The server decides.

export interface SessionEnd {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** It ends whatever is done. */
  readonly isFinal: boolean;
}

interface Known {
  /** What the server said is left without use, and when it said so (seconds; ms). */
  readonly idleSeconds: number;
  readonly saidAt: number;
  /** How long it lasts after a use, seconds. */
  readonly idleAfterSeconds: number;
  /** When it was used last in this browser, ms. */
  readonly usedAt: number;
  /** When it ends in any case, ms. */
  readonly expiresAt: number;
}

/** The nearer of the two ends. A look that told a short rest is outlived by every later use. */
export function sessionEnd(known: Known): SessionEnd {
  const idle = Math.max(known.saidAt + known.idleSeconds * 1000, known.usedAt + known.idleAfterSeconds * 1000);
  return known.expiresAt <= idle ? { at: known.expiresAt, isFinal: true } : { at: idle, isFinal: false };
}
