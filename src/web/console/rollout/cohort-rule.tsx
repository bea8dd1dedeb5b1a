// A cohort's rule in words, in its list and in the case that asks for it.
import { Text } from '@mantine/core';
import { useNumbers } from '../parts/numbers.ts';
import { useWords } from '../parts/words.tsx';
import type { RuleView } from './types.ts';
import { COHORTS } from './words-cutover.ts';

/** Whom a rule takes, in words; `listed`: how many are on its list, where that is known. */
export function RuleText({ rule, listed }: { readonly rule: RuleView; readonly listed?: number }) {
  const t = useWords(COHORTS);
  const n = useNumbers();
  const parts = [
    ...(rule.lastLogin === undefined ? [] : [rule.lastLogin.map((one) => t[one]).join('/')]),
    ...(rule.bound === undefined ? [] : [`${t.bound} ${t[rule.bound]}`]),
    ...(rule.clients === undefined ? [] : [rule.clients.join(' ')]),
    ...(rule.olderThan === undefined ? [] : [`< ${rule.olderThan}`]),
    ...(rule.phoneOutside === undefined ? [] : [`${t.phoneOutside} ${rule.phoneOutside.join(' ')}`]),
    ...(rule.isListed === true ? [listed === undefined ? t.listed : t.onList(n.count(listed))] : []),
    ...(rule.takesOthers === true ? [t.takesOthers] : []),
  ];
  return <Text size="sm">{parts.join(' · ')}</Text>;
}
