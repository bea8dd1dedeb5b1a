// The wizard: what speaks for and against, what no check can tell, how it is watched, and then the first stage.
import { Alert, Button, Checkbox, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PageGiven } from '../given.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useNumbers } from '../parts/numbers.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet, useSend } from '../server/calls.tsx';
import { go } from '../server/route.ts';
import { useUnsaved } from '../server/unsaved.ts';
import { Checks, useChecks } from './checks.tsx';
import { Part } from './part.tsx';
import { PickCohort } from './pick-cohort.tsx';
import { type ChecksView, type CockpitView, type CutoverView, PATH } from './types.ts';
import { CUTOVER } from './words-cutover.ts';

const PROMISES = ['hotline-staffed', 'roll-back-person', 'customers-told'] as const;

export function StartCutover({ query }: PageGiven) {
  const t = useWords(CUTOVER);
  const cockpit = useGet<CockpitView>(PATH);
  const [cohort, setCohort] = useState(query.get('cohort') ?? '');
  const checks = useChecks(cohort);
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
  const start = useSend<CutoverView>('POST', `${PATH}/cutovers`, {
    changes: [PATH, '/v1/console/policy', '/v1/console/inbox'],
  });
  const { saved } = useUnsaved((promises.length > 0 || reason !== '') && !start.isSuccess);
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
      {
        onSuccess({ id }) {
          saved();
          go(`rollout/cutovers/${id}`);
        },
      },
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
