// The one place that decides what a login needs next. First matching rule wins; the client's version can only take away.
// Every answer carries its trace: which rules were tried, what each condition wanted and found.
import type { TypeName } from '../authenticator/type.ts';
import { CONDITIONS } from './conditions/index.ts';
import type { Condition, Facts } from './facts.ts';
import type { BindRule, Conditions, LoginRule, Policy, RegisteredClient, UnbindRule } from './policy.ts';
import { compareVersions, parseVersion } from './version.ts';

export interface TraceStep {
  readonly rule: string;
  readonly matched: boolean;
  readonly conditions: readonly {
    readonly condition: string;
    readonly wanted: string;
    readonly found: string;
    readonly held: boolean;
  }[];
}

export type RefuseWhy = 'bind-elsewhere' | 'no-method' | 'client-too-old';

export type Decision =
  | { readonly kind: 'allow' }
  | { readonly kind: 'challenge'; readonly types: readonly TypeName[]; readonly recovery: readonly TypeName[] }
  | { readonly kind: 'enrol'; readonly types: readonly TypeName[] }
  | { readonly kind: 'refuse'; readonly why: RefuseWhy };

/** Which login rule holds, and what it asks of this account on this client. Safe on any facts; refuses when no rule matches. */
export function decide(policy: Policy, facts: Facts): Decision {
  return decideTraced(policy, facts, undefined);
}

/** `decide`, telling its trace: for support, audit and "why was I asked?". */
export function explain(
  policy: Policy,
  facts: Facts,
): { readonly decision: Decision; readonly trace: readonly TraceStep[] } {
  const trace: TraceStep[] = [];
  return { decision: decideTraced(policy, facts, trace), trace };
}

function decideTraced(policy: Policy, facts: Facts, trace: TraceStep[] | undefined): Decision {
  const rule = firstMatch(policy.login, facts, trace);
  if (rule === undefined) return { kind: 'refuse', why: 'no-method' };
  if (rule.refuse !== undefined) return { kind: 'refuse', why: rule.refuse };
  if (rule.allow === true) return { kind: 'allow' };
  // A client below its minimum may not use versioned types: they are taken away, and what is left decides (ES-1.1).
  const usable = (types: readonly TypeName[]): readonly TypeName[] =>
    facts.isTooOld ? types.filter((type) => !policy.versioned.includes(type)) : types;
  const { challenge } = rule;
  if (challenge !== undefined) {
    if (!isDone(rule, facts.verified) && !isByBypass(facts)) {
      const held = challenge.filter((type) => facts.bound.includes(type));
      const types = usable(held);
      const bypass = bypassOf(facts);
      if (types.length > 0) return { kind: 'challenge', types, recovery: [...waysOf(rule, facts, usable), ...bypass] };
      if (held.length === 0 && bypass.length > 0) return { kind: 'challenge', types: [], recovery: bypass };
      return { kind: 'refuse', why: held.length > 0 ? 'client-too-old' : 'no-method' };
    }
    if (rule.enrol === undefined) return { kind: 'allow' };
  }
  const wanted = rule.enrol ?? [];
  if (wanted.length === 0) return { kind: 'refuse', why: 'no-method' };
  if (wanted.every((type) => facts.bound.includes(type))) {
    // Being bound is no proof of holding it: a rule that only enrols still asks for what is bound.
    if (challenge !== undefined || isByBypass(facts) || wanted.some((type) => facts.verified.includes(type)))
      return { kind: 'allow' };
    const types = usable(wanted);
    return types.length > 0
      ? { kind: 'challenge', types, recovery: bypassOf(facts) }
      : { kind: 'refuse', why: 'client-too-old' };
  }
  const bindable = wanted.filter((type) => facts.client.binds.includes(type));
  if (bindable.length === 0) return { kind: 'refuse', why: 'bind-elsewhere' };
  const types = usable(bindable);
  return types.length > 0 ? { kind: 'enrol', types } : { kind: 'refuse', why: 'client-too-old' };
}

// A bypass code that an operator gave stands in for the second step of a login under any rule that asks for one, and for nothing else.
const isByBypass = ({ purpose, verified }: Facts): boolean => purpose === 'login' && verified.includes('bypass-code');
const bypassOf = ({ purpose, bound }: Facts): readonly TypeName[] =>
  purpose === 'login' && bound.includes('bypass-code') ? ['bypass-code'] : [];

/** Whether a challenge is answered: by one of what it asks for, or by as many different ways of recovery as it needs. */
function isDone(
  { challenge = [], recovery = [], recoveryNeeds = 1 }: LoginRule,
  verified: readonly TypeName[],
): boolean {
  return (
    verified.some((type) => challenge.includes(type)) ||
    recovery.filter((type) => verified.includes(type)).length >= recoveryNeeds
  );
}

/** The ways of recovery that may be taken next; none where the account holds too few of them, or the client may not use them. */
function waysOf(
  { recovery = [], recoveryNeeds = 1 }: LoginRule,
  facts: Facts,
  usable: (types: readonly TypeName[]) => readonly TypeName[],
): readonly TypeName[] {
  const held = usable(recovery.filter((type) => facts.bound.includes(type)));
  if (held.length < recoveryNeeds) return [];
  const left = held.filter((type) => !facts.verified.includes(type));
  return recoveryNeeds > 1 ? left.slice(0, 1) : left;
}

/** Whether what was verified answers the challenge that holds by its recovery alone. */
export function isByRecovery(policy: Policy, facts: Facts): boolean {
  const challenge = firstMatch(policy.login, facts, undefined)?.challenge;
  return challenge !== undefined && !facts.verified.some((type) => challenge.includes(type));
}

/** Which types may be bound on this client now, and on what proof. */
export function mayBind(policy: Policy, facts: Facts): BindRule | undefined {
  const rule = firstMatch(policy.bind, facts, undefined);
  if (rule === undefined) return undefined;
  const types = rule.types.filter(
    (type) => facts.client.binds.includes(type) && !(facts.isTooOld && policy.versioned.includes(type)),
  );
  return { ...rule, types };
}

/** Who may remove a binding now; an operator where no rule says otherwise. */
export const mayUnbind = (policy: Policy, facts: Facts): UnbindRule['by'] =>
  firstMatch(policy.unbind, facts, undefined)?.by ?? 'operator';

/** True when the client is below its registered minimum. A missing or malformed version is never new enough (ES-1.1). */
export function isTooOld(client: RegisteredClient, version: string): boolean {
  if (client.minimumVersion === undefined) return false;
  const minimum = parseVersion(client.minimumVersion);
  const installed = parseVersion(version);
  return minimum === undefined || installed === undefined || compareVersions(installed, minimum) < 0;
}

function firstMatch<R extends { readonly name: string; readonly when?: Conditions | undefined }>(
  rules: readonly R[],
  facts: Facts,
  trace: TraceStep[] | undefined,
): R | undefined {
  for (const rule of rules) {
    const matched = trace === undefined ? matches(rule.when, facts) : matchTraced(rule, facts, trace);
    if (matched) return rule;
  }
  return undefined;
}

function matches(when: Conditions | undefined, facts: Facts): boolean {
  if (when === undefined) return true;
  for (const name in when) {
    const wanted = when[name as keyof Conditions];
    if (wanted !== undefined && !conditionNamed(name).holds(wanted, facts)) return false;
  }
  return true;
}

function matchTraced(
  rule: { readonly name: string; readonly when?: Conditions | undefined },
  facts: Facts,
  trace: TraceStep[],
): boolean {
  const conditions = Object.entries(rule.when ?? {}).map(([name, wanted]) => {
    const condition = conditionNamed(name);
    return {
      condition: name,
      wanted: String(wanted),
      found: condition.found(facts),
      held: condition.holds(wanted, facts),
    };
  });
  const matched = conditions.every((c) => c.held);
  trace.push({ rule: rule.name, matched, conditions });
  return matched;
}

function conditionNamed(name: string): Condition<unknown> {
  const condition = CONDITIONS[name as keyof Conditions];
  // The schema lets no other name in; a policy that got here unchecked must not be half obeyed.
  if (condition === undefined) throw new TypeError(`policy condition "${name}" does not exist`);
  return condition as Condition<unknown>;
}

export type { LoginRule };
