// Values that several commands take on the command line, read the same way everywhere.
import { z } from 'zod';
import { SwitchPhase } from '../contract/schemas.ts';
import { PHASES, type Phase } from '../core/rollout/phase.ts';
import { Stop } from './terminal.ts';

const Instant = z.iso.datetime({ offset: true });
const UNITS: Readonly<Record<string, number>> = { h: 3600_000, d: 86_400_000 };

/** An instant given on the command line, ms; undefined when none was. */
export function instantOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!Instant.safeParse(text).success)
    throw new Stop(
      'usage',
      `${flag} must be an instant with its zone, such as 2026-11-20T09:00:00+08:00, not "${text}"`,
    );
  return Date.parse(text);
}

/** An instant to come, or a span from now such as 90d or 12h; ms. */
export function futureOf(flag: string, text: string | undefined, now: number): number | undefined {
  const span = /^(\d{1,5})([hd])$/.exec(text ?? '');
  const at = span === null ? instantOf(flag, text) : now + Number(span[1]) * (UNITS[span[2] ?? ''] ?? 0);
  if (at !== undefined && at <= now) throw new Stop('usage', `${flag} is in the past: ${text}`);
  return at;
}

/** A phase given on the command line. */
export function phaseOf(text: string): Phase {
  const phase = PHASES.find((p) => p === text);
  if (phase === undefined) throw new Stop('usage', `there is no phase ${text}; there are ${PHASES.join(', ')}`);
  return phase;
}

/** A cohort given on the command line, as the API takes it. */
export function cohortOf(text: string): string {
  if (!SwitchPhase.shape.cohort.safeParse(text).success) throw new Stop('usage', `"${text}" is no name of a cohort`);
  return text;
}

/** A reason or an operator's name: said, not empty, one line. */
export function saidOf(flag: string, text: string): string {
  const said = text.trim();
  if (said === '' || said.length > 500 || /\p{Cc}/u.test(said))
    throw new Stop('usage', `${flag} must be 1 to 500 characters on one line`);
  return said;
}
