// What an action does and what speaks for a second look, as an operator reads them: the same before it is done and in a case.

import { Alert, Anchor, Badge, Group, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { METHOD_NAMES } from '../../words/methods.ts';
import { useDates } from '../parts/dates.ts';
import { useLocale, useWords } from '../parts/words.tsx';
import { hrefOf } from '../server/route.ts';
import type { CaseOpened, Effect, RiskFlag } from './types.ts';
import { CASES, DESK, EFFECTS, FLAGS } from './words.ts';

export function Effects({ effects }: { readonly effects: readonly Effect[] }) {
  const t = useWords(DESK);
  const say = useWords(EFFECTS);
  if (effects.length === 0) return <Text size="sm">{t.noEffects}</Text>;
  return (
    <List size="sm" aria-label={t.effects}>
      {effects.map(({ kind, count }) => (
        <List.Item key={kind}>{(say[kind] as (n: number) => string)(count)}</List.Item>
      ))}
    </List>
  );
}

export function Flags({ flags, isQuiet = false }: { readonly flags: readonly RiskFlag[]; readonly isQuiet?: boolean }) {
  const t = useWords(CASES);
  const d = useWords(DESK);
  const say = useWords(FLAGS);
  if (flags.length === 0) return isQuiet ? null : <Text size="sm">{t.noFlags}</Text>;
  return (
    <Group gap={6} role="group" aria-label={d.flags}>
      {flags.map((flag) => (
        <Badge key={flag} variant="default" tt="none" radius="sm" leftSection={<span aria-hidden>⚠</span>}>
          {say[flag]}
        </Badge>
      ))}
    </Group>
  );
}

/** It waits for a second operator: until when, and where. */
export function Opened({ opened }: { readonly opened: CaseOpened }) {
  const t = useWords(DESK);
  const dates = useDates();
  return (
    <Alert color="yellow" variant="light" title={t.opened} w="100%">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t.openedText(dates.at(opened.case.expiresAt))}</Text>
        <Flags flags={opened.case.riskFlags} isQuiet />
        <Anchor href={hrefOf(`cases/${opened.case.id}`)}>{t.toCase}</Anchor>
      </Stack>
    </Alert>
  );
}

/** A head with what stands under it. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack gap={6} component="section" aria-label={title}>
      <Text component="h3" fw={600} size="sm">
        {title}
      </Text>
      {children}
    </Stack>
  );
}

/** A type of method in the language in use. */
export function useMethodName(): (type: string) => string {
  const locale = useLocale();
  const at = { 'zh-CN': 0, 'zh-HK': 1, en: 2 }[locale];
  return (type) => (METHOD_NAMES as Readonly<Record<string, readonly string[]>>)[type]?.[at] ?? type;
}
