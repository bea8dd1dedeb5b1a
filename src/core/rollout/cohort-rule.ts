// A cohort by a rule: who is in it follows from what is known of an account. The rule is applied when somebody says so, never by itself:
// a cohort may be in another phase, and who is in it decides what the next login asks.
import { STRONG_TYPES, type TypeName } from '../authenticator/type.ts';
import { compareVersions, parseVersion } from '../policy/version.ts';
import { type Frequency, frequencyOf } from './frequency.ts';

/** All that is given must hold. */
export interface CohortRule {
  readonly lastLogin?: readonly Frequency[] | undefined;
  /** The client of the last login. */
  readonly clients?: readonly string[] | undefined;
  /** The version of that client is older than this. */
  readonly olderThan?: string | undefined;
  readonly bound?: 'nothing' | 'sms-only' | 'strong' | undefined;
  /** The phone number is of none of these countries (ISO 3166). */
  readonly phoneOutside?: readonly string[] | undefined;
  /** Only accounts that were listed by name. */
  readonly isListed?: boolean | undefined;
  /** Also takes accounts that are in another cohort. */
  readonly takesOthers?: boolean | undefined;
}

/** What a rule looks at. */
export interface RuleFacts {
  readonly bound: readonly TypeName[];
  readonly client: string | null;
  readonly version: string | null;
  readonly lastLoginAt: number | null;
  readonly weight: number;
  readonly phone: string | null;
  readonly isListed: boolean;
}

/** Whether the account fits the rule at `now` (ms). `reaches` says whether a number is of one of the countries. */
export function fitsRule(
  rule: CohortRule,
  facts: RuleFacts,
  now: number,
  reaches: (phone: string, countries: readonly string[]) => boolean,
): boolean {
  const { lastLogin, clients, olderThan, bound, phoneOutside, isListed } = rule;
  if (isListed === true && !facts.isListed) return false;
  if (lastLogin !== undefined && !lastLogin.includes(frequencyOf(facts.weight, facts.lastLoginAt, now))) return false;
  if (clients !== undefined && (facts.client === null || !clients.includes(facts.client))) return false;
  if (olderThan !== undefined && !isOlder(facts.version, olderThan)) return false;
  if (bound !== undefined && boundAs(facts.bound) !== bound) return false;
  return phoneOutside === undefined || (facts.phone !== null && !reaches(facts.phone, phoneOutside));
}

/** A version that is not told, or makes no sense, is no newer than any. */
function isOlder(version: string | null, than: string): boolean {
  const limit = parseVersion(than);
  const installed = parseVersion(version ?? '');
  return limit !== undefined && (installed === undefined || compareVersions(installed, limit) < 0);
}

function boundAs(bound: readonly TypeName[]): NonNullable<CohortRule['bound']> {
  if (bound.some((type) => STRONG_TYPES.includes(type))) return 'strong';
  return bound.includes('sms') ? 'sms-only' : 'nothing';
}

/** Whether a rule says anything at all: an empty one would take everybody. */
export const saysSomething = ({ takesOthers: _, ...rule }: CohortRule): boolean =>
  Object.values(rule).some((value) => value !== undefined && value !== false);

/** `stopped`: it would have moved more than was counted, and ended before it did. */
export type CohortRun = 'new' | 'counting' | 'counted' | 'applying' | 'applied' | 'stopped';

export interface RuledCohort {
  readonly name: string;
  readonly rule: CohortRule;
  readonly run: CohortRun;
  /** The account the run came to. */
  readonly cursor: string;
  readonly listed: number;
  readonly matching: number;
  readonly joining: number;
  readonly leaving: number;
  /** Those without a strong method whom it would ask for one, be they put in or out; where it asks nobody, those of the joining. */
  readonly unbound: number;
  /** While it is applied: what was counted; null of a run begun before that was kept. */
  readonly most: { readonly joining: number; readonly leaving: number; readonly unbound: number } | null;
  readonly actor: string;
  readonly changedAt: number;
  readonly ranAt: number | null;
  readonly revision: number;
}

/** An account as a run looks at it. */
export interface RunAccount extends RuleFacts {
  readonly id: string;
  readonly cohort: string | null;
}

export interface RunDelta {
  readonly to: string;
  readonly matching: number;
  readonly unbound: number;
  readonly joins: readonly string[];
  readonly leaves: readonly string[];
  readonly isEnd: boolean;
  /** It would be more than was counted: nobody of it moves, and the run is over. */
  readonly isStopped?: boolean;
}

/** Accounts of a cohort's list that there are none of. */
export interface Unknown {
  readonly count: number;
  /** The first of them, as they are stored. */
  readonly first: readonly string[];
}

export interface CohortStore {
  list(tenantId: string): Promise<readonly RuledCohort[]>;
  get(tenantId: string, name: string): Promise<RuledCohort | undefined>;
  /** Whom its list names and nobody is; of them the first `most`. */
  unknown(tenantId: string, name: string, most: number): Promise<Unknown>;
  /** Runs that were begun and not ended, of every tenant. */
  running(): Promise<readonly (RuledCohort & { readonly tenantId: string })[]>;
  /** Accounts after an id, with whether they are listed for this cohort. */
  accounts(tenantId: string, name: string, after: string, limit: number): Promise<readonly RunAccount[]>;
  /** Counts, and puts in or out when it is applied, assuming that nobody was faster; false when somebody was. */
  advance(tenantId: string, cohort: RuledCohort, delta: RunDelta): Promise<boolean>;
}
