// What happened to a customer, newest first, of one kind if asked; each login says why it went as it did (OP-1.1, OP-1.6).
import { Anchor, Badge, Button, Center, Drawer, Group, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { Details, useActor, useEventName, useHint, useMethod } from '../events/event.tsx';
import { COMMON } from '../parts/common.ts';
import { useDates } from '../parts/dates.ts';
import { Empty, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi, useGet } from '../server/calls.tsx';
import { Section } from './section.tsx';
import type { Happening, Timeline } from './types.ts';
import { Why } from './why.tsx';
import { CUSTOMER } from './words.ts';
import './customers.css';

const KINDS = ['everything', 'logins', 'bindings', 'operators', 'risk'] as const;
type Kind = (typeof KINDS)[number];

export function TimelinePanel({ account }: { readonly account: string }) {
  const t = useWords(CUSTOMER);
  const [kind, setKind] = useState<Kind>('everything');
  const path = `/v1/console/accounts/${encodeURIComponent(account)}/timeline?limit=30${kind === 'everything' ? '' : `&kind=${kind}`}`;
  const first = useGet<Timeline>(path);
  return (
    <Section title={t.timeline}>
      <div className="scroll">
        <SegmentedControl
          size="xs"
          mb="sm"
          aria-label={t.show}
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          data={KINDS.map((value) => ({ value, label: t[value] }))}
        />
      </div>
      <Shown of={first}>{(page) => <Happenings key={path} first={page} path={path} />}</Shown>
    </Section>
  );
}

function Happenings({ first, path }: { readonly first: Timeline; readonly path: string }) {
  const t = useWords(CUSTOMER);
  const common = useWords(COMMON);
  const dates = useDates();
  const api = useApi();
  const [more, setMore] = useState<readonly Timeline[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [asked, setAsked] = useState<Happening | null>(null);
  const pages = [first, ...more];
  const items = pages.flatMap((page) => page.items);
  const next = pages.at(-1)?.next ?? null;
  const onMore = (): void => {
    setBusy(true);
    void api
      .get<Timeline>(`${path}&after=${next ?? ''}`)
      .then((page) => setMore([...more, page]))
      .finally(() => setBusy(false));
  };
  if (items.length === 0) return <Empty>{t.nothing}</Empty>;
  return (
    <>
      <ul className="happenings">
        {items.map((one) => (
          <li key={one.seq}>
            <Line one={one} onWhy={() => setAsked(one)} />
          </li>
        ))}
      </ul>
      {next === null ? null : (
        <Center mt="sm">
          <Button variant="default" onClick={onMore} loading={isBusy}>
            {common.more}
          </Button>
        </Center>
      )}
      <Drawer
        opened={asked !== null}
        onClose={() => setAsked(null)}
        position="right"
        size="lg"
        transitionProps={{ duration: 0 }}
        title={asked === null ? '' : t.whyOf(dates.at(asked.at))}
        closeButtonProps={{ 'aria-label': common.close }}
      >
        {asked?.login === undefined ? null : <Why login={asked.login} />}
      </Drawer>
    </>
  );
}

const COLOURS = { risk: 'red', operators: 'blue' } as const;

/** One event: what, when, by whom, from where. */
export function Line({ one, onWhy }: { readonly one: Happening; readonly onWhy?: () => void }) {
  const t = useWords(CUSTOMER);
  const dates = useDates();
  const name = useEventName();
  const actor = useActor();
  const hint = useHint()(one.event, one.data);
  const method = useMethod();
  const flag = one.kinds.includes('risk') ? 'risk' : one.kinds.includes('operators') ? 'operators' : null;
  const type = one.data['type'];
  const { where } = one;
  return (
    <>
      <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="xs">
          <Text size="sm" fw={550}>
            {name(one.event)}
          </Text>
          {typeof type === 'string' ? <Text size="sm">{method(type)}</Text> : null}
          {flag === null ? null : (
            <Badge variant="light" size="sm" color={COLOURS[flag]}>
              {t[flag]}
            </Badge>
          )}
        </Group>
        {onWhy === undefined || one.login === undefined ? null : (
          <Anchor component="button" type="button" size="sm" onClick={onWhy} style={{ flexShrink: 0 }}>
            {t.why}
            <span className="unseen"> {dates.at(one.at)}</span>
          </Anchor>
        )}
      </Group>
      {hint === undefined ? null : <Text size="sm">{hint}</Text>}
      <Text size="xs" c="dimmed" className="digits">
        {[
          dates.at(one.at),
          actor(one.actor),
          where === undefined ? null : `${where.client} ${where.version}`,
          where?.ip ?? null,
          where?.device ?? null,
        ]
          .filter((part) => part !== null && part !== '')
          .join(' · ')}
      </Text>
      <Details
        data={Object.fromEntries(
          Object.entries(one.data).filter(([key]) => key !== 'type' && (hint === undefined || key !== 'reason')),
        )}
      />
    </>
  );
}
