// What happened to a customer, newest first, of one kind if asked; each login says why it went as it did (OP-1.1, OP-1.6).
import { Button, Center, Drawer, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { COMMON } from '../parts/common.ts';
import { useDates } from '../parts/dates.ts';
import { useLayer } from '../parts/layers.ts';
import { Empty, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi, useGet } from '../server/calls.tsx';
import { Line } from './line.tsx';
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
          onChange={(value) => setKind(value)}
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
  const layer = useLayer(asked !== null, () => setAsked(null));
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
        {...layer}
        position="right"
        size="lg"
        transitionProps={{ duration: 0 }}
        title={asked === null ? '' : t.whyOf(dates.at(asked.at))}
      >
        {asked?.login === undefined ? null : <Why login={asked.login} />}
      </Drawer>
    </>
  );
}
