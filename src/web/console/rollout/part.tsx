// A part of a page under its own head.
import { Card, Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function Part({
  title,
  children,
  aside,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly aside?: ReactNode;
}) {
  return (
    <Card component="section" withBorder padding="md" aria-label={title}>
      <Group justify="space-between" mb="sm" align="flex-end">
        <Title order={2}>{title}</Title>
        {aside}
      </Group>
      {children}
    </Card>
  );
}
