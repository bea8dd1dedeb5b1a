// What speaks for and against a cut-over, and whom each stage would meet: before it is asked for, and before a second operator lets it begin.
import { Badge, Button, Group, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNumbers } from '../parts/numbers.ts';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi } from '../server/calls.tsx';
import { useMe } from '../server/me.tsx';
import { Part } from './part.tsx';
import { type ChecksView, PATH } from './types.ts';
import { CUTOVER } from './words-cutover.ts';

const COLOUR = { ok: 'jade', warn: '#9c3a00', stop: '#c92a2a' } as const;

/** The checks of a cohort as of now; an empty name means everybody in no cohort with a phase of its own. */
export function useChecks(cohort: string) {
  const api = useApi();
  const { tenant } = useMe();
  return useQuery<ChecksView>({
    queryKey: [tenant, `${PATH}/cutover-checks`, cohort],
    queryFn: () => api.send<ChecksView>('POST', `${PATH}/cutover-checks`, cohort === '' ? {} : { cohort }),
  });
}

export function Checks({
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
  // A limit or a capacity that nobody set is told as that.
  const said = ({ id, count, of }: ChecksView['checks'][number]): string =>
    of < 0 && (id === 'limit' || id === 'hotline')
      ? t[`${id}Alone`](n.count(count))
      : t[id](n.count(count), n.count(of));
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
                <Text size="sm">{said(check)}</Text>
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
