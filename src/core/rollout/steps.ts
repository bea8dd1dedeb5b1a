// How far an account came on the way to a stronger method, from what the audit log says of it: told, opened, scanned, verified, used.
// A scan is seen where a phone of ours joins; an authenticator app scans by itself, and is first seen when its code is right.
import { STRONG_TYPES, type TypeName } from '../authenticator/type.ts';

export const STEPS = ['told', 'opened', 'scanned', 'verified', 'used'] as const;
export type StepName = (typeof STEPS)[number];

/** Events that may be a step, besides logins of those who have verified. */
export const STEP_EVENTS = [
  'reminder.sent',
  'ticket.issued',
  'ticket.activated',
  'binding.started',
  'binding.confirmed',
  'phone.joined',
  'phone.completed',
] as const;

/** The step an event is (1 to 5), or 0. */
export function stepOf(event: string, type: unknown): number {
  const isStrong = STRONG_TYPES.includes(type as TypeName);
  if (event === 'reminder.sent' || event === 'ticket.issued') return 1;
  if (event === 'ticket.activated') return 2;
  if (event === 'binding.started') return isStrong ? 2 : 0;
  if (event === 'phone.joined') return 3;
  if (event === 'phone.completed') return 4;
  if (event === 'binding.confirmed') return isStrong ? 4 : 0;
  if (event === 'login.satisfied') return isStrong ? 5 : 0;
  return 0;
}

/** Accounts that are alike in how far they came. */
export interface StepGroup {
  readonly client: string | null;
  readonly version: string | null;
  /** The furthest step, 1 to 5. */
  readonly step: number;
  readonly isTold: boolean;
  readonly count: number;
}

export interface Funnel {
  /** How many came at least so far: of all, and of those who were told. */
  readonly steps: readonly { readonly step: StepName; readonly all: number; readonly told: number }[];
  /** The same by client and version, most accounts first. */
  readonly clients: readonly {
    readonly client: string;
    readonly version: string;
    readonly reached: readonly number[];
  }[];
}

/** The funnel of these groups. */
export function funnelOf(groups: readonly StepGroup[]): Funnel {
  const all = STEPS.map(() => 0);
  const told = STEPS.map(() => 0);
  const clients = new Map<string, { client: string; version: string; reached: number[] }>();
  for (const { client, version, step, isTold, count } of groups) {
    const key = `${client ?? ''} ${version ?? ''}`;
    let one = clients.get(key);
    if (one === undefined)
      clients.set(key, (one = { client: client ?? '', version: version ?? '', reached: STEPS.map(() => 0) }));
    for (let n = 0; n < STEPS.length; n++) {
      // Who began without being told was not told.
      const isReached = n === 0 ? isTold : step > n;
      if (!isReached) continue;
      all[n] = (all[n] ?? 0) + count;
      if (isTold) told[n] = (told[n] ?? 0) + count;
      one.reached[n] = (one.reached[n] ?? 0) + count;
    }
  }
  return {
    steps: STEPS.map((step, n) => ({ step, all: all[n] ?? 0, told: told[n] ?? 0 })),
    clients: [...clients.values()].sort((a, b) => Math.max(...b.reached) - Math.max(...a.reached)).slice(0, 20),
  };
}

export interface StepStore {
  /** Works through the audit log from where it stopped; resolves to how many events it passed, at most `limit`. */
  follow(limit: number): Promise<number>;
  groups(tenantId: string, cohort: string | undefined): Promise<readonly StepGroup[]>;
  /** Waves of reminders since an instant (ms), oldest first. */
  campaigns(tenantId: string, since: number): Promise<readonly Campaign[]>;
}

/** A wave of reminders. */
export interface Campaign {
  readonly at: number;
  readonly cohort: string | null;
  readonly reminded: number;
  readonly reason: string;
}
