// A part of a customer's page: a head, and rows or words under it.
import { Card, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, aside, children }: SectionProps) {
  const id = useId();
  return (
    <Card withBorder padding="md" component="section" aria-labelledby={id}>
      <Group justify="space-between" mb="xs">
        <Title order={2} id={id}>
          {title}
        </Title>
        {aside === undefined ? null : (
          <Text size="sm" c="dimmed" component="div">
            {aside}
          </Text>
        )}
      </Group>
      {children}
    </Card>
  );
}

/** One fact with its name. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} size="sm" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </div>
  );
}

interface RowsProps<T> {
  readonly of: readonly T[];
  readonly idOf: (one: T) => string;
  readonly none: string;
  readonly row: (one: T) => { readonly name: ReactNode; readonly said: ReactNode };
}

/** A short list: a name, and what is said of it. */
export function Rows<T>({ of, idOf, none, row }: RowsProps<T>) {
  if (of.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    );
  return (
    <ul className="holdings">
      {of.map((one) => {
        const { name, said } = row(one);
        return (
          <li key={idOf(one)}>
            <Text size="sm" fw={550} component="div">
              {name}
            </Text>
            <Text size="xs" c="dimmed" component="div">
              {said}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
