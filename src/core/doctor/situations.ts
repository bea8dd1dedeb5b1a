// A policy is judged by what it does, not by how it is written: every phase, client and set of bound methods is put to the same rules a
// login is put to.
import type { TypeName } from '../authenticator/type.ts';
import { type Decision, decide, mayBind, mayUnbind } from '../policy/decide.ts';
import type { Facts } from '../policy/facts.ts';
import type { BindRule, Policy } from '../policy/policy.ts';
import { PHASES, type Phase } from '../rollout/phase.ts';
import { type Fact, fact } from './facts.ts';

export interface Situation {
  readonly phase: Phase;
  readonly client: string;
  readonly facts: Facts;
  /** What a login is asked first. */
  readonly login: Decision;
  /** What a step-up before a change is asked. */
  readonly change: Decision;
  readonly bind: BindRule | undefined;
  readonly unbind: 'login' | 'step-up' | 'operator';
}

/** Every phase on every client for an account with these methods bound; the client is new enough. */
export function situations(
  policy: Policy,
  bound: readonly TypeName[],
  cohort: string | null = null,
): readonly Situation[] {
  return PHASES.flatMap((phase) =>
    Object.entries(policy.clients).map(([id, client]): Situation => {
      const facts: Facts = {
        phase,
        bound,
        clientId: id,
        client,
        clientVersion: '',
        isTooOld: false,
        cohort,
        purpose: 'login',
        verified: [],
      };
      return {
        phase,
        client: id,
        facts,
        login: decide(policy, facts),
        change: decide(policy, { ...facts, purpose: 'unbind' }),
        bind: mayBind(policy, facts),
        unbind: mayUnbind(policy, { ...facts, purpose: 'unbind' }),
      };
    }),
  );
}

/** The phases in which some situation is so; none when it never is. */
export function phasesWhere(all: readonly Situation[], test: (situation: Situation) => boolean): readonly Fact[] {
  const phases = [...new Set(all.filter(test).map((s) => s.phase))];
  if (phases.length === 0) return [];
  return [phases.length === PHASES.length ? fact('every-phase', {}) : fact('phases', { phases })];
}
