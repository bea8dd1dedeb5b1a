// What the doctor finds: a rule by its name, where it lies, and the circumstances; said in three languages by one table.
import type { Locale } from '../locale.ts';
import { type Fact, wordsOfFact } from './facts.ts';
import { HOUSE_WORDS, type HouseRuleName } from './house-words.ts';
import { POLICY_WORDS, type PolicyRuleName } from './policy-words.ts';

export type RuleName = HouseRuleName | PolicyRuleName;

export interface Finding {
  /** Permanent name of the rule. */
  readonly rule: RuleName;
  /** A warning asks for a decision; a note is good to know. */
  readonly level: 'warning' | 'note';
  /** JSON pointer into the policy, or key of the configuration. */
  readonly at: string;
  /** In which phases, on which clients, with which values; one at least. */
  readonly facts: readonly Fact[];
}

/** One thing to look for. `find` tells in which circumstances it is the case; none: it is not. */
export interface Rule<Subject> {
  readonly rule: RuleName;
  readonly level: Finding['level'];
  readonly at: string;
  readonly find: (subject: Subject) => readonly Fact[];
}

/** Every rule that finds something, warnings first. */
export function examine<Subject>(rules: readonly Rule<Subject>[], subject: Subject): readonly Finding[] {
  const findings = rules.flatMap(({ find, ...rule }): Finding[] => {
    const facts = find(subject);
    return facts.length === 0 ? [] : [{ ...rule, facts }];
  });
  return [...findings.filter((f) => f.level === 'warning'), ...findings.filter((f) => f.level === 'note')];
}

/** A finding as a person reads it. What stands between backticks is to be written as it is. */
export interface Told extends Finding {
  readonly where: string;
  readonly risk: string;
  readonly instead: string;
}

const RULE_WORDS = { ...POLICY_WORDS, ...HOUSE_WORDS };

/** The finding in words of one language. */
export function tell(finding: Finding, locale: Locale): Told {
  const { risk, instead } = RULE_WORDS[finding.rule];
  const where = finding.facts.map((one) => wordsOfFact(one)[locale]).join(locale === 'en' ? '; ' : '；');
  return { ...finding, where, risk: risk[locale], instead: instead[locale] };
}
