// Reminders to the unbound of a cohort, so many at most.
import { Alert, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Failed } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useSend } from '../server/calls.tsx';
import { Part } from './part.tsx';
import { PickCohort } from './pick-cohort.tsx';
import { PATH, type RemindedView } from './types.ts';
import { ROLLOUT } from './words.ts';

/** As many as one press sends: what is left is sent by the next. */
const CAP = 2000;

export function Remind({ cohorts }: { readonly cohorts: readonly (string | null)[] }) {
  const t = useWords(ROLLOUT);
  const [cohort, setCohort] = useState('');
  const [most, setMost] = useState<number | string>(200);
  const [reason, setReason] = useState('');
  const remind = useSend<RemindedView>('POST', `${PATH}/reminders`, { changes: [PATH] });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (typeof most !== 'number' || reason.trim() === '') return;
    remind.mutate({ most, reason: reason.trim(), ...(cohort === '' ? {} : { cohort }) });
  };
  return (
    <Part title={t.remind}>
      <form onSubmit={send}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t.remindHelp}
          </Text>
          <Group align="flex-end">
            <PickCohort cohorts={cohorts} value={cohort} onChange={setCohort} />
            <NumberInput
              label={t.most}
              min={1}
              max={CAP}
              value={most}
              onChange={setMost}
              allowDecimal={false}
              required
              w={120}
            />
            <TextInput
              label={t.reason}
              required
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Button type="submit" loading={remind.isPending}>
              {t.send}
            </Button>
          </Group>
          {remind.data === undefined ? null : (
            <Alert color="jade" variant="light" role="status">
              {t.reminded(remind.data.reminded, remind.data.skipped, remind.data.more)}
            </Alert>
          )}
          {remind.error === null ? null : <Failed error={remind.error} isPage={false} />}
        </Stack>
      </form>
    </Part>
  );
}
