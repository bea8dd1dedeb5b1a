// The server's time on a tenant's pages. A computer's own clock may be minutes off, and a QR or a login would then seem over before it began: the pages go
// by the Date of the server's answers (RFC 9110 §6.6.1). The app has a finer clock of its own and never learns here.

/** Off by less than this may as well be the way of an answer, whose Date counts in whole seconds. */
const NOTHING_MS = 5000;
const learned = { offMs: 0 };

/** Takes over the `Date` of an answer that came just now. */
export function learnDate(date: string | null): void {
  const off = Date.parse(date ?? '') + 500 - Date.now();
  if (Number.isFinite(off)) learned.offMs = Math.abs(off) < NOTHING_MS ? 0 : off;
}

/** The time (milliseconds since 1970) as the server has it, as far as it is known. */
export const serverNow = (): number => Date.now() + learned.offMs;
