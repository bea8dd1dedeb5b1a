// One piece of bulk work: how far it is, what may be done with it now, and what came of each row.
import { Badge, Button, Group, List, NativeSelect, Progress, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Flags } from '../desk/shown.tsx';
import { FLAGS } from '../desk/words.ts';
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
import { CHANGE_MARKS, MARKS, RowChanges, useChanges } from './changes.tsx';
import { type BulkJob, type BulkRows, handled, isBegun } from './types.ts';
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
      hint={
        job.data === undefined
          ? undefined
          : [
              t[job.data.kind],
              [job.data.reason, job.data.reasonText].filter(Boolean).join(' '),
              job.data.operator,
            ].join(' · ')
      }
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
    if (step === 'start') return can('bulk:run') && job.isMine && job.rows.waiting > 0;
    return can('bulk:run');
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
            {isBegun(job) ? t.doneOf(done, all) : t.toDo(job.rows.waiting, job.rows.refused)}
          </Text>
        </Group>
        {isBegun(job) ? <Progress value={all === 0 ? 0 : (100 * done) / all} aria-label={t.progress} my="xs" /> : null}
        <Text size="sm" c="dimmed">
          {ROW_STATES.map((status) => `${t[status]} ${job.rows[status]}`).join(' · ')} · {dates.at(job.createdAt)}
        </Text>
        {job.status === 'draft' && job.rows.waiting === 0 ? <Text size="sm">{t.nothingToDo}</Text> : null}
        {job.expiresAt === undefined ? null : <Text size="sm">{t.askedUntil(dates.at(job.expiresAt))}</Text>}
        {job.status === 'asked' && job.isMine ? <Text size="sm">{t.mine}</Text> : null}
      </div>
      <What job={job} />
      {steer.error === null ? null : <Failed error={steer.error} isPage={false} />}
      {file.error === null ? null : <Failed error={file.error} isPage={false} />}
      <Group>
        {STEPS[job.status].filter(may).map((step) => (
          <Button
            key={step}
            variant={step === 'stop' || step === 'pause' ? 'default' : 'filled'}
            loading={steer.isPending && steer.variables === step}
            onClick={() => (isAskedFirst(step) ? setAsked(step) : steer.mutate(step))}
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
      <Rows path={path} job={job} />
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
          {asked === 'stop' ? null : <What job={job} />}
        </Confirm>
      )}
    </Stack>
  );
}

const isAskedFirst = (step: Step): boolean => step === 'start' || step === 'approve' || step === 'stop';

/** How many rows make or change what, and what speaks for a second look: before it begins, and afterwards. */
function What({ job }: { readonly job: BulkJob }) {
  const t = useWords(BULK);
  const flags = useWords(FLAGS);
  const said = useChanges()(job.changes);
  if (said.length === 0 && job.riskFlags.length === 0) return null;
  return (
    <Stack gap="xs">
      {said.length === 0 ? null : (
        <List size="sm" aria-label={t.changes}>
          {said.map((one) => (
            <List.Item key={one}>{one}</List.Item>
          ))}
        </List>
      )}
      {job.riskFlags.length === 0 ? null : (
        <Group gap={6} role="group" aria-label={t.flags}>
          {job.riskFlags.map(({ flag, rows }) => (
            <Badge key={flag} variant="default" tt="none" radius="sm" leftSection={<span aria-hidden>⚠</span>}>
              {`${flags[flag]} · ${t.found(rows)}`}
            </Badge>
          ))}
        </Group>
      )}
    </Stack>
  );
}

function Rows({ path, job }: { readonly path: string; readonly job: BulkJob }) {
  const t = useWords(BULK);
  const marks = useWords(MARKS);
  const flags = useWords(FLAGS);
  // `status …` or `mark …`: one list to choose from.
  const [shown, setShown] = useState('');
  const { changes } = job;
  const choices = [
    { value: '', label: t.all },
    ...ROW_STATES.map((value) => ({ value: `status=${value}`, label: t[value] })),
    ...CHANGE_MARKS.filter((mark) => (changes?.[mark] ?? 0) > 0).map((mark) => ({
      value: `mark=${mark}`,
      label: marks[mark],
    })),
    ...job.riskFlags.map(({ flag }) => ({ value: `mark=${flag}`, label: `⚠ ${flags[flag]}` })),
  ];
  const { done } = handled(job);
  return (
    <section>
      <Group justify="space-between" align="end" mb="xs">
        <Title order={2}>{t.rows}</Title>
        <NativeSelect
          aria-label={t.shown}
          size="xs"
          value={shown}
          data={choices}
          onChange={(event) => setShown(event.currentTarget.value)}
        />
      </Group>
      <RowList
        key={shown}
        path={`${path}/rows?limit=100${shown === '' ? '' : `&${shown}`}`}
        state={`${job.status} ${done}`}
        isImport={changes !== undefined}
      />
    </section>
  );
}

interface RowListProps {
  readonly path: string;
  /** How far the job is: rows read before are old when it is another. */
  readonly state: string;
  readonly isImport: boolean;
}

function RowList({ path, state, isImport }: RowListProps) {
  const t = useWords(BULK);
  const api = useApi();
  const first = useGet<BulkRows>(path, { since: state });
  const [more, setMore] = useState<{ readonly state: string; readonly rows: BulkRows } | null>(null);
  const held = more?.state === state ? more.rows : null;
  return (
    <Shown of={first}>
      {(page) => {
        const next = held === null ? page.next : held.next;
        return (
          <Table
            label={t.rows}
            rows={[...page.items, ...(held?.items ?? [])]}
            idOf={(row) => String(row.line)}
            columns={[
              { id: 'line', head: t.line, cell: (row) => row.line, isNumber: true },
              { id: 'account', head: t.account, cell: (row) => row.account },
              ...(isImport ? [{ id: 'changes', head: t.changes, cell: (row: Row) => <RowChanges row={row} /> }] : []),
              { id: 'flags', head: t.flags, cell: (row) => <Flags flags={row.riskFlags} isQuiet /> },
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
                      .get<BulkRows>(`${path}&after=${next}`)
                      .then((found) =>
                        setMore({ state, rows: { items: [...(held?.items ?? []), ...found.items], next: found.next } }),
                      )
            }
          />
        );
      }}
    </Shown>
  );
}
type Row = BulkRows['items'][number];
