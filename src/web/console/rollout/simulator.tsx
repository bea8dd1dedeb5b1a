// "If we cut over on this date": whom it meets and how, the lists to take away, and when the hotline rings.
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { Chart } from '../parts/chart.tsx';
import { useDates } from '../parts/dates.ts';
import { useDownload } from '../parts/download.ts';
import { useNumbers } from '../parts/numbers.ts';
import { Failed, Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi } from '../server/calls.tsx';
import { useCan, useMe } from '../server/me.tsx';
import { hrefOf } from '../server/route.ts';
import { Part } from './part.tsx';
import { PickCohort } from './pick-cohort.tsx';
import { type Effect, PATH, type PreviewView } from './types.ts';
import { ROLLOUT, SIMULATOR } from './words.ts';

const EFFECTS: readonly Effect[] = ['forced', 'too-old', 'shut-out', 'same'];
const dayOf = (at: Date): string =>
  `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;

export function Simulator({ cohorts }: { readonly cohorts: readonly (string | null)[] }) {
  const t = useWords(SIMULATOR);
  const [cohort, setCohort] = useState('');
  const [date, setDate] = useState(() => dayOf(new Date()));
  const api = useApi();
  const { tenant } = useMe();
  const body = useMemo(
    () => ({
      phase: 'totp-only' as const,
      ...(cohort === '' ? {} : { cohort }),
      ...(date <= dayOf(new Date()) || date === '' ? {} : { at: new Date(`${date}T00:00:00`).toISOString() }),
    }),
    [cohort, date],
  );
  const preview = useQuery<PreviewView>({
    queryKey: [tenant, `${PATH}/preview`, body],
    queryFn: () => api.send<PreviewView>('POST', `${PATH}/preview`, body),
  });
  return (
    <Part
      title={t.title}
      aside={
        <Group align="flex-end" gap="xs">
          <PickCohort cohorts={cohorts} value={cohort} onChange={setCohort} />
          <TextInput
            type="date"
            label={t.on}
            value={date}
            min={dayOf(new Date())}
            onChange={(event) => setDate(event.currentTarget.value)}
          />
        </Group>
      }
    >
      <Shown of={preview}>{(seen) => <Seen seen={seen} cohort={cohort} />}</Shown>
    </Part>
  );
}

function Seen({ seen, cohort }: { readonly seen: PreviewView; readonly cohort: string }) {
  const t = useWords(SIMULATOR);
  const n = useNumbers();
  const can = useCan();
  const { isBusy, error, save } = useDownload();
  const of = cohort === '' ? '' : `&cohort=${encodeURIComponent(cohort)}`;
  const { share, low, high } = seen.remaining;
  const met = seen.effects.forced + seen.effects['too-old'] + seen.effects['shut-out'];
  return (
    <Stack gap="sm">
      {share === 1 ? null : <Text size="sm">{t.remaining(n.share(share), n.share(low), n.share(high))}</Text>}
      {seen.limit === null ? null : (
        <Alert color={met > seen.limit ? 'orange' : 'jade'} variant="light">
          {t.limit(n.count(seen.limit))}
        </Alert>
      )}
      <Table
        label={t.title}
        rows={EFFECTS.map((effect) => ({ effect }))}
        idOf={(row) => row.effect}
        columns={[
          { id: 'effect', head: t.whom, cell: (row) => t[row.effect] },
          { id: 'accounts', head: t.accounts, cell: (row) => n.count(seen.effects[row.effect]), isNumber: true },
          { id: 'often', head: t.often, cell: (row) => n.count(seen.often[row.effect]), isNumber: true },
          { id: 'week', head: t.week, cell: (row) => n.count(seen.within7Days[row.effect]), isNumber: true },
          {
            id: 'list',
            head: t.list,
            cell: (row) =>
              row.effect === 'same' || seen.effects[row.effect] === 0 ? null : (
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={isBusy}
                  aria-label={`${t.list}: ${t[row.effect]}`}
                  onClick={() =>
                    void save(
                      `${PATH}/affected/export?phase=totp-only&effect=${row.effect}${of}`,
                      `hufu-${row.effect}.csv`,
                    )
                  }
                >
                  CSV
                </Button>
              ),
          },
        ]}
      />
      {error === null ? null : <Failed error={error} isPage={false} />}
      {seen.oldClients.length === 0 ? null : (
        <Text size="sm">
          {t.oldClients}:{' '}
          {seen.oldClients
            .slice(0, 6)
            .map((one) => `${one.client} ${one.version} (${n.count(one.accounts)})`)
            .join(' · ')}
        </Text>
      )}
      <Hotline seen={seen} />
      {can('rollout:switch') ? (
        <Group>
          <Button
            component="a"
            href={hrefOf(`rollout/cutovers/new${cohort === '' ? '' : `?cohort=${encodeURIComponent(cohort)}`}`)}
          >
            {t.prepare}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

function Hotline({ seen }: { readonly seen: PreviewView }) {
  const t = useWords(SIMULATOR);
  const common = useWords(ROLLOUT);
  const n = useNumbers();
  const dates = useDates();
  const { hotline } = seen;
  const times = useMemo(() => hotline.hours.map((one) => Date.parse(one.at) / 1000), [hotline]);
  const lines = useMemo(
    () => [{ label: t.calls, values: hotline.hours.map((one) => one.calls), colour: 'main' as const, isBars: true }],
    [hotline, t],
  );
  const format = useCallback((value: number) => n.count(value), [n]);
  const time = useCallback((seconds: number) => {
    const at = new Date(seconds * 1000);
    const two = (part: number): string => String(part).padStart(2, '0');
    return `${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}h`;
  }, []);
  const { forced, tooOld, shutOut } = hotline.assumed;
  const peak = n.count(Math.round(Math.max(...hotline.perDay)));
  const days = hotline.perDay.map((calls, day) => {
    const hours = hotline.hours.slice(day * 24, day * 24 + 24);
    const busiest = hours.reduce(
      (most, one) => (one.calls > most.calls ? one : most),
      hours[0] ?? { at: '', calls: 0 },
    );
    return { at: hours[0]?.at ?? '', calls, busiest };
  });
  return (
    <Stack gap="xs">
      <Text fw={600}>{t.hotline}</Text>
      <Text size="sm">
        {hotline.capacity === null ? t.perDayAlone(peak) : t.perDay(peak, n.count(hotline.capacity))}
      </Text>
      <Chart label={common.chartOf(t.hotline)} times={times} lines={lines} format={format} time={time} />
      <Text size="sm" c="dimmed">
        {t.method(
          n.share(forced),
          n.share(tooOld),
          n.share(shutOut),
          hotline.error === null ? '—' : n.share(hotline.error),
        )}
      </Text>
      <details>
        <summary>{common.asTable}</summary>
        <Table
          label={t.hotline}
          rows={days}
          idOf={(row) => row.at}
          columns={[
            { id: 'day', head: common.day, cell: (row) => dates.day(row.at) },
            { id: 'calls', head: t.calls, cell: (row) => n.count(Math.round(row.calls)), isNumber: true },
            { id: 'busiest', head: t.busiest, cell: (row) => dates.at(row.busiest.at) },
            { id: 'most', head: t.inThatHour, cell: (row) => n.count(row.busiest.calls), isNumber: true },
          ]}
        />
      </details>
    </Stack>
  );
}
