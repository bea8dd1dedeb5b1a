// API keys: what there is, a new one, and the end of one. A token is shown in the reply that makes it and never again.
import { Badge, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { ApiKeyView, Integrations } from '../../../contract/schemas/integrations.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useDates } from '../parts/dates.ts';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useSend } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { INTEGRATIONS } from './words.ts';

type Key = z.infer<typeof ApiKeyView>;

export const CHANGES = ['/v1/console/integrations'];

export function Keys({ keys }: { readonly keys: z.infer<typeof Integrations>['apiKeys'] }) {
  const t = useWords(INTEGRATIONS);
  const dates = useDates();
  const can = useCan();
  const [ending, setEnding] = useState<Key | null>(null);
  const colours = { active: 'jade', expired: 'gray', revoked: 'gray' } as const;
  const newest = [...keys].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  return (
    <>
      <Table
        label={t.keys}
        rows={newest}
        idOf={(row) => row.id}
        empty={t.noKeys}
        columns={[
          {
            id: 'name',
            head: t.name,
            sort: (row) => row.name,
            cell: (row) => (
              <div>
                <Text fw={600} size="sm">
                  {row.name}
                </Text>
                <Text size="xs" c="dimmed">
                  {row.id.slice(0, 16)}…{row.client === null ? '' : ` · ${row.client}`}
                </Text>
              </div>
            ),
          },
          {
            id: 'status',
            head: t.status,
            sort: (row) => row.status,
            cell: (row) => (
              <Badge color={colours[row.status]} variant="outline" tt="none">
                {t[row.status]}
              </Badge>
            ),
          },
          {
            id: 'scopes',
            head: t.scopes,
            cell: (row) => (
              <Text size="xs" maw={360}>
                {row.scopes.join(' · ')}
              </Text>
            ),
          },
          { id: 'created', head: t.created, sort: (row) => row.createdAt, cell: (row) => dates.day(row.createdAt) },
          {
            id: 'expires',
            head: t.expires,
            cell: (row) => (row.expiresAt === null ? t.unlimited : dates.day(row.expiresAt)),
          },
          {
            id: 'revoke',
            head: t.revoke,
            cell: (row) =>
              row.status === 'active' && can('integrations:write') ? (
                <Group justify="flex-end">
                  <Button
                    variant="default"
                    size="xs"
                    aria-label={`${t.revoke} · ${row.name}`}
                    onClick={() => setEnding(row)}
                  >
                    {t.revoke}
                  </Button>
                </Group>
              ) : null,
          },
        ]}
      />
      {ending === null ? null : <Revoke of={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

function Revoke({ of, onClose }: { readonly of: Key; readonly onClose: () => void }) {
  const t = useWords(INTEGRATIONS);
  const revoke = useSend<unknown, undefined>('POST', `/v1/console/api-keys/${of.id}/revoke`, { changes: CHANGES });
  return (
    <Confirm
      opened
      title={t.revoke}
      yes={t.revoke}
      isDangerous
      isBusy={revoke.isPending}
      error={revoke.error}
      onYes={() => revoke.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Text>{t.revokeText(of.name)}</Text>
    </Confirm>
  );
}
