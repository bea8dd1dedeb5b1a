// Bulk work there was and is.
import { Anchor, Button, Progress } from '@mantine/core';
import { useDates } from '../parts/dates.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet } from '../server/calls.tsx';
import { hrefOf } from '../server/route.ts';
import { type BulkJobs, handled, isBegun } from './types.ts';
import { BULK } from './words.ts';

export function BulkList() {
  const t = useWords(BULK);
  const dates = useDates();
  const jobs = useGet<BulkJobs>('/v1/console/bulk', { everyMs: 5000 });
  return (
    <Page
      title={t.title}
      actions={
        <Button component="a" href={hrefOf('bulk/new')} size="sm">
          {t.create}
        </Button>
      }
    >
      <Shown of={jobs}>
        {({ items }) => (
          <Table
            label={t.title}
            rows={items}
            idOf={(job) => job.id}
            empty={t.empty}
            columns={[
              {
                id: 'name',
                head: t.name,
                cell: (job) => <Anchor href={hrefOf(`bulk/${job.id}`)}>{job.name}</Anchor>,
                sort: (job) => job.name,
              },
              { id: 'kind', head: t.kind, cell: (job) => t[job.kind], sort: (job) => job.kind },
              { id: 'status', head: t.status, cell: (job) => t[job.status], sort: (job) => job.status },
              {
                id: 'progress',
                head: t.progress,
                cell: (job) => {
                  const { done, all } = handled(job);
                  if (!isBegun(job))
                    return <span className="digits">{t.toDo(job.rows.waiting, job.rows.refused)}</span>;
                  return (
                    <>
                      <span className="digits">{t.doneOf(done, all)}</span>
                      <Progress value={all === 0 ? 0 : (100 * done) / all} size="xs" aria-label={t.progress} />
                    </>
                  );
                },
              },
              { id: 'by', head: t.by, cell: (job) => job.operator, sort: (job) => job.operator },
              { id: 'at', head: t.at, cell: (job) => dates.at(job.createdAt), sort: (job) => job.createdAt },
            ]}
          />
        )}
      </Shown>
    </Page>
  );
}
