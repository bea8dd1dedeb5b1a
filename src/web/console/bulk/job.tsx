// One piece of bulk work: how far it is, what may be done with it now, and what came of each row.
import { Button, Group, NativeSelect, Progress, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { PageGiven } from '../given.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useDates } from '../parts/dates.ts';
import { useDownload } from '../parts/download.ts';
import { Page } from '../parts/page.tsx';
import { Failed, Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi, useGet, useSend } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { hrefOf } from '../server/route.ts';
import { type BulkJob, type BulkRows, handled } from './types.ts';
import { BULK } from './words.ts';

type Step = 'start' | 'approve' | 'pause' | 'resume' | 'stop';
/** What may be done in each state. */
const STEPS: Readonly<Record<BulkJob['status'], readonly Step[]>> = {
  draft: ['start', 'stop'],
  asked: ['approve', 'stop'],
  running: ['pause', 'stop'],
  paused: ['resume', 'stop'],
  done: [],
  stopped: [],
};
const ROW_STATES = ['waiting', 'done', 'refused', 'failed'] as const;

export function BulkJobPage({ params }: PageGiven) {
  const t = useWords(BULK);
  const path = `/v1/console/bulk/${encodeURIComponent(params['job'] ?? '')}`;
  const job = useGet<BulkJob>(path, { everyMs: 2000 });
  return (
    <Page
      title={job.data?.name ?? t.title}
      hint={job.data === undefined ? undefined : `${t[job.data.kind]} · ${job.data.reason} · ${job.data.operator}`}
      actions={
        <Button component="a" href={hrefOf('bulk')} variant="default" size="sm">
          {t.back}
        </Button>
      }
    >
      <Shown of={job}>{(found) => <Job job={found} path={path} />}</Shown>
    </Page>
  );
}

function Job({ job, path }: { readonly job: BulkJob; readonly path: string }) {
  const t = useWords(BULK);
  const dates = useDates();
  const can = useCan();
  const file = useDownload();
  const [asked, setAsked] = useState<Step | null>(null);
  const steer = useSend<BulkJob, Step>('POST', (step) => `${path}/${step}`, {
    changes: ['/v1/console/bulk', '/v1/console/inbox'],
  });
  const { done, all } = handled(job);
  const may = (step: Step): boolean => {
    if (step === 'approve') return can('cases:approve') && !job.isMine;
    return can('bulk:run') && (step !== 'start' || job.isMine);
  };
  return (
    <Stack gap="lg">
      <div>
        <Group justify="space-between">
          <Text fw={600} role="status">
            {t[job.status]}
            {job.approvedBy === undefined ? '' : ` · ${t.approvedBy(job.approvedBy)}`}
          </Text>
          <Text size="sm" className="digits">
            {t.doneOf(done, all)}
          </Text>
        </Group>
        <Progress value={all === 0 ? 0 : (100 * done) / all} aria-label={t.progress} my="xs" />
        <Text size="sm" c="dimmed">
          {ROW_STATES.map((status) => `${t[status]} ${job.rows[status]}`).join(' · ')} · {dates.at(job.createdAt)}
        </Text>
        {job.expiresAt === undefined ? null : <Text size="sm">{t.askedUntil(dates.at(job.expiresAt))}</Text>}
        {job.status === 'asked' && job.isMine ? <Text size="sm">{t.mine}</Text> : null}
      </div>
      {steer.error === null ? null : <Failed error={steer.error} isPage={false} />}
      {file.error === null ? null : <Failed error={file.error} isPage={false} />}
      <Group>
        {STEPS[job.status].filter(may).map((step) => (
          <Button
            key={step}
            variant={step === 'stop' || step === 'pause' ? 'default' : 'filled'}
            loading={steer.isPending && steer.variables === step}
            onClick={() => (step === 'start' || step === 'stop' ? setAsked(step) : steer.mutate(step))}
          >
            {t[step]}
          </Button>
        ))}
        <Button
          variant="default"
          loading={file.isBusy}
          onClick={() => void file.save(`${path}/report`, `${job.id}.csv`)}
        >
          {t.report}
        </Button>
      </Group>
      <Rows path={path} key={`${job.status} ${done}`} />
      {asked === null ? null : (
        <Confirm
          opened
          title={t[asked]}
          yes={t[asked]}
          isDangerous={asked === 'stop' || job.kind === 'unbind'}
          onClose={() => setAsked(null)}
          onYes={() => {
            setAsked(null);
            steer.mutate(asked);
          }}
        >
          <Text size="sm">{asked === 'stop' ? t.stopSure : t.startSure(job.rows.waiting)}</Text>
        </Confirm>
      )}
    </Stack>
  );
}

function Rows({ path }: { readonly path: string }) {
  const t = useWords(BULK);
  const api = useApi();
  const [status, setStatus] = useState('');
  const from = `${path}/rows?limit=100${status === '' ? '' : `&status=${status}`}`;
  const first = useGet<BulkRows>(from);
  const [more, setMore] = useState<BulkRows | null>(null);
  return (
    <section>
      <Group justify="space-between" align="end" mb="xs">
        <Title order={2}>{t.rows}</Title>
        <NativeSelect
          aria-label={t.status}
          size="xs"
          value={status}
          data={[{ value: '', label: t.all }, ...ROW_STATES.map((value) => ({ value, label: t[value] }))]}
          onChange={(event) => {
            setStatus(event.currentTarget.value);
            setMore(null);
          }}
        />
      </Group>
      <Shown of={first}>
        {(page) => {
          const next = more === null ? page.next : more.next;
          return (
            <Table
              label={t.rows}
              rows={[...page.items, ...(more?.items ?? [])]}
              idOf={(row) => String(row.line)}
              columns={[
                { id: 'line', head: t.line, cell: (row) => row.line, isNumber: true },
                { id: 'account', head: t.account, cell: (row) => row.account },
                { id: 'status', head: t.status, cell: (row) => t[row.status] },
                {
                  id: 'why',
                  head: t.why,
                  cell: (row) => [row.told ?? row.code, row.detail].filter(Boolean).join(' · '),
                },
              ]}
              onMore={
                next === null
                  ? undefined
                  : () =>
                      void api
                        .get<BulkRows>(`${from}&after=${next}`)
                        .then((found) => setMore({ items: [...(more?.items ?? []), ...found.items], next: found.next }))
              }
            />
          );
        }}
      </Shown>
    </section>
  );
}
