// TOTP, RFC 6238: which time step an instant is in, and whether an output is the code of a step near it.
// It answers with the step, because accepting a code means spending its step: whoever accepts must also refuse every
// step up to the last one spent (§5.2). Time is an argument, in milliseconds since 1970 (UTC).

import { type Digits, type HashAlgorithm, type Hmac, hotpNumbers } from './hotp.ts';

/** Steps accepted around the current one: `back` for slow phones and slow typing, `forward` for fast phones. */
export interface TimeStepWindow {
  readonly back: number;
  readonly forward: number;
}

/** Every step is computed at each check, so a window is kept small; 2,880 half minutes are a day. */
const widestWindow = 2880;

/** RFC 6238 T: whole periods since 1970. Throws a RangeError for an instant before 1970 or a period that is not whole seconds. */
export function timeStep(at: number, periodSeconds: number): number {
  const period = milliseconds(at, periodSeconds);
  return (at - (at % period)) / period;
}

/** How long the code of the moment stays current, in seconds rounded up: from `periodSeconds` down to 1, never 0. */
export function secondsLeft(at: number, periodSeconds: number): number {
  const period = milliseconds(at, periodSeconds);
  return Math.ceil((period - (at % period)) / 1000);
}

/**
 * The time step in the window around `at` whose code `output` is, or undefined. If several steps have that code, the
 * highest: spending it refuses the lower ones too, so one output can never be taken twice.
 * `output` must be canonical (`canonicalOutput`): exactly `digits` ASCII digits, anything else matches nothing.
 * Every step is computed and compared whatever matched before, so the time taken tells nothing about the answer.
 * Throws for nonsense in anything but `output` (see `hotp`, `timeStep`).
 */
export function matchTotp(
  check: {
    readonly secret: Uint8Array;
    readonly algorithm: HashAlgorithm;
    readonly digits: Digits;
    readonly periodSeconds: number;
    readonly at: number;
    readonly window: TimeStepWindow;
    readonly output: string;
  },
  hmac?: Hmac,
): number | undefined {
  const { back, forward } = check.window;
  if (!isSteps(back) || !isSteps(forward)) throw new RangeError('TOTP: a window is counted in whole steps');
  const current = timeStep(check.at, check.periodSeconds);
  const codeOf = hotpNumbers(check.secret, check, hmac);
  const presented = codeNumber(check.output, check.digits);
  let matched = -1;
  for (let step = Math.max(0, current - back); step <= current + forward; step++) {
    // Numbers of the same length compare in one instruction: no digit-by-digit timing.
    if (codeOf(step) === presented) matched = step;
  }
  return matched < 0 ? undefined : matched;
}

/** The output as a number, or -1, which no code is, for anything but exactly `digits` ASCII digits: `123` is not `000123`. */
function codeNumber(output: string, digits: number): number {
  return output.length === digits && /^[0-9]+$/.test(output) ? Number(output) : -1;
}

function isSteps(count: number): boolean {
  return Number.isInteger(count) && count >= 0 && count <= widestWindow;
}

function milliseconds(at: number, periodSeconds: number): number {
  if (!Number.isFinite(at) || at < 0) throw new RangeError('TOTP: time is milliseconds since 1970');
  if (!Number.isSafeInteger(periodSeconds) || periodSeconds <= 0) {
    throw new RangeError('TOTP: a period is a whole number of seconds');
  }
  return periodSeconds * 1000;
}
