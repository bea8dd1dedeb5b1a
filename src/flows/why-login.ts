// Why a login went as it did (OP-1.6): the decision made again, by the policy of that version and the facts of that moment, which are on record; and
// everything that happened in it. Told to operators, never to the person who logs in.

import type { TypeName } from '../core/authenticator/type.ts';
import { timeOfId } from '../core/ids.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import { type Decision, explain, isTooOld, type TraceStep } from '../core/policy/decide.ts';
import type { Facts } from '../core/policy/facts.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Caller, Ports } from '../core/ports.ts';
import { PHASES, type Phase } from '../core/rollout/phase.ts';
import { active } from './facts.ts';
import { tenantOf } from './tenant.ts';
import { type Happening, tell } from './timeline.ts';

export interface LoginWhy {
  readonly kind: 'why';
  readonly login: string;
  readonly account: string;
  readonly purpose: string;
  readonly at: number;
  readonly policyVersion: number;
  readonly policyVersionNow: number;
  readonly isRecorded: boolean;
  readonly facts: Pick<Facts, 'phase' | 'bound' | 'cohort' | 'clientVersion' | 'isTooOld'> & {
    readonly client: string;
  };
  readonly decision: Decision | { readonly kind: 'refuse'; readonly why: 'client-unknown' };
  readonly trusted: string | null;
  readonly refusal: string | null;
  readonly trace: readonly TraceStep[];
  readonly steps: readonly Happening[];
}

const BEGINNINGS = ['login.started', 'login.allowed', 'login.refused', 'challenge.started'];
/** Events of an account that are looked through for those of one login, and of the log when only its time is known. */
const MOST = 500;
const SLICE = 2000;
const SLICES = 10;
/** No login lives longer than this, whatever the policy. */
const DAY = 24 * 3600_000;

/** The login's trace and steps. A login of another tenant is one that is not there (OPS-05). */
export async function whyLogin(ports: Ports, caller: Caller, id: string): Promise<LoginWhy | Refusal> {
  const made = timeOfId(id);
  if (made === undefined) return refuse('not-found');
  const from = await ports.log.numberAt(made);
  const accountId =
    (await ports.log.accountOf(caller.tenantId, id)) ?? (await accountInLog(ports, caller, id, from, made));
  const snapshot = accountId === undefined ? undefined : await ports.store.accountById(caller.tenantId, accountId);
  const tenant = await tenantOf(ports, caller, snapshot);
  if (snapshot === undefined) return refuse('not-found');
  const before = await ports.log.numberAt(made + DAY);
  const rows = await ports.log.ofAccount(caller.tenantId, snapshot.account.id, {}, before + 1, MOST);
  const steps = (await tell(ports, caller.tenantId, rows.filter((row) => row.data.includes(id)).toReversed())).filter(
    (one) => one.login === id,
  );
  const began = steps.find((one) => BEGINNINGS.includes(one.event));
  if (began === undefined) return refuse('not-found');

  const { data } = began;
  const text = (name: string): string | null => (typeof data[name] === 'string' ? data[name] : null);
  const version = typeof data['policy'] === 'number' ? data['policy'] : null;
  const then = version === null ? undefined : await ports.tenants.policyAt(caller.tenantId, version);
  const policy: Policy = then ?? tenant.policy;
  const purpose = text('purpose') ?? 'login';
  const client = text('client') ?? '';
  const known = Object.hasOwn(policy.clients, client) ? policy.clients[client] : undefined;
  const clientVersion = text('version') ?? '';
  const bound = text('bound');
  const facts = {
    phase: PHASES.find((one) => one === data['phase']) ?? ('coexist' satisfies Phase),
    bound:
      bound === null
        ? [...new Set(active(snapshot).map((one) => one.type))]
        : (bound.split(' ').filter((type) => type !== '') as TypeName[]),
    cohort: bound === null ? snapshot.account.cohort : text('cohort'),
    clientVersion,
    isTooOld: known !== undefined && isTooOld(known, clientVersion),
    client,
  };
  const explained =
    known === undefined
      ? undefined
      : explain(policy, {
          phase: facts.phase,
          bound: facts.bound,
          cohort: facts.cohort,
          clientId: client,
          client: known,
          clientVersion,
          isTooOld: facts.isTooOld,
          purpose,
          verified: [],
        });
  return {
    kind: 'why',
    login: id,
    account: snapshot.account.account,
    purpose,
    at: began.at,
    policyVersion: then === undefined ? tenant.policyVersion : (version ?? tenant.policyVersion),
    policyVersionNow: tenant.policyVersion,
    isRecorded: then !== undefined && bound !== null,
    facts,
    decision: explained?.decision ?? { kind: 'refuse', why: 'client-unknown' },
    trusted: text('trusted'),
    refusal: began.event === 'login.refused' ? text('why') : null,
    trace: explained?.trace ?? [],
    steps,
  };
}

/** Whose login it was, where its own record is gone: its beginning stands in the log, at the time its id tells. */
async function accountInLog(
  { log }: Pick<Ports, 'log'>,
  { tenantId }: Caller,
  id: string,
  from: number,
  made: number,
): Promise<string | undefined> {
  const end = await log.end();
  for (let low = from, n = 0; low < end && n < SLICES; low += SLICE, n++) {
    const rows = await log.slice(tenantId, low, low + SLICE, {}, false, SLICE);
    const found = rows.find((row) => BEGINNINGS.includes(row.event) && row.data.includes(id));
    if (found !== undefined) return found.accountId ?? undefined;
    if ((rows.at(-1)?.at ?? 0) > made + 60_000) return undefined;
  }
  return undefined;
}
