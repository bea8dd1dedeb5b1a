// What is connected to a tenant: API keys, registered clients, OpenID Connect clients, and the channels messages go out by.
import { Badge, Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import type { Integrations as Reply } from '../../../contract/schemas/integrations.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { Channels } from './channels.tsx';
import { Keys } from './keys.tsx';
import { NewKey } from './new-key.tsx';
import { INTEGRATIONS } from './words.ts';

type Data = z.infer<typeof Reply>;

export function Integrations() {
  const t = useWords(INTEGRATIONS);
  const reply = useGet<Data>('/v1/console/integrations');
  return (
    <Page title={t.title} hint={t.hint}>
      <Shown of={reply}>{(data) => <Parts data={data} />}</Shown>
    </Page>
  );
}

function Part({
  title,
  hint,
  action,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Group justify="space-between">
        <div>
          <Title order={2}>{title}</Title>
          {hint === undefined ? null : (
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          )}
        </div>
        {action}
      </Group>
      {children}
    </Stack>
  );
}

function Parts({ data }: { readonly data: Data }) {
  const t = useWords(INTEGRATIONS);
  const can = useCan();
  const [isMaking, setMaking] = useState(false);
  return (
    <Stack gap="xl">
      <Part title={t.channels}>
        <Channels channels={data.channels} />
      </Part>
      <Part
        title={t.keys}
        action={can('integrations:write') ? <Button onClick={() => setMaking(true)}>{t.newKey}</Button> : null}
      >
        <Text size="sm">
          {t.apiUrl} <Code>{data.apiUrl}</Code>
        </Text>
        <Keys keys={data.apiKeys} />
      </Part>
      <Part title={t.clients} hint={t.clientsHint}>
        <Clients clients={data.clients} />
      </Part>
      <Part title={t.parties} hint={t.partiesHint}>
        <Text size="sm">
          {t.issuer} <Code>{data.issuer}</Code>
        </Text>
        <Parties parties={data.relyingParties} />
      </Part>
      {isMaking ? <NewKey clients={data.clients} onClose={() => setMaking(false)} /> : null}
    </Stack>
  );
}

function Clients({ clients }: { readonly clients: Data['clients'] }) {
  const t = useWords(INTEGRATIONS);
  return (
    <Table
      label={t.clients}
      rows={clients}
      idOf={(row) => row.id}
      columns={[
        {
          id: 'name',
          head: t.name,
          cell: (row) => (
            <div>
              <Text fw={600} size="sm">
                {row.name}
              </Text>
              <Text size="xs" c="dimmed">
                {row.id}
              </Text>
            </div>
          ),
        },
        { id: 'kind', head: t.kind, cell: (row) => t[row.kind] },
        { id: 'minimum', head: t.minimum, cell: (row) => row.minimumVersion ?? '—' },
        { id: 'binds', head: t.binds, cell: (row) => row.binds.join(' · ') || '—' },
      ]}
    />
  );
}

function Parties({ parties }: { readonly parties: Data['relyingParties'] }) {
  const t = useWords(INTEGRATIONS);
  return (
    <Table
      label={t.parties}
      rows={parties}
      idOf={(row) => row.id}
      empty={t.noParties}
      columns={[
        {
          id: 'name',
          head: t.name,
          cell: (row) => (
            <div>
              <Text fw={600} size="sm">
                {row.name}
              </Text>
              <Text size="xs" c="dimmed">
                {row.id}
              </Text>
            </div>
          ),
        },
        {
          id: 'kind',
          head: t.kind,
          cell: (row) => (
            <Badge variant="outline" color="gray" tt="none">
              {t[row.kind]}
            </Badge>
          ),
        },
        {
          id: 'returns',
          head: t.returns,
          cell: (row) => (
            <Text size="xs" style={{ wordBreak: 'break-all' }} maw={420}>
              {row.redirectUris.join(' · ')}
            </Text>
          ),
        },
      ]}
    />
  );
}
