// A rule in words: who and when, what is required, what else is accepted.
import { Badge, Group, Text } from '@mantine/core';
import { useWords } from '../parts/words.tsx';
import type { Met, RuleRow } from './types.ts';
import { CONDITIONS, METHODS, POLICY } from './words.ts';

type Method = keyof typeof METHODS;

/** Methods as people call them. */
export function useMethods(): (types: readonly string[]) => string {
  const names = useWords(METHODS);
  return (types) => types.map((type) => names[type as Method] ?? type).join(' / ');
}

/** The conditions of a rule, one badge each. */
export function When({ when }: { readonly when: RuleRow['when'] }) {
  const t = useWords(POLICY);
  const names = useWords(CONDITIONS);
  const methods = useWords(METHODS);
  const conditions = Object.entries(when);
  if (conditions.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t.always}
      </Text>
    );
  return (
    <Group gap={6}>
      {conditions.map(([name, values]) => (
        <Badge key={name} variant="default" tt="none" fw={500} h="auto" styles={{ label: { whiteSpace: 'normal' } }}>
          {names[name as keyof typeof names] ?? name}: {values.map((v) => methods[v as Method] ?? v).join(' / ')}
        </Badge>
      ))}
    </Group>
  );
}

/** What a rule asks for. */
export function useRequired(): (rule: RuleRow) => string {
  const t = useWords(POLICY);
  const methods = useMethods();
  const by: Readonly<Record<string, string>> = { login: t.byLogin, 'step-up': t['step-up'], operator: t.operator };
  return (rule) => {
    if (rule.refuse !== undefined) return `${t.refuse} (${rule.refuse})`;
    if (rule.allow === true) return t.allow;
    const parts = [
      rule.challenge === undefined ? '' : `${t.challenge}: ${methods(rule.challenge)}`,
      rule.enrol === undefined ? '' : `${t.enrol}: ${methods(rule.enrol)}`,
      rule.types === undefined ? '' : methods(rule.types),
      by[rule.proof ?? rule.by ?? ''] ?? '',
    ];
    return parts.filter((part) => part !== '').join(' · ');
  };
}

/** What a login meets, in words. */
export function useMet(): (met: Met) => string {
  const t = useWords(POLICY);
  const methods = useMethods();
  return ({ kind, types = [], why }) =>
    kind === 'refuse'
      ? `${t.refuse} (${why ?? ''})`
      : kind === 'allow'
        ? t.allow
        : `${kind === 'enrol' ? t.enrol : t.challenge}: ${methods(types)}`;
}
