// Finding a customer (OP-1.1): one field first, what is typed stays in the address so that "back" comes back to it; `/` leads here from anywhere on the page.
import { Alert, Anchor, Badge, Button, Chip, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { PageGiven } from '../given.ts';
import { Page } from '../parts/page.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi, useGet } from '../server/calls.tsx';
import { useMe } from '../server/me.tsx';
import { go } from '../server/route.ts';
import { customerHref } from './href.ts';
import { forgetRecents, recents } from './recents.ts';
import type { Customers } from './types.ts';
import { SEARCH } from './words.ts';

const KINDS = ['all', 'account', 'name', 'phone', 'mail'] as const;
type Kind = (typeof KINDS)[number];

const pathOf = (q: string, kind: Kind): string =>
  `/v1/console/accounts?q=${encodeURIComponent(q)}${kind === 'all' ? '' : `&in=${kind}`}`;

export function Search({ query }: PageGiven) {
  const t = useWords(SEARCH);
  const q = query.get('q') ?? '';
  const kind = KINDS.find((one) => one === query.get('in')) ?? 'all';
  const [typed, setTyped] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    field.current?.focus();
    const slash = (event: KeyboardEvent): void => {
      const at = event.target as HTMLElement;
      if (
        event.key !== '/' ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)
      )
        return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    addEventListener('keydown', slash);
    return () => removeEventListener('keydown', slash);
  }, []);
  const find = (text: string, of: Kind): void =>
    go(
      text.trim() === ''
        ? 'customers'
        : `customers?q=${encodeURIComponent(text.trim())}${of === 'all' ? '' : `&in=${of}`}`,
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    find(typed, kind);
  };
  return (
    <Page title={t.title}>
      <form role="search" onSubmit={submit}>
        <Group align="flex-end" wrap="nowrap">
          <TextInput
            ref={field}
            type="search"
            label={t.field}
            description={t.hint}
            size="md"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            style={{ flexGrow: 1 }}
          />
          <Button type="submit" size="md" style={{ flexShrink: 0 }}>
            {t.go}
          </Button>
        </Group>
      </form>
      <Chip.Group value={kind} onChange={(value) => find(typed, value)}>
        <Group gap="xs" role="group" aria-label={t.lookIn}>
          {KINDS.map((one) => (
            <Chip key={one} value={one} size="xs" variant="outline">
              {t[one]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {q === '' ? <Recents /> : <Results key={`${q} ${kind}`} q={q} kind={kind} />}
    </Page>
  );
}

function Results({ q, kind }: { readonly q: string; readonly kind: Kind }) {
  const first = useGet<Customers>(pathOf(q, kind));
  return <Shown of={first}>{(page) => <Found first={page} path={pathOf(q, kind)} />}</Shown>;
}

function Found({ first, path }: { readonly first: Customers; readonly path: string }) {
  const t = useWords(SEARCH);
  const api = useApi();
  const [more, setMore] = useState<readonly Customers[]>([]);
  const [isBusy, setBusy] = useState(false);
  const pages = [first, ...more];
  const next = pages.at(-1)?.next ?? null;
  const onMore = (): void => {
    setBusy(true);
    void api
      .get<Customers>(`${path}&after=${encodeURIComponent(next ?? '')}`)
      .then((page) => setMore([...more, page]))
      .finally(() => setBusy(false));
  };
  return (
    <Stack>
      {first.isComplete ? null : <Alert color="yellow">{t.incomplete}</Alert>}
      <Table
        label={t.results}
        rows={pages.flatMap((page) => page.items)}
        idOf={(one) => one.account}
        empty={t.none}
        columns={[
          {
            id: 'account',
            head: t.account,
            cell: (one) => <Anchor href={customerHref(one.account)}>{one.account}</Anchor>,
          },
          { id: 'name', head: t.name, cell: (one) => one.name ?? '' },
          { id: 'phone', head: t.phone, cell: (one) => <span className="digits">{one.phoneHint ?? ''}</span> },
          { id: 'mail', head: t.mail, cell: (one) => one.emailHint ?? '' },
          { id: 'cohort', head: t.cohort, cell: (one) => one.cohort ?? '' },
          {
            id: 'status',
            head: t.status,
            cell: (one) => (
              <Badge variant="light" color={one.status === 'active' ? 'green' : 'red'}>
                {t[one.status]}
              </Badge>
            ),
          },
          { id: 'by', head: t.foundBy, cell: (one) => t[one.foundBy] },
        ]}
        onMore={next === null ? undefined : onMore}
        isLoadingMore={isBusy}
      />
    </Stack>
  );
}

function Recents() {
  const t = useWords(SEARCH);
  const { tenant } = useMe();
  const [list, setList] = useState(() => recents(tenant));
  if (list.length === 0) return <Empty>{t.noRecents}</Empty>;
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={2}>{t.recents}</Title>
      <Group component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
        {list.map((account) => (
          <li key={account}>
            <Anchor href={customerHref(account)}>{account}</Anchor>
          </li>
        ))}
      </Group>
      <Text size="sm">
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            forgetRecents(tenant);
            setList([]);
          }}
        >
          {t.forget}
        </Button>
      </Text>
    </Stack>
  );
}
