// The audit log (OP-2.1): what happened, who did it, whose account, when; and the same as a file. The filter stands in the address.
import { Anchor, Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { customerHref } from '../customers/href.ts';
import type { AuditPage } from '../customers/types.ts';
import { Details, useActor, useEventName } from '../events/event.tsx';
import type { PageGiven } from '../given.ts';
import { useDates } from '../parts/dates.ts';
import { Page } from '../parts/page.tsx';
import { Failed, Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi, useGet } from '../server/calls.tsx';
import { useCan, useMe } from '../server/me.tsx';
import { go } from '../server/route.ts';
import { download } from './download.ts';
import { AUDIT } from './words.ts';

const FIELDS = ['event', 'actor', 'account', 'from', 'to'] as const;
type Filter = Readonly<Record<(typeof FIELDS)[number], string>>;

/** The filter as the server takes it: instants with a zone. */
function queryOf(filter: Filter): string {
  const query = new URLSearchParams();
  for (const name of FIELDS) {
    const value = filter[name].trim();
    if (value === '') continue;
    const isTime = name === 'from' || name === 'to';
    if (!isTime) query.set(name, value);
    else if (!Number.isNaN(Date.parse(value))) query.set(name, new Date(value).toISOString());
  }
  return query.toString();
}

export function Audit({ query }: PageGiven) {
  const t = useWords(AUDIT);
  const can = useCan();
  const filter = Object.fromEntries(FIELDS.map((name) => [name, query.get(name) ?? ''])) as Filter;
  const asked = queryOf(filter);
  return (
    <Page title={t.title} hint={t.hint} actions={can('audit:export') ? <Export query={asked} /> : undefined}>
      <FilterForm key={query.toString()} filter={filter} />
      <Entries key={asked} query={asked} />
    </Page>
  );
}

function FilterForm({ filter }: { readonly filter: Filter }) {
  const t = useWords(AUDIT);
  const can = useCan();
  const [typed, setTyped] = useState(filter);
  const field = (name: keyof Filter) => ({
    label: t[name],
    value: typed[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  const apply = (event: FormEvent): void => {
    event.preventDefault();
    const given = new URLSearchParams(Object.entries(typed).filter(([, value]) => value.trim() !== ''));
    go(given.size === 0 ? 'audit' : `audit?${given.toString()}`);
  };
  return (
    <form aria-label={t.filter} onSubmit={apply}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} spacing="sm">
        <TextInput {...field('event')} placeholder={t.eventHint} />
        <TextInput {...field('actor')} placeholder={t.actorHint} />
        {can('customers:read') ? <TextInput {...field('account')} /> : null}
        <TextInput type="datetime-local" {...field('from')} />
        <TextInput type="datetime-local" {...field('to')} />
      </SimpleGrid>
      <Group mt="sm" gap="xs">
        <Button type="submit" size="sm">
          {t.apply}
        </Button>
        <Button variant="default" size="sm" onClick={() => go('audit')}>
          {t.clear}
        </Button>
      </Group>
    </form>
  );
}

function Entries({ query }: { readonly query: string }) {
  const path = `/v1/console/audit?limit=50${query === '' ? '' : `&${query}`}`;
  const first = useGet<AuditPage>(path);
  return <Shown of={first}>{(page) => <List first={page} path={path} />}</Shown>;
}

function List({ first, path }: { readonly first: AuditPage; readonly path: string }) {
  const t = useWords(AUDIT);
  const dates = useDates();
  const name = useEventName();
  const actor = useActor();
  const can = useCan();
  const api = useApi();
  const [more, setMore] = useState<readonly AuditPage[]>([]);
  const [isBusy, setBusy] = useState(false);
  const pages = [first, ...more];
  const rows = pages.flatMap((page) => page.items);
  const next = pages.at(-1)?.next ?? null;
  const onMore = (): void => {
    setBusy(true);
    void api
      .get<AuditPage>(`${path}&after=${next ?? ''}`)
      .then((page) => setMore([...more, page]))
      .finally(() => setBusy(false));
  };
  return (
    <Stack>
      <Table
        label={t.list}
        rows={rows}
        idOf={(one) => String(one.seq)}
        empty={next === null ? t.none : t.noneYet}
        columns={[
          { id: 'seq', head: t.number, cell: (one) => one.seq, isNumber: true },
          { id: 'at', head: t.at, cell: (one) => <span className="digits">{dates.at(one.at)}</span> },
          {
            id: 'event',
            head: t.event,
            cell: (one) => (
              <>
                {name(one.event)}
                <Text size="xs" c="dimmed">
                  {one.event}
                </Text>
              </>
            ),
          },
          { id: 'actor', head: t.actor, cell: (one) => actor(one.actor) },
          {
            id: 'account',
            head: t.account,
            cell: (one) =>
              one.account === null ? (
                ''
              ) : can('customers:read') ? (
                <Anchor href={customerHref(one.account)}>{one.account}</Anchor>
              ) : (
                one.account
              ),
          },
          { id: 'details', head: t.details, cell: (one) => <Details data={one.data} all /> },
        ]}
        onMore={next === null || rows.length === 0 ? undefined : onMore}
        isLoadingMore={isBusy}
      />
      {next !== null && rows.length === 0 ? (
        <Button variant="default" onClick={onMore} loading={isBusy}>
          {t.further}
        </Button>
      ) : null}
    </Stack>
  );
}

function Export({ query }: { readonly query: string }) {
  const t = useWords(AUDIT);
  const { tenant } = useMe();
  const [busy, setBusy] = useState<'jsonl' | 'csv' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const save = (format: 'jsonl' | 'csv') => (): void => {
    setBusy(format);
    setError(null);
    void download(
      `/v1/console/audit/export?format=${format}${query === '' ? '' : `&${query}`}`,
      tenant,
      `audit-${tenant}.${format}`,
    )
      .catch(setError)
      .finally(() => setBusy(null));
  };
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button variant="default" size="sm" loading={busy === 'jsonl'} onClick={save('jsonl')}>
          {t.exportJsonl}
        </Button>
        <Button variant="default" size="sm" loading={busy === 'csv'} onClick={save('csv')}>
          {t.exportCsv}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" role="status">
        {busy === null ? t.exportSays : t.exporting}
      </Text>
      {error === null ? null : <Failed error={error} isPage={false} />}
    </Stack>
  );
}
