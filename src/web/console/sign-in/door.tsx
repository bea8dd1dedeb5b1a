// What stands around signing in and joining: a card, and the language.
import { Card, Center, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { LOCALE_NAMES } from '../../words/locales.ts';
import { FRAME } from '../frame/words.ts';
import { LOCALES, useLanguage, useWords } from '../parts/words.tsx';

export function Door({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const t = useWords(FRAME);
  const { locale, choose } = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Hufu`;
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={420}>
        <Text fw={700} ta="center" size="lg">
          虎符 Hufu
        </Text>
        <Card withBorder padding="lg" radius="md">
          <Stack>
            <Title order={1} tabIndex={-1} ref={heading}>
              {title}
            </Title>
            {children}
          </Stack>
        </Card>
        <NativeSelect
          aria-label={t.language}
          size="xs"
          w={180}
          mx="auto"
          value={locale}
          data={LOCALES.map((one) => ({ value: one, label: LOCALE_NAMES[one] }))}
          onChange={(event) => choose(LOCALES.find((one) => one === event.currentTarget.value) ?? locale)}
        />
      </Stack>
    </Center>
  );
}
