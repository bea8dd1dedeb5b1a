// Verifying who is on the telephone, before anything is done: on a phone of theirs, by a code, by calling back, in person. What is chosen goes with the action.
import { Alert, Button, Checkbox, Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Failed } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet, useSend } from '../server/calls.tsx';
import { Part, useMethodName } from './shown.tsx';
import type { CallerCheckStarted, CallerCheckState, Checked, DeskOptions, How } from './types.ts';
import { DESK, HOW } from './words.ts';

interface CallerCheckProps {
  readonly options: DeskOptions;
  readonly onChecked: (checked: Checked | null) => void;
}

export function CallerCheck({ options, onChecked }: CallerCheckProps) {
  const t = useWords(DESK);
  const say = useWords(HOW);
  const [how, setHow] = useState<How | 'none'>('none');
  const [isSure, setSure] = useState(false);
  if (options.callerCheck === 'off') return null;
  const ways: readonly (How | 'none')[] = [
    ...(options.mayPush ? (['push'] as const) : []),
    'code',
    ...(options.phone === undefined ? [] : (['call-back'] as const)),
    'in-person',
    ...(options.callerCheck === 'required' ? [] : (['none'] as const)),
  ];
  const choose = (chosen: string): void => {
    setHow(chosen as How | 'none');
    setSure(false);
    onChecked(null);
  };
  return (
    <Part title={t.caller}>
      <Radio.Group value={how} onChange={choose} aria-label={t.caller}>
        <Stack gap={6}>
          {ways.map((way) => (
            <Radio key={way} value={way} label={say[way]} />
          ))}
        </Stack>
      </Radio.Group>
      {how === 'push' || how === 'code' ? (
        <Asked key={how} how={how} account={options.account} onChecked={onChecked} />
      ) : null}
      {how === 'call-back' || how === 'in-person' ? (
        <Stack gap={6}>
          {how === 'call-back' ? <Text size="sm">{t.numberOnFile(options.phone ?? '')}</Text> : null}
          <Checkbox
            label={how === 'call-back' ? t.calledBack : t.seen}
            checked={isSure}
            onChange={({ currentTarget: { checked } }) => {
              setSure(checked);
              onChecked(checked ? { how } : null);
            }}
          />
        </Stack>
      ) : null}
    </Part>
  );
}

/** The customer is asked, and their answer is waited for. */
function Asked({
  how,
  account,
  onChecked,
}: {
  readonly how: 'push' | 'code';
  readonly account: string;
  readonly onChecked: (checked: Checked | null) => void;
}) {
  const t = useWords(DESK);
  const nameOf = useMethodName();
  const [output, setOutput] = useState('');
  const [authenticator, setAuthenticator] = useState<string>();
  const start = useSend<CallerCheckStarted, { how: 'push' | 'code'; authenticator?: string }>(
    'POST',
    `/v1/console/accounts/${encodeURIComponent(account)}/caller-checks`,
    { changes: [] },
  );
  const check = start.data;
  const path = check === undefined ? null : `/v1/console/caller-checks/${check.challenge}`;
  const answer = useSend<CallerCheckState, { output: string }>('POST', `${path ?? ''}/verify`, {
    changes: [path ?? '-'],
  });
  const isDone = answer.data?.status === 'verified';
  const state = useGet<CallerCheckState>(how === 'push' && !isDone ? path : null, { everyMs: 1500 });
  const status = isDone ? 'verified' : how === 'push' ? state.data?.status : undefined;
  const isVerified = status === 'verified';
  const challenge = check?.challenge;
  useEffect(() => {
    if (isVerified && challenge !== undefined) onChecked({ how, challenge });
  }, [isVerified, challenge, how, onChecked]);
  const ask = (by?: string): void => {
    onChecked(null);
    setOutput('');
    answer.reset();
    start.mutate(by === undefined ? { how } : { how, authenticator: by });
  };
  if (isVerified)
    return (
      <Alert color="green" variant="light" role="status" title={t.verified}>
        {null}
      </Alert>
    );
  return (
    <Stack gap="xs">
      {check === undefined ? null : (
        <div role="status">
          {check.number === undefined ? null : (
            <Text fw={700} size="lg">
              {t.tellNumber(check.number)}
            </Text>
          )}
          {check.sentTo.length === 0 ? null : <Text size="sm">{t.askedOn(check.sentTo.join(', '))}</Text>}
          {status === 'denied' ? <Text c="red">{t.denied}</Text> : null}
          {status === 'expired' ? <Text c="red">{t.expired}</Text> : null}
          {how === 'push' && (status === undefined || status === 'waiting') ? (
            <Text size="sm">{t.waitingFor}</Text>
          ) : null}
        </div>
      )}
      {how === 'code' && check !== undefined ? (
        <>
          {check.offered.length < 2 ? null : (
            <NativeSelect
              label={t.method}
              value={authenticator ?? check.offered[0]?.id ?? ''}
              data={check.offered.map((one) => ({ value: one.id, label: `${nameOf(one.type)} ${one.hint}`.trim() }))}
              onChange={({ currentTarget: { value } }) => {
                setAuthenticator(value);
                ask(value);
              }}
            />
          )}
          <Text size="sm">{t.readCode}</Text>
          <Group align="end" gap="xs">
            <TextInput
              label={t.code}
              value={output}
              inputMode="numeric"
              autoComplete="off"
              maxLength={16}
              onChange={({ currentTarget: { value } }) => setOutput(value)}
            />
            <Button
              variant="default"
              disabled={output.trim() === ''}
              loading={answer.isPending}
              onClick={() => answer.mutate({ output: output.trim() })}
            >
              {t.check}
            </Button>
          </Group>
        </>
      ) : (
        <Button variant="default" loading={start.isPending} onClick={() => ask()} style={{ alignSelf: 'flex-start' }}>
          {t.ask}
        </Button>
      )}
      {start.error === null ? null : <Failed error={start.error} isPage={false} />}
      {answer.error === null ? null : <Failed error={answer.error} isPage={false} />}
    </Stack>
  );
}
