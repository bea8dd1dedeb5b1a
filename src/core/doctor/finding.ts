// What the doctor says: a risk in plain words, where it lies, and what to set instead.

export interface Finding {
  /** Permanent name of the rule. */
  readonly rule: string;
  /** A warning asks for a decision; a note is good to know. */
  readonly level: 'warning' | 'note';
  /** JSON pointer into the policy, or key of the configuration. */
  readonly at: string;
  /** In which phases, on which clients, with which values. */
  readonly where: string;
  readonly risk: string;
  readonly instead: string;
}

/** One thing to look for. `find` tells where it is the case, or null. */
export interface Rule<Subject> {
  readonly rule: string;
  readonly level: Finding['level'];
  readonly at: string;
  readonly find: (subject: Subject) => string | null;
  readonly risk: string;
  readonly instead: string;
}

/** Every rule that finds something, warnings first. */
export function examine<Subject>(rules: readonly Rule<Subject>[], subject: Subject): readonly Finding[] {
  const findings = rules.flatMap(({ find, ...rule }): Finding[] => {
    const where = find(subject);
    return where === null ? [] : [{ ...rule, where }];
  });
  return [...findings.filter((f) => f.level === 'warning'), ...findings.filter((f) => f.level === 'note')];
}
