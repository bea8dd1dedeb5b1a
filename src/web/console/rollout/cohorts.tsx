// Cohorts by rules: written here, counted, and applied when somebody says so.
import { Alert, Badge, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Opened } from '../desk/shown.tsx';
import { COMMON } from '../parts/common.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useNumbers } from '../parts/numbers.ts';
import { Page } from '../parts/page.tsx';
import { Failed, Shown } from '../parts/states.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet, useSend } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { RuleText } from './cohort-rule.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { type CaseOpened, PATH, type RuledCohortView, type SavedCohortView } from './types.ts';
import { COHORTS } from './words-cutover.ts';

const LIST = `${PATH}/cohorts`;
const RUN = {
  new: 'runNew',
  counting: 'counting',
  counted: 'counted',
  applying: 'applying',
  applied: 'applied',
  stopped: 'stopped',
} as const;
const pathOf = (name: string): string => `${LIST}/${encodeURIComponent(name)}`;

export function Cohorts() {
  const t = useWords(COHORTS);
  const common = useWords(COMMON);
  const n = useNumbers();
  const mayWrite = useCan()('rollout:write');
  const [isBusy, setBusy] = useState(false);
  const all = useGet<{ items: RuledCohortView[] }>(LIST, isBusy ? { everyMs: 1500 } : {});
  const running = all.data?.items.some((one) => one.run === 'counting' || one.run === 'applying') === true;
  if (running !== isBusy) setBusy(running);
  const [edited, setEdited] = useState<RuledCohortView | 'new' | null>(null);
  const [unknown, setUnknown] = useState<SavedCohortView['unknown']>({ count: 0, first: [] });
  const [asked, setAsked] = useState<{ readonly what: 'apply' | 'remove'; readonly cohort: RuledCohortView } | null>(
    null,
  );
  const columns: Column<RuledCohortView>[] = [
    { id: 'name', head: t.name, cell: (row) => row.name, sort: (row) => row.name },
    { id: 'rule', head: t.rule, cell: (row) => <RuleText rule={row.rule} listed={row.listed} /> },
    {
      id: 'state',
      head: t.state,
      cell: (row) => (
        <Badge tt="none" variant="light">
          {t[RUN[row.run]]}
        </Badge>
      ),
      sort: (row) => row.run,
    },
    {
      id: 'matching',
      head: t.matching,
      cell: (row) => (row.run === 'new' ? '' : n.count(row.matching)),
      isNumber: true,
    },
    { id: 'joining', head: t.joining, cell: (row) => (row.run === 'new' ? '' : n.count(row.joining)), isNumber: true },
    { id: 'leaving', head: t.leaving, cell: (row) => (row.run === 'new' ? '' : n.count(row.leaving)), isNumber: true },
    ...(mayWrite
      ? [
          {
            id: 'actions',
            head: t.actions,
            cell: (row: RuledCohortView) => (
              <RowActions
                row={row}
                onApply={() => setAsked({ what: 'apply', cohort: row })}
                onEdit={() => setEdited(row)}
                onRemove={() => setAsked({ what: 'remove', cohort: row })}
              />
            ),
          },
        ]
      : []),
  ];
  return (
    <Page
      title={t.title}
      hint={t.hint}
      actions={mayWrite ? <Button onClick={() => setEdited('new')}>{t.new}</Button> : undefined}
    >
      {unknown.count === 0 ? null : (
        <Alert
          color="orange"
          variant="light"
          role="status"
          mb="md"
          title={t.unknown(n.count(unknown.count))}
          withCloseButton
          closeButtonLabel={common.close}
          onClose={() => setUnknown({ count: 0, first: [] })}
        >
          {`${unknown.first.join(', ')}${unknown.count > unknown.first.length ? ' …' : ''}`}
        </Alert>
      )}
      <Shown of={all}>
        {({ items }) => (
          <Table label={t.title} columns={columns} rows={items} idOf={(row) => row.name} empty={t.none} />
        )}
      </Shown>
      {edited === null ? null : (
        <RuleDialog
          cohort={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={(found) => {
            setEdited(null);
            setUnknown(found);
          }}
        />
      )}
      {asked === null ? null : <Asked {...asked} onClose={() => setAsked(null)} />}
    </Page>
  );
}

interface RowActionsProps {
  readonly row: RuledCohortView;
  readonly onApply: () => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function RowActions({ row, onApply, onEdit, onRemove }: RowActionsProps) {
  const t = useWords(COHORTS);
  const count = useSend<RuledCohortView>('POST', `${pathOf(row.name)}/runs`, { changes: [PATH] });
  const isRunning = row.run === 'counting' || row.run === 'applying';
  const button = (name: string, act: () => void, isOff: boolean) => (
    <Button size="compact-sm" variant="default" disabled={isOff} aria-label={`${name}: ${row.name}`} onClick={act}>
      {name}
    </Button>
  );
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        {button(t.count, () => count.mutate({ mode: 'count', reason: t.count }), isRunning)}
        {button(t.apply, onApply, row.run !== 'counted')}
        {button(t.edit, onEdit, isRunning)}
        {button(t.remove, onRemove, isRunning)}
      </Group>
      {count.error === null ? null : <Failed error={count.error} isPage={false} />}
    </>
  );
}

interface AskedProps {
  readonly what: 'apply' | 'remove';
  readonly cohort: RuledCohortView;
  readonly onClose: () => void;
}

function Asked({ what, cohort, onClose }: AskedProps) {
  const t = useWords(COHORTS);
  const n = useNumbers();
  const [reason, setReason] = useState('');
  const [override, setOverride] = useState(false);
  const apply = useSend<RuledCohortView | CaseOpened>('POST', `${pathOf(cohort.name)}/runs`, {
    changes: [PATH, '/v1/console/inbox'],
  });
  const remove = useSend('DELETE', pathOf(cohort.name), { changes: [PATH] });
  const isApply = what === 'apply';
  // A second operator may have to agree: then nobody has moved yet.
  if (apply.data !== undefined && 'case' in apply.data)
    return (
      <Confirm opened title={`${t.apply}: ${cohort.name}`} onClose={onClose} onYes={onClose}>
        <div role="status">
          <Opened opened={apply.data} />
        </div>
      </Confirm>
    );
  return (
    <Confirm
      opened
      title={`${isApply ? t.apply : t.remove}: ${cohort.name}`}
      yes={isApply ? t.apply : t.remove}
      isDangerous
      isBusy={apply.isPending || remove.isPending}
      error={apply.error ?? remove.error}
      onClose={onClose}
      onYes={() => {
        if (!isApply) remove.mutate(undefined, { onSuccess: onClose });
        else if (reason.trim() !== '')
          apply.mutate(
            { mode: 'apply', reason: reason.trim(), override },
            { onSuccess: (done) => ('case' in done ? undefined : onClose()) },
          );
      }}
    >
      <Text>
        {isApply
          ? t.applySays(n.count(cohort.joining), n.count(cohort.leaving), n.count(cohort.unbound))
          : t.removeSays}
      </Text>
      {isApply ? (
        <Stack gap="sm">
          <TextInput
            label={t.reason}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Checkbox
            label={t.override}
            checked={override}
            onChange={(event) => setOverride(event.currentTarget.checked)}
          />
        </Stack>
      ) : null}
    </Confirm>
  );
}
