// What waits for a second operator, of whatever kind, and what became of the cases of a tenant (OP-1.3).
import { Anchor, Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useChanges } from '../bulk/changes.tsx';
import { useDates } from '../parts/dates.ts';
import { useNumbers } from '../parts/numbers.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi, useGet } from '../server/calls.tsx';
import { hrefOf } from '../server/route.ts';
import { Flags } from './shown.tsx';
import type { Case, Inbox, Cases as Reply } from './types.ts';
import { ACTIONS, CASES, STATES } from './words.ts';

const LIMIT = 50;

export function Cases() {
  const t = useWords(CASES);
  const states = useWords(STATES);
  const [status, setStatus] = useState('submitted');
  const query = `limit=${LIMIT}${status === '' ? '' : `&status=${status}`}`;
  const isInbox = status === 'submitted';
  const inbox = useGet<Inbox>('/v1/console/inbox', { everyMs: 15_000 });
  const list = useGet<Reply>(isInbox ? null : `/v1/console/cases?${query}`, { everyMs: 15_000 });
  const { data } = inbox;
  return (
    <Page title={t.title} hint={data?.items.length ? t.yours(data.mine, data.items.length) : undefined}>
      <NativeSelect
        label={t.filter}
        maw="16rem"
        value={status}
        data={[{ value: '', label: t.every }, ...Object.entries(states).map(([value, label]) => ({ value, label }))]}
        onChange={({ currentTarget: { value } }) => setStatus(value)}
      />
      {isInbox ? (
        <Shown of={inbox}>{({ items }) => <Waiting items={items} />}</Shown>
      ) : (
        <Shown of={list}>{(page) => <List key={query} first={page} query={query} />}</Shown>
      )}
    </Page>
  );
}

type Item = Inbox['items'][number];
/** The page that decides a kind. */
const PAGE_OF = { case: 'cases', cutover: 'rollout/cutovers', bulk: 'bulk' } as const;
const pathOf = ({ kind, id }: Item): string => `${PAGE_OF[kind]}/${encodeURIComponent(id)}`;

function Waiting({ items }: { readonly items: readonly Item[] }) {
  const t = useWords(CASES);
  const actions = useWords(ACTIONS);
  const dates = useDates();
  const n = useNumbers();
  const changes = useChanges();
  const nameOf = (row: Item): string => (row.kind === 'cutover' ? t.cutover : actions[row.action]);
  const about = (row: Item): string =>
    row.kind === 'cutover'
      ? t.firstStage(row.cohort ?? t.everybody, n.share((row.percent ?? 0) / 100))
      : row.kind === 'bulk'
        ? [t.rows(row.name ?? '', row.rows ?? 0), ...changes(row.changes)].join(' · ')
        : // What concerns a whole tenant says why it is asked for.
          (row.account ?? row.cohort ?? row.reason);
  return (
    <Table
      label={t.title}
      rows={items}
      idOf={(row) => row.id}
      empty={t.nothing}
      columns={[
        {
          id: 'case',
          head: t.action,
          cell: (row) => (
            <Anchor size="sm" href={hrefOf(pathOf(row))}>
              {nameOf(row)}
            </Anchor>
          ),
          sort: nameOf,
        },
        { id: 'about', head: t.about, cell: about, sort: about },
        { id: 'requester', head: t.requester, cell: (row) => row.requester, sort: (row) => row.requester },
        { id: 'flags', head: t.flags, cell: (row) => <Flags flags={row.riskFlags} /> },
        { id: 'submitted', head: t.submitted, cell: (row) => dates.ago(row.askedAt), sort: (row) => row.askedAt },
        { id: 'expires', head: t.expires, cell: (row) => dates.ago(row.expiresAt), sort: (row) => row.expiresAt },
        {
          id: 'open',
          head: t.decision,
          cell: (row) => (
            <Button
              component="a"
              href={hrefOf(pathOf(row))}
              size="compact-sm"
              variant={row.mayDecide ? 'filled' : 'default'}
            >
              {row.why === undefined ? t.open : t[row.why]}
            </Button>
          ),
        },
      ]}
    />
  );
}

function List({ first, query }: { readonly first: Reply; readonly query: string }) {
  const t = useWords(CASES);
  const states = useWords(STATES);
  const actions = useWords(ACTIONS);
  const dates = useDates();
  const api = useApi();
  const [more, setMore] = useState<{ items: readonly Case[]; next: string | null } | null>(null);
  const next = more === null ? first.next : more.next;
  const load = async (): Promise<void> => {
    const page = await api.get<Reply>(`/v1/console/cases?${query}&after=${encodeURIComponent(next ?? '')}`);
    setMore((held) => ({ items: [...(held?.items ?? []), ...page.items], next: page.next }));
  };
  return (
    <Table
      label={t.title}
      rows={[...first.items, ...(more?.items ?? [])]}
      idOf={(row) => row.id}
      empty={t.none}
      onMore={next === null ? undefined : () => void load()}
      columns={[
        {
          id: 'case',
          head: t.action,
          cell: (row) => (
            <Anchor size="sm" href={hrefOf(`cases/${row.id}`)}>
              {actions[row.action]}
            </Anchor>
          ),
          sort: (row) => actions[row.action],
        },
        { id: 'account', head: t.account, cell: (row) => row.account ?? '—', sort: (row) => row.account ?? '' },
        { id: 'requester', head: t.requester, cell: (row) => row.requester, sort: (row) => row.requester },
        { id: 'flags', head: t.flags, cell: (row) => <Flags flags={row.riskFlags} /> },
        { id: 'status', head: t.status, cell: (row) => states[row.status], sort: (row) => row.status },
        {
          id: 'submitted',
          head: t.submitted,
          cell: (row) => dates.ago(row.submittedAt),
          sort: (row) => row.submittedAt,
        },
        {
          id: 'expires',
          head: t.expires,
          cell: (row) => (row.status === 'submitted' ? dates.ago(row.expiresAt) : '—'),
          sort: (row) => row.expiresAt,
        },
        {
          id: 'open',
          head: t.open,
          cell: (row) => (
            <Button component="a" href={hrefOf(`cases/${row.id}`)} size="compact-sm" variant="default">
              {t.open}
            </Button>
          ),
        },
      ]}
    />
  );
}
