// Cut-overs: those that were, and the wizard that begins one.
import { Badge, Button } from '@mantine/core';
import { useDates } from '../parts/dates.ts';
import { useNumbers } from '../parts/numbers.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { hrefOf } from '../server/route.ts';
import { type CutoverView, PATH } from './types.ts';
import { CUTOVER } from './words-cutover.ts';

const COLOUR = {
  asked: '#9c3a00',
  running: 'jade',
  paused: '#9c3a00',
  done: '#495057',
  'rolled-back': '#495057',
  ended: '#495057',
} as const;

export function State({ status }: { readonly status: CutoverView['status'] }) {
  const t = useWords(CUTOVER);
  return (
    <Badge tt="none" variant="filled" color={COLOUR[status]}>
      {t[status]}
    </Badge>
  );
}

export function Cutovers() {
  const t = useWords(CUTOVER);
  const n = useNumbers();
  const dates = useDates();
  const can = useCan();
  const all = useGet<{ items: CutoverView[] }>(`${PATH}/cutovers`, { everyMs: 10_000 });
  return (
    <Page
      title={t.title}
      hint={t.hint}
      actions={
        can('rollout:switch') ? (
          <Button component="a" href={hrefOf('rollout/cutovers/new')}>
            {t.new}
          </Button>
        ) : undefined
      }
    >
      <Shown of={all}>
        {({ items }) => (
          <Table
            label={t.title}
            rows={items}
            idOf={(row) => row.id}
            empty={t.none}
            columns={[
              {
                id: 'cohort',
                head: t.cohort,
                cell: (row) => row.cohort ?? t.everybody,
                sort: (row) => row.cohort ?? '',
              },
              { id: 'status', head: t.status, cell: (row) => <State status={row.status} />, sort: (row) => row.status },
              { id: 'stage', head: t.stage, cell: (row) => n.share(row.percent / 100), isNumber: true },
              { id: 'started', head: t.started, cell: (row) => dates.at(row.startedAt), sort: (row) => row.startedAt },
              { id: 'by', head: t.by, cell: (row) => row.actor.replace(/^operator:/, '') },
              {
                id: 'open',
                head: t.open,
                cell: (row) => (
                  <Button
                    component="a"
                    href={hrefOf(`rollout/cutovers/${row.id}`)}
                    size="compact-sm"
                    variant="default"
                    aria-label={`${t.open}: ${row.cohort ?? t.everybody}, ${dates.at(row.startedAt)}`}
                  >
                    {t.open}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Shown>
    </Page>
  );
}
