// One cut-over while it is watched: its stage, who tried and did not get in, and what can be done about it.
import { Alert, Button, Group, Progress, SimpleGrid, Stack, Stepper, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PageGiven } from '../given.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useDates } from '../parts/dates.ts';
import { useDownload } from '../parts/download.ts';
import { useHeld } from '../parts/held.ts';
import { useNumbers } from '../parts/numbers.ts';
import { Page } from '../parts/page.tsx';
import { Failed, Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet, useSend } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { Checks, useChecks } from './checks.tsx';
import { State } from './cutovers.tsx';
import { Part } from './part.tsx';
import { type CutoverView, type FailingView, PATH } from './types.ts';
import { CUTOVER } from './words-cutover.ts';

type Step = 'approve' | 'withdraw' | 'advance' | 'pause' | 'resume' | 'roll-back';
const WHY = { failures: 'whyFailures', limit: 'whyLimit', operator: 'whyOperator' } as const;
/** Refusals that have words of their own; others are told by their code. */
const REASONS = ['client-too-old', 'bind-elsewhere', 'no-method', 'frozen'] as const;
const EVERY_MS = 5000;

export function Cutover({ params }: PageGiven) {
  const t = useWords(CUTOVER);
  const path = `${PATH}/cutovers/${params['id'] ?? ''}`;
  const cutover = useGet<CutoverView>(path, { everyMs: EVERY_MS });
  const seen = cutover.data;
  return (
    <Page
      title={seen === undefined ? t.title : `${t.title}: ${seen.cohort ?? t.everybody}`}
      hint={seen === undefined ? undefined : seen.reason}
      actions={seen === undefined ? undefined : <State status={seen.status} />}
    >
      <Shown of={cutover}>
        {(view) => (
          <Stack gap="lg">
            {view.status === 'paused' && view.pausedWhy !== null ? (
              <Alert color="orange" variant="light" role="alert">
                {t[WHY[view.pausedWhy]]}
              </Alert>
            ) : null}
            {view.status === 'asked' ? <Asked view={view} /> : null}
            <Stages view={view} />
            {view.status === 'asked' ? null : <Live view={view} />}
            <Acts view={view} path={path} />
            {view.status === 'asked' ? <Evidence cohort={view.cohort ?? ''} /> : <NotIn view={view} path={path} />}
          </Stack>
        )}
      </Shown>
    </Page>
  );
}

/** What a second operator is asked, by whom and until when. */
function Asked({ view }: { readonly view: CutoverView }) {
  const t = useWords(CUTOVER);
  const n = useNumbers();
  const dates = useDates();
  const isOver = view.askedUntil !== null && Date.parse(view.askedUntil) <= Date.now();
  return (
    <Alert variant="light" color={isOver ? 'gray' : 'orange'} title={isOver ? t.askedOver : t.asked}>
      <Stack gap={4}>
        <Text size="sm">{t.askedBy(view.actor.replace(/^operator:/, ''), dates.at(view.startedAt))}</Text>
        <Text size="sm">{t.pausesAbove(n.share(view.threshold), n.count(view.least))}</Text>
        {view.goesOn ? <Text size="sm">{t.goesOn}</Text> : null}
        {view.overridden ? (
          <Text size="sm" fw={600}>
            {t.override}
          </Text>
        ) : null}
        {view.askedUntil === null ? null : <Text size="sm">{t.askedUntil(dates.at(view.askedUntil))}</Text>}
        {view.isMine ? <Text size="sm">{t.mine}</Text> : null}
      </Stack>
    </Alert>
  );
}

/** The checks as they are now, which may be other than when it was asked for. */
function Evidence({ cohort }: { readonly cohort: string }) {
  const checks = useChecks(cohort);
  return (
    <Shown of={checks}>
      {(seen) => <Checks seen={seen} onAgain={() => void checks.refetch()} isBusy={checks.isFetching} />}
    </Shown>
  );
}

function Stages({ view }: { readonly view: CutoverView }) {
  const t = useWords(CUTOVER);
  const n = useNumbers();
  const at = view.status === 'done' ? view.stages.length : view.stage;
  return (
    <Part title={t.stages}>
      <Stepper active={at} size="sm" allowNextStepsSelect={false}>
        {view.stages.map((percent) => (
          <Stepper.Step key={percent} label={n.share(percent / 100)} allowStepSelect={false} />
        ))}
      </Stepper>
    </Part>
  );
}

function Live({ view }: { readonly view: CutoverView }) {
  const t = useWords(CUTOVER);
  const n = useNumbers();
  const figures = [
    [t.tried, n.count(view.tried)],
    [t.gotIn, n.count(view.gotIn)],
    [t.failing, n.count(view.failing)],
    [t.share, n.share(view.failureShare)],
  ] as const;
  return (
    <Part title={t.live}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 2, sm: 4 }} component="dl" m={0}>
          {figures.map(([name, value]) => (
            <div key={name}>
              <Text component="dt" size="sm" c="dimmed">
                {name}
              </Text>
              <Text component="dd" m={0} fz="xl" fw={600} className="digits">
                {value}
              </Text>
            </div>
          ))}
        </SimpleGrid>
        <Progress
          value={Math.min(100, (view.failureShare / view.threshold) * 100)}
          color={view.failureShare > view.threshold ? 'red' : 'jade'}
          aria-label={t.share}
        />
        <Text size="sm" c="dimmed">
          {t.pausesAbove(n.share(view.threshold), n.count(view.least))}
        </Text>
      </Stack>
    </Part>
  );
}

function Acts({ view, path }: { readonly view: CutoverView; readonly path: string }) {
  const t = useWords(CUTOVER);
  const n = useNumbers();
  const dates = useDates();
  const can = useCan();
  const held = useHeld<Step, CutoverView>(view);
  const [reason, setReason] = useState('');
  const send = useSend<CutoverView>('POST', `${path}/steps`, {
    changes: [PATH, '/v1/console/policy', '/v1/console/inbox'],
  });
  if (!can('rollout:switch')) return null;
  const { step, seen } = held.asked ?? { step: null, seen: view };
  const next = seen.stages[seen.stage + 1];
  const close = (): void => {
    held.close();
    setReason('');
    send.reset();
  };
  const says: Readonly<Record<Step, string>> = {
    approve: t.approveSays,
    withdraw: t.withdrawSays,
    advance: next === undefined ? t.finishSays : t.advanceSays(n.share(next / 100)),
    pause: t.pauseSays,
    resume: t.resumeSays,
    'roll-back': t['roll-backSays'],
  };
  const name = (one: Step, of = view): string =>
    one !== 'advance' ? t[one] : of.stages[of.stage + 1] === undefined ? t.finish : t.advance;
  const steps: readonly Step[] = [
    // Nobody approves their own; the server says the same.
    ...(view.status === 'asked' ? (view.isMine ? (['withdraw'] as const) : (['approve', 'withdraw'] as const)) : []),
    ...(view.status === 'running' ? (['advance', 'pause'] as const) : []),
    ...(view.status === 'paused' ? (['resume'] as const) : []),
    ...(view.canRollBack ? (['roll-back'] as const) : []),
  ];
  if (steps.length === 0 && step === null) return null;
  return (
    <Stack gap="xs">
      <Group>
        {steps.map((one) => (
          <Button
            key={one}
            variant={one === 'approve' || one === 'advance' || one === 'resume' ? 'filled' : 'default'}
            {...(one === 'roll-back' ? { color: '#c92a2a', variant: 'filled' } : {})}
            onClick={() => held.ask(one)}
          >
            {name(one)}
          </Button>
        ))}
      </Group>
      {view.rollBackUntil === null ? null : (
        <Text size="sm" c="dimmed">
          {t.until(dates.at(view.rollBackUntil))}
        </Text>
      )}
      <Confirm
        opened={step !== null}
        title={step === null ? '' : name(step, seen)}
        yes={step === null ? '' : name(step, seen)}
        isDangerous={step === 'roll-back' || step === 'advance' || step === 'approve'}
        isMoved={held.isMoved}
        isBusy={send.isPending}
        error={send.error}
        onYes={() => {
          if (step !== null && reason.trim() !== '')
            send.mutate({ step, reason: reason.trim(), revision: seen.revision }, { onSuccess: close });
        }}
        onClose={close}
      >
        <Text>{step === null ? '' : says[step]}</Text>
        <TextInput
          label={t.reason}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Confirm>
    </Stack>
  );
}

function NotIn({ view, path }: { readonly view: CutoverView; readonly path: string }) {
  const t = useWords(CUTOVER);
  const dates = useDates();
  const list = useGet<FailingView>(`${path}/failing?limit=50`, { everyMs: EVERY_MS });
  const { isBusy, error, save } = useDownload();
  return (
    <Part
      title={t.list}
      aside={
        view.failing === 0 ? undefined : (
          <Button
            variant="default"
            size="xs"
            loading={isBusy}
            onClick={() => void save(`${path}/failing/export`, 'hufu-not-in.csv')}
          >
            {t.export}
          </Button>
        )
      }
    >
      {error === null ? null : <Failed error={error} isPage={false} />}
      <Shown of={list}>
        {({ items }) => (
          <Table
            label={t.list}
            rows={items}
            idOf={(row) => row.account}
            empty={t.nobody}
            columns={[
              { id: 'account', head: t.account, cell: (row) => row.account, sort: (row) => row.account },
              { id: 'name', head: t.name, cell: (row) => row.name ?? '' },
              { id: 'since', head: t.since, cell: (row) => dates.at(row.triedAt), sort: (row) => row.triedAt },
              {
                id: 'why',
                head: t.why,
                cell: (row) =>
                  row.why === null
                    ? t.unfinished
                    : REASONS.find((one) => one === row.why) === undefined
                      ? row.why
                      : t[row.why as (typeof REASONS)[number]],
              },
            ]}
          />
        )}
      </Shown>
    </Part>
  );
}
