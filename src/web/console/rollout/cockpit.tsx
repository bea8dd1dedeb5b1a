// The cockpit: where the move off SMS stands, where it is going, and what a switch would do, before it is done (ES-6.2).
import { Anchor, Badge, Button, Group, List, Stack, Text } from '@mantine/core';
import { useDates } from '../parts/dates.ts';
import { useNumbers } from '../parts/numbers.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { hrefOf } from '../server/route.ts';
import { Adoption } from './adoption.tsx';
import { Exceptions } from './exceptions.tsx';
import { Funnel } from './funnel.tsx';
import { Part } from './part.tsx';
import { Remind } from './remind.tsx';
import { Simulator } from './simulator.tsx';
import { type CockpitView, PATH } from './types.ts';
import { ROLLOUT } from './words.ts';

export function Rollout() {
  const t = useWords(ROLLOUT);
  const n = useNumbers();
  const can = useCan();
  const cockpit = useGet<CockpitView>(PATH);
  const seen = cockpit.data;
  return (
    <Page
      title={t.title}
      hint={seen === undefined ? undefined : t.hint(n.count(seen.bound), n.count(seen.accounts))}
      actions={
        <>
          <Button component="a" href={hrefOf('rollout/cohorts')} variant="default" size="sm">
            {t.rules}
          </Button>
          <Button component="a" href={hrefOf('rollout/cutovers')} size="sm">
            {t.cutovers}
          </Button>
        </>
      }
    >
      <Shown of={cockpit}>
        {(view) => (
          <Stack gap="lg">
            <Phases view={view} />
            <Adoption view={view} />
            <Cohorts view={view} />
            <Funnel cohorts={view.cohorts.map((one) => one.cohort)} />
            <Simulator cohorts={view.cohorts.map((one) => one.cohort)} />
            {can('rollout:write') ? <Remind cohorts={view.cohorts.map((one) => one.cohort)} /> : null}
            <Exceptions items={view.exceptions} />
          </Stack>
        )}
      </Shown>
    </Page>
  );
}

const ORDER = ['sms-only', 'coexist', 'totp-only'] as const;

function Phases({ view }: { readonly view: CockpitView }) {
  const t = useWords(ROLLOUT);
  const dates = useDates();
  const numbers = useNumbers();
  const at = ORDER.indexOf(view.phase);
  return (
    <Part title={t.phases}>
      <Group component="ol" gap="sm" p={0} m={0} className="phases">
        {ORDER.map((phase, n) => (
          <Group component="li" key={phase} gap="xs" aria-current={n === at ? 'step' : undefined}>
            {n === 0 ? null : (
              <Text span c="dimmed" aria-hidden>
                →
              </Text>
            )}
            <Badge variant={n === at ? 'filled' : n < at ? 'light' : 'outline'} size="lg" tt="none">
              {n < at ? '✓ ' : ''}
              {t[phase]}
              {n === at ? ` · ${view.since === null ? t.now : t.since(dates.day(view.since))}` : ''}
            </Badge>
          </Group>
        ))}
      </Group>
      {view.cutovers.length === 0 ? null : (
        <List size="sm" mt="xs" aria-label={t.underWay}>
          {view.cutovers.map((one) => (
            <List.Item key={one.id}>
              <Anchor size="sm" href={hrefOf(`rollout/cutovers/${one.id}`)}>
                {t.taken(one.cohort ?? t.everybody, numbers.share(one.percent / 100), dates.at(one.stageAt))}
              </Anchor>
              {`: ${t[one.phase]}${one.status === 'paused' ? ` · ${t.paused}` : ''}`}
            </List.Item>
          ))}
        </List>
      )}
      {view.schedule.length === 0 ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t.noPlanned}
        </Text>
      ) : (
        <List size="sm" mt="xs">
          {view.schedule.map((one) => (
            <List.Item key={`${one.at}${one.cohort ?? ''}`}>
              {t.planned(dates.at(one.at), one.cohort ?? t.everybody)}: {t[one.phase]}
            </List.Item>
          ))}
        </List>
      )}
    </Part>
  );
}

type CohortRow = CockpitView['cohorts'][number];

/** The phase of a cohort; where a cut-over takes some of it, how many are in the next already. */
function PhaseOf({ row, view }: { readonly row: CohortRow; readonly view: CockpitView }) {
  const t = useWords(ROLLOUT);
  const n = useNumbers();
  const taken = view.cutovers.find((one) => one.cohort === row.cohort);
  return (
    <>
      {t[row.phase]}
      {taken === undefined ? null : (
        <Text size="xs" c="dimmed">
          {n.share(taken.percent / 100)} {t[taken.phase]}
        </Text>
      )}
    </>
  );
}

function Cohorts({ view }: { readonly view: CockpitView }) {
  const t = useWords(ROLLOUT);
  const n = useNumbers();
  const columns: Column<CohortRow>[] = [
    { id: 'cohort', head: t.cohort, cell: (row) => row.cohort ?? t.noCohort, sort: (row) => row.cohort ?? '' },
    {
      id: 'phase',
      head: t.phase,
      cell: (row) => <PhaseOf row={row} view={view} />,
      sort: (row) => ORDER.indexOf(row.phase),
    },
    {
      id: 'accounts',
      head: t.accounts,
      cell: (row) => n.count(row.accounts),
      sort: (row) => row.accounts,
      isNumber: true,
    },
    {
      id: 'share',
      head: t.bound,
      cell: (row) => n.share(row.accounts === 0 ? 0 : row.bound / row.accounts),
      sort: (row) => (row.accounts === 0 ? 0 : row.bound / row.accounts),
      isNumber: true,
    },
    ...(['often', 'rarely', 'never'] as const).map(
      (name): Column<CohortRow> => ({
        id: name,
        head: t[name],
        cell: (row) => n.count(row.unbound[name]),
        sort: (row) => row.unbound[name],
        isNumber: true,
      }),
    ),
  ];
  return (
    <Part title={t.cohorts}>
      <Table label={t.cohorts} columns={columns} rows={view.cohorts} idOf={(row) => row.cohort ?? ''} />
    </Part>
  );
}
