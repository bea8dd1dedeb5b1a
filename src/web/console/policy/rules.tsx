// The rules of a document as tables. Login rules can be changed here: the server writes the change into the document, comments kept.
import { ActionIcon, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { type Column, Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { RuleForm } from './rule-form.tsx';
import { useMethods, useRequired, When } from './rule-text.tsx';
import type { RuleEdits, RuleList, RuleRow, Rules } from './types.ts';
import { POLICY } from './words.ts';

interface RuleTablesProps {
  readonly rules: Rules;
  /** Absent: they are only shown. */
  readonly onEdit?: ((list: RuleList, rules: RuleEdits) => void) | undefined;
}

export function RuleTables({ rules, onEdit }: RuleTablesProps) {
  const t = useWords(POLICY);
  return (
    <Stack gap="lg">
      {(['login', 'bind', 'unbind'] as const).map((list) => (
        <section key={list}>
          <Title order={3} fz="md">
            {t[list]}
          </Title>
          {list === 'login' ? (
            <Text size="sm" c="dimmed" mb="xs">
              {t.order}
            </Text>
          ) : null}
          <RuleTable
            label={t[list]}
            rows={rules[list]}
            clients={rules.clients}
            {...(onEdit === undefined || list !== 'login' ? {} : { onEdit: (edits: RuleEdits) => onEdit(list, edits) })}
          />
        </section>
      ))}
    </Stack>
  );
}

interface RuleTableProps {
  readonly label: string;
  readonly rows: readonly RuleRow[];
  readonly clients: readonly string[];
  readonly onEdit?: (edits: RuleEdits) => void;
}
interface Placed {
  readonly at: number;
  readonly rule: RuleRow;
}

function RuleTable({ label, rows, clients, onEdit }: RuleTableProps) {
  const t = useWords(POLICY);
  const required = useRequired();
  const methods = useMethods();
  const [edited, setEdited] = useState<number | null>(null);
  const keep = (order: readonly number[]): void => onEdit?.(order.map((n) => ({ keep: n })));
  const all = rows.map((_, n) => n);
  const swapped = (at: number, by: number): readonly number[] =>
    all.map((n) => (n === at ? at + by : n === at + by ? at : n));
  const columns: Column<Placed>[] = [
    {
      id: 'name',
      head: t.name,
      cell: ({ rule }) => (
        <Text size="sm" fw={600}>
          {rule.name}
        </Text>
      ),
    },
    { id: 'when', head: t.when, cell: ({ rule }) => <When when={rule.when} /> },
    { id: 'required', head: t.required, cell: ({ rule }) => required(rule) },
    { id: 'allowed', head: t.allowed, cell: ({ rule }) => methods(rule.recovery ?? []) },
  ];
  if (onEdit !== undefined)
    columns.push({
      id: 'actions',
      head: t.actions,
      cell: ({ at, rule }) => (
        <Group gap={4} wrap="nowrap">
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => setEdited(at)}
            aria-label={`${t.edit} ${rule.name}`}
          >
            {t.edit}
          </Button>
          <ActionIcon
            variant="default"
            size="sm"
            disabled={at === 0}
            aria-label={`${t.up} ${rule.name}`}
            onClick={() => keep(swapped(at, -1))}
          >
            ↑
          </ActionIcon>
          <ActionIcon
            variant="default"
            size="sm"
            disabled={at === rows.length - 1}
            aria-label={`${t.down} ${rule.name}`}
            onClick={() => keep(swapped(at, 1))}
          >
            ↓
          </ActionIcon>
          <ActionIcon
            variant="default"
            size="sm"
            aria-label={`${t.remove} ${rule.name}`}
            onClick={() => keep(all.filter((n) => n !== at))}
          >
            ✕
          </ActionIcon>
        </Group>
      ),
    });
  return (
    <>
      <Table
        label={label}
        columns={columns}
        rows={rows.map((rule, at): Placed => ({ at, rule }))}
        idOf={({ at }) => String(at)}
      />
      {onEdit === undefined ? null : (
        <Button mt="xs" size="xs" variant="default" onClick={() => setEdited(rows.length)}>
          {t.add}
        </Button>
      )}
      {edited === null ? null : (
        <RuleForm
          rule={rows[edited] ?? null}
          clients={clients}
          onClose={() => setEdited(null)}
          onApply={(rule) => {
            setEdited(null);
            const others = all.map((n) => (n === edited ? { rule } : { keep: n }));
            onEdit?.(edited === rows.length ? [...others, { rule }] : others);
          }}
        />
      )}
    </>
  );
}
