// Adoption over time: what was, what was planned, and what is expected with its margin; reminders as upright lines.
import { Badge, Button, Group, List, Stack, Text } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { Chart } from '../parts/chart.tsx';
import { useDates } from '../parts/dates.ts';
import { useNumbers } from '../parts/numbers.ts';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useCan } from '../server/me.tsx';
import { Part } from './part.tsx';
import { PickCohort } from './pick-cohort.tsx';
import { PlanDialog } from './plan-dialog.tsx';
import { type Point, pointsOf } from './points.ts';
import type { CockpitView } from './types.ts';
import { ROLLOUT } from './words.ts';

export function Adoption({ view }: { readonly view: CockpitView }) {
  const t = useWords(ROLLOUT);
  const n = useNumbers();
  const dates = useDates();
  const can = useCan();
  const [cohort, setCohort] = useState('');
  const [isEditing, setEditing] = useState(false);
  const series = view.adoption.find((one) => one.cohort === (cohort === '' ? null : cohort));
  const points = useMemo(
    () => pointsOf(series?.days ?? [], series?.forecast?.days ?? [], cohort === '' ? view.plan : []),
    [series, cohort, view.plan],
  );
  const times = useMemo(() => points.map((p) => Date.parse(p.date) / 1000), [points]);
  const lines = useMemo(
    () => [
      { label: t.band, values: points.map((p) => p.low), colour: 'main' as const, isHidden: true },
      { label: t.band, values: points.map((p) => p.high), colour: 'main' as const, isHidden: true },
      { label: t.actual, values: points.map((p) => p.actual), colour: 'main' as const },
      { label: t.forecast, values: points.map((p) => p.forecast), colour: 'main' as const, isDashed: true },
      { label: t.target, values: points.map((p) => p.plan), colour: 'second' as const, isDashed: true, spans: true },
    ],
    [points, t],
  );
  const campaigns = useMemo(
    () => view.campaigns.filter((one) => cohort === '' || one.cohort === null || one.cohort === cohort),
    [view.campaigns, cohort],
  );
  const marks = useMemo(() => campaigns.map((one) => Date.parse(one.at) / 1000), [campaigns]);
  const format = useCallback((value: number) => n.share(value), [n]);
  const time = useCallback((seconds: number) => new Date(seconds * 1000).toISOString().slice(5, 10), []);
  const today = [...points].reverse().find((p) => p.actual !== null);
  const last = points.filter((p) => p.forecast !== null).at(-1);
  const gap = today?.plan === null || today?.plan === undefined ? null : today.plan - (today.actual ?? 0);
  return (
    <Part
      title={t.adoption}
      aside={
        <Group align="flex-end" gap="xs">
          <PickCohort
            cohorts={view.adoption.map((one) => (one.cohort === '' ? null : one.cohort))}
            value={cohort}
            onChange={setCohort}
          />
          {can('rollout:write') ? (
            <Button variant="default" onClick={() => setEditing(true)}>
              {t.editPlan}
            </Button>
          ) : null}
        </Group>
      }
    >
      <Stack gap="sm">
        <Group gap="sm">
          {today?.actual !== null && today !== undefined && last !== undefined ? (
            <Text>
              {t.summary(
                n.share(today.actual ?? 0),
                dates.day(last.date),
                n.share(last.low ?? 0),
                n.share(last.high ?? 0),
              )}
            </Text>
          ) : null}
          {gap === null ? null : (
            <Badge
              tt="none"
              color={gap > 0.01 ? '#9c3a00' : 'jade'}
              variant={gap > 0.01 ? 'filled' : 'light'}
              size="lg"
            >
              {gap > 0.01 ? t.planGap(n.share(gap)) : t.planMet}
            </Badge>
          )}
        </Group>
        <Chart
          label={t.chartOf(t.adoption)}
          times={times}
          lines={lines}
          band={[0, 1]}
          format={format}
          time={time}
          marks={marks}
          max={1}
        />
        <Legend />
        {campaigns.length === 0 ? null : (
          <List size="sm" aria-label={t.campaigns}>
            {campaigns.map((one) => (
              <List.Item key={one.at}>
                {t.campaign(dates.day(one.at), one.reminded, one.reason)}
                {one.cohort === null ? '' : ` · ${one.cohort}`}
              </List.Item>
            ))}
          </List>
        )}
        <Text size="sm" c="dimmed">
          {series?.forecast === null || series === undefined
            ? t.noForecast
            : t.method(series.forecast.error === null ? '—' : n.share(series.forecast.error))}
        </Text>
        <details>
          <summary>{t.asTable}</summary>
          <Figures points={points} />
        </details>
      </Stack>
      {isEditing ? <PlanDialog plan={view.plan} hotline={view.hotline} onClose={() => setEditing(false)} /> : null}
    </Part>
  );
}

function Legend() {
  const t = useWords(ROLLOUT);
  return (
    <Group gap="md" className="legend" aria-hidden>
      <Text size="sm" className="line-main">
        {t.actual}
      </Text>
      <Text size="sm" className="line-forecast">
        {t.forecast}
      </Text>
      <Text size="sm" className="line-plan">
        {t.target}
      </Text>
      <Text size="sm" className="line-campaign">
        {t.campaigns}
      </Text>
    </Group>
  );
}

/** One row a week, and today: enough to read, few enough to be read out. */
function Figures({ points }: { readonly points: readonly Point[] }) {
  const t = useWords(ROLLOUT);
  const n = useNumbers();
  const dates = useDates();
  const share = (value: number | null): string => (value === null ? '' : n.share(value));
  const today = points.findLastIndex((p) => p.actual !== null);
  const rows = points.filter((_, at) => at === today || (at - today) % 7 === 0);
  return (
    <Table
      label={t.adoption}
      idOf={(row) => row.date}
      rows={rows}
      columns={[
        { id: 'day', head: t.day, cell: (row) => dates.day(row.date), sort: (row) => row.date },
        { id: 'actual', head: t.actual, cell: (row) => share(row.actual), isNumber: true },
        { id: 'plan', head: t.target, cell: (row) => share(row.plan), isNumber: true },
        { id: 'forecast', head: t.forecast, cell: (row) => share(row.forecast), isNumber: true },
        {
          id: 'band',
          head: t.band,
          cell: (row) => (row.low === null ? '' : `${share(row.low)} – ${share(row.high)}`),
          isNumber: true,
        },
      ]}
    />
  );
}
