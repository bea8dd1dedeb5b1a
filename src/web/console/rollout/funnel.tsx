// The funnel: how far people came, and where they stopped, by client.
import { Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useNumbers } from '../parts/numbers.ts';
import { Shown } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet } from '../server/calls.tsx';
import { Part } from './part.tsx';
import { PickCohort } from './pick-cohort.tsx';
import { type FunnelView, PATH } from './types.ts';
import { ROLLOUT } from './words.ts';

const STEPS = ['told', 'opened', 'scanned', 'verified', 'used'] as const;
type Step = FunnelView['steps'][number] & { readonly before: number | null; readonly most: number };
type Client = FunnelView['clients'][number];

export function Funnel({ cohorts }: { readonly cohorts: readonly (string | null)[] }) {
  const t = useWords(ROLLOUT);
  const n = useNumbers();
  const [cohort, setCohort] = useState('');
  const funnel = useGet<FunnelView>(`${PATH}/funnel${cohort === '' ? '' : `?cohort=${encodeURIComponent(cohort)}`}`);
  const clients: Column<Client>[] = [
    {
      id: 'client',
      head: t.client,
      cell: (row) => (row.client === '' ? '—' : `${row.client} ${row.version}`),
      sort: (row) => row.client,
    },
    ...STEPS.map(
      (step, at): Column<Client> => ({
        id: step,
        head: t[step],
        cell: (row) => n.count(row.reached[at] ?? 0),
        sort: (row) => row.reached[at] ?? 0,
        isNumber: true,
      }),
    ),
  ];
  return (
    <Part title={t.funnel} aside={<PickCohort cohorts={cohorts} value={cohort} onChange={setCohort} />}>
      <Shown of={funnel}>
        {(seen) => {
          const most = Math.max(1, ...seen.steps.map((one) => one.all));
          const rows = seen.steps.map((one, at): Step => ({ ...one, most, before: seen.steps[at - 1]?.told ?? null }));
          return (
            <Stack gap="sm">
              <Table
                label={t.funnel}
                rows={rows}
                idOf={(row) => row.step}
                columns={[
                  { id: 'step', head: t.step, cell: (row) => t[row.step] },
                  {
                    id: 'bar',
                    head: t.share,
                    cell: (row) => (
                      <Progress
                        value={(row.all / row.most) * 100}
                        size="lg"
                        miw={120}
                        aria-label={`${t[row.step]} ${n.share(row.all / row.most)}`}
                      />
                    ),
                  },
                  { id: 'all', head: t.all, cell: (row) => n.count(row.all), isNumber: true },
                  { id: 'told', head: t.ofTold, cell: (row) => n.count(row.told), isNumber: true },
                  {
                    id: 'kept',
                    head: t.kept,
                    cell: (row) => (row.before === null || row.before === 0 ? '' : n.share(row.told / row.before)),
                    isNumber: true,
                  },
                ]}
              />
              <Text size="sm" c="dimmed">
                {t.funnelHelp}
              </Text>
              <Table
                label={t.client}
                rows={seen.clients}
                idOf={(row) => `${row.client} ${row.version}`}
                columns={clients}
              />
            </Stack>
          );
        }}
      </Shown>
    </Part>
  );
}
