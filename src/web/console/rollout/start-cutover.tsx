// The wizard: what speaks for and against, what no check can tell, how it is watched, and then the first stage.
import { Alert, Badge, Button, Checkbox, Group, List, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PageGiven } from '../given.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useNumbers } from '../parts/numbers.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi, useGet, useSend } from '../server/calls.tsx';
import { useMe } from '../server/me.tsx';
import { go } from '../server/route.ts';
import { Part } from './part.tsx';
import { PickCohort } from './pick-cohort.tsx';
import { type ChecksView, type CockpitView, type CutoverView, PATH } from './types.ts';
import { CUTOVER } from './words-cutover.ts';

const PROMISES = ['hotline-staffed', 'roll-back-person', 'customers-told'] as const;
const COLOUR = { ok: 'jade', warn: '#9c3a00', stop: '#c92a2a' } as const;

export function StartCutover({ query }: PageGiven) {
  const t = useWords(CUTOVER);
  const api = useApi();
  const { tenant } = useMe();
  const cockpit = useGet<CockpitView>(PATH);
  const [cohort, setCohort] = useState(query.get('cohort') ?? '');
  const body = cohort === '' ? {} : { cohort };
  const checks = useQuery<ChecksView>({
    queryKey: [tenant, `${PATH}/cutover-checks`, cohort],
    queryFn: () => api.send<ChecksView>('POST', `${PATH}/cutover-checks`, body),
  });
  return (
    <Page title={t.new} hint={t.hint}>
      <PickCohort
        cohorts={(cockpit.data?.cohorts ?? []).map((one) => one.cohort)}
        value={cohort}
        onChange={setCohort}
        label={t.cohort}
      />
      <Shown of={checks}>
        {(seen) => (
          <Stack gap="lg">
            <Checks seen={seen} onAgain={() => void checks.refetch()} isBusy={checks.isFetching} />
            <Begin key={cohort} cohort={cohort} seen={seen} />
          </Stack>
        )}
      </Shown>
    </Page>
  );
}

function Checks({
  seen,
  onAgain,
  isBusy,
}: {
  readonly seen: ChecksView;
  readonly onAgain: () => void;
  readonly isBusy: boolean;
}) {
  const t = useWords(CUTOVER);
  const n = useNumbers();
  const of = (check: ChecksView['checks'][number]): string =>
    check.of >= 0 ? n.count(check.of) : check.id === 'limit' ? t.unlimited : t.unknown;
  return (
    <>
      <Part
        title={t.checks}
        aside={
          <Button variant="default" size="xs" onClick={onAgain} loading={isBusy}>
            {t.refresh}
          </Button>
        }
      >
        <List listStyleType="none" spacing="xs">
          {seen.checks.map((check) => (
            <List.Item key={check.id}>
              <Group gap="sm" wrap="nowrap" align="flex-start">
                <Badge
                  tt="none"
                  variant={check.level === 'ok' ? 'light' : 'filled'}
                  color={COLOUR[check.level]}
                  miw={72}
                >
                  {t[check.level]}
                </Badge>
                <Text size="sm">{t[check.id](n.count(check.count), of(check))}</Text>
              </Group>
            </List.Item>
          ))}
        </List>
      </Part>
      <Part title={t.stages}>
        <Table
          label={t.stages}
          rows={seen.stages}
          idOf={(row) => String(row.percent)}
          columns={[
            { id: 'percent', head: t.percent, cell: (row) => n.share(row.percent / 100) },
            { id: 'accounts', head: t.count, cell: (row) => n.count(row.accounts), isNumber: true },
            { id: 'forced', head: t.forced, cell: (row) => n.count(row.forced), isNumber: true },
            { id: 'old', head: t.old, cell: (row) => n.count(row['too-old']), isNumber: true },
            { id: 'out', head: t.out, cell: (row) => n.count(row['shut-out']), isNumber: true },
          ]}
        />
      </Part>
    </>
  );
}

function Begin({ cohort, seen }: { readonly cohort: string; readonly seen: ChecksView }) {
  const t = useWords(CUTOVER);
  const n = useNumbers();
  const [promises, setPromises] = useState<readonly string[]>([]);
  const [threshold, setThreshold] = useState<number | string>(5);
  const [minutes, setMinutes] = useState<number | string>(60);
  const [goesOn, setGoesOn] = useState(false);
  const [override, setOverride] = useState(false);
  const [reason, setReason] = useState('');
  const [isAsking, setAsking] = useState(false);
  const start = useSend<CutoverView>('POST', `${PATH}/cutovers`, { changes: [PATH, '/v1/console/policy'] });
  const stops = seen.checks.filter((one) => one.level === 'stop');
  const isBeyond = stops.some((one) => one.id === 'limit');
  const isBlocked = stops.some((one) => one.id !== 'limit') || (isBeyond && !override);
  const isReady = promises.length === PROMISES.length && reason.trim() !== '' && !isBlocked;
  const begin = (): void =>
    start.mutate(
      {
        ...(cohort === '' ? {} : { cohort }),
        ...(typeof threshold === 'number' ? { threshold: threshold / 100 } : {}),
        ...(typeof minutes === 'number' ? { stageMinutes: minutes } : {}),
        goesOn,
        override: isBeyond && override,
        reason: reason.trim(),
        promises,
      },
      { onSuccess: ({ id }) => go(`rollout/cutovers/${id}`) },
    );
  return (
    <Part title={t.promises}>
      <Stack gap="sm">
        {PROMISES.map((one) => (
          <Checkbox
            key={one}
            label={t[one]}
            checked={promises.includes(one)}
            onChange={({ currentTarget: { checked } }) =>
              setPromises((held) => (checked ? [...held, one] : held.filter((other) => other !== one)))
            }
          />
        ))}
        <Group align="flex-end">
          <NumberInput label={t.threshold} min={0.1} max={100} value={threshold} onChange={setThreshold} />
          <NumberInput
            label={t.minutes}
            min={1}
            max={43_200}
            value={minutes}
            onChange={setMinutes}
            allowDecimal={false}
          />
        </Group>
        <Checkbox label={t.goesOn} checked={goesOn} onChange={(event) => setGoesOn(event.currentTarget.checked)} />
        {isBeyond ? (
          <Alert color="red" variant="light">
            <Checkbox
              label={t.override}
              checked={override}
              onChange={(event) => setOverride(event.currentTarget.checked)}
            />
          </Alert>
        ) : null}
        <TextInput
          label={t.reason}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group>
          <Button disabled={!isReady} onClick={() => setAsking(true)}>
            {t.start}
          </Button>
        </Group>
      </Stack>
      <Confirm
        opened={isAsking}
        title={t.start}
        yes={t.start}
        isDangerous
        isBusy={start.isPending}
        error={start.error}
        onYes={begin}
        onClose={() => setAsking(false)}
      >
        <Text>
          {cohort === '' ? t.everybody : cohort}: {t.sure(n.share((seen.stages[0]?.percent ?? 1) / 100))}
        </Text>
      </Confirm>
    </Part>
  );
}
