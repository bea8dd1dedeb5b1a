// Accounts that are let off for a while, whatever is switched.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Opened } from '../desk/shown.tsx';
import { useDates } from '../parts/dates.ts';
import { Failed } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useSend } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { Part } from './part.tsx';
import { type CaseOpened, type CockpitView, PATH } from './types.ts';
import { ROLLOUT } from './words.ts';

interface Body {
  readonly account: string;
  readonly until: string | null;
  readonly reason: string;
}

export function Exceptions({ items }: { readonly items: CockpitView['exceptions'] }) {
  const t = useWords(ROLLOUT);
  const dates = useDates();
  const mayWrite = useCan()('rollout:switch');
  const [account, setAccount] = useState('');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const put = useSend<object | CaseOpened, Body>('POST', `${PATH}/exceptions`, {
    changes: [PATH, '/v1/console/policy', '/v1/console/inbox'],
  });
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (account.trim() === '' || until === '' || reason.trim() === '') return;
    put.mutate(
      { account: account.trim(), until: new Date(`${until}T00:00:00`).toISOString(), reason: reason.trim() },
      { onSuccess: () => setAccount('') },
    );
  };
  return (
    <Part title={t.exceptions}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t.exceptionHelp}
        </Text>
        {items.length === 0 ? null : (
          <Table
            label={t.exceptions}
            rows={items}
            idOf={(row) => row.account}
            columns={[
              { id: 'account', head: t.account, cell: (row) => row.account, sort: (row) => row.account },
              { id: 'until', head: t.until, cell: (row) => dates.at(row.until), sort: (row) => row.until },
              ...(mayWrite
                ? [
                    {
                      id: 'end',
                      head: t.actions,
                      cell: (row: CockpitView['exceptions'][number]) => (
                        <Button
                          size="compact-sm"
                          variant="default"
                          aria-label={`${t.letOn} ${row.account}`}
                          onClick={() => put.mutate({ account: row.account, until: null, reason: t.letOn })}
                        >
                          {t.letOn}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
        {mayWrite ? (
          <form onSubmit={add}>
            <Group align="flex-end">
              <TextInput
                label={t.account}
                required
                value={account}
                onChange={(event) => setAccount(event.currentTarget.value)}
              />
              <TextInput
                label={t.until}
                type="date"
                required
                value={until}
                onChange={(event) => setUntil(event.currentTarget.value)}
              />
              <TextInput
                label={t.reason}
                required
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Button type="submit" variant="default" loading={put.isPending}>
                {t.letOff}
              </Button>
            </Group>
          </form>
        ) : null}
        <div role="status">{put.data !== undefined && 'case' in put.data ? <Opened opened={put.data} /> : null}</div>
        {put.error === null ? null : <Failed error={put.error} isPage={false} />}
      </Stack>
    </Part>
  );
}
