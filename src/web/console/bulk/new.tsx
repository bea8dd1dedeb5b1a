// New bulk work: what is to be done, why, and to whom. A file goes up in parts; nothing is done before it is started.
import { Alert, Button, FileInput, Group, NativeSelect, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ACCOUNT_COLUMNS, type AccountFile, readAccounts } from '../../../contract/account-file.ts';
import { textOf } from '../../../contract/utf8.ts';
import { useFileFault } from '../parts/account-file.ts';
import { Page } from '../parts/page.tsx';
import { Failed, Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi, useGet } from '../server/calls.tsx';
import { go, hrefOf } from '../server/route.ts';
import { parts, toSend } from './read-file.ts';
import type { BulkJob, BulkJobs, BulkKind } from './types.ts';
import { BULK } from './words.ts';

const KINDS: readonly BulkKind[] = ['import', 'register', 'unbind'];

export function NewBulk() {
  const t = useWords(BULK);
  const options = useGet<BulkJobs>('/v1/console/bulk?limit=1');
  return (
    <Page
      title={t.create}
      actions={
        <Button component="a" href={hrefOf('bulk')} variant="default" size="sm">
          {t.back}
        </Button>
      }
    >
      <Shown of={options}>{(found) => <Form {...found} />}</Shown>
    </Page>
  );
}

type Found = AccountFile<(typeof ACCOUNT_COLUMNS)[number]>;
type FormProps = Pick<BulkJobs, 'reasons' | 'alone' | 'changesWait'>;

function Form({ reasons, alone, changesWait }: FormProps) {
  const t = useWords(BULK);
  const api = useApi();
  const [kind, setKind] = useState<BulkKind>('import');
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const faultOf = useFileFault();
  const [wrong, setWrong] = useState<string | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const rows = found?.rows.map(toSend) ?? [];
  const isWhole = name.trim() !== '' && reason !== '' && rows.length > 0;

  const read = async (chosen: File | null): Promise<void> => {
    setFile(chosen);
    setFound(null);
    setWrong(null);
    if (chosen === null) return;
    try {
      const read = readAccounts(textOf(new Uint8Array(await chosen.arrayBuffer())), ACCOUNT_COLUMNS, {
        mayBeList: true,
      });
      if (read.rows.length === 0) setWrong(t.noRows);
      else setFound(read);
      if (name === '') setName(chosen.name.replace(/\.[^.]*$/, '').slice(0, 100));
    } catch (error) {
      const told = faultOf(error);
      if (told === null) throw error;
      setWrong(told);
    }
  };
  const upload = async (): Promise<void> => {
    setFailure(null);
    setSent(0);
    try {
      const job = await api.send<BulkJob>('POST', '/v1/console/bulk', { kind, name: name.trim(), reason });
      let done = 0;
      for (const part of parts(rows)) {
        await api.send('POST', `/v1/console/bulk/${job.id}/rows`, { rows: part });
        done += part.length;
        setSent(done);
      }
      go(`bulk/${job.id}`);
    } catch (error) {
      setFailure(error);
      setSent(null);
    }
  };

  return (
    <Stack maw={560}>
      <NativeSelect
        label={t.kind}
        value={kind}
        data={KINDS.map((value) => ({ value, label: t[value] }))}
        onChange={(event) => setKind(event.currentTarget.value as BulkKind)}
      />
      <FileInput
        label={t.file}
        description={t.fileHint}
        placeholder={t.choose}
        accept=".csv,.txt,text/csv,text/plain"
        value={file}
        error={wrong}
        onChange={(chosen) => void read(chosen)}
      />
      {found === null ? null : <FirstRows found={found} />}
      <TextInput
        label={t.name}
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label={t.reason}
        required
        value={reason}
        data={[
          { value: '', label: t.choose, disabled: true },
          ...reasons.map(({ code, text }) => ({ value: code, label: `${code} ${text}` })),
        ]}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Alert color="gray" variant="light">
        {alone[kind] === 0 ? t.secondAlways : t.second(alone[kind])}
        {kind === 'import' && alone.import > 0 && changesWait ? ` ${t.secondChanges}` : null}
      </Alert>
      {failure === null ? null : <Failed error={failure} isPage={false} />}
      {sent === null ? null : (
        <div role="status">
          <Text size="sm">{t.uploading(sent, rows.length)}</Text>
          <Progress value={(100 * sent) / Math.max(1, rows.length)} aria-label={t.progress} />
        </div>
      )}
      <Group>
        <Button disabled={!isWhole} loading={sent !== null} onClick={() => void upload()}>
          {t.upload}
        </Button>
      </Group>
    </Stack>
  );
}

/** How many rows are shown of a file before it goes up. */
const SHOWN = 5;

/** What was understood of the file, for a look before it goes up: its columns, and its first rows. */
function FirstRows({ found: { columns, rows } }: { readonly found: Found }) {
  const t = useWords(BULK);
  return (
    <section aria-label={t.firstRows}>
      <Text size="sm" role="status">
        {t.found(rows.length)}
      </Text>
      <Table
        label={t.firstRows}
        rows={rows.slice(0, SHOWN)}
        idOf={(row) => String(row.line)}
        columns={[
          { id: 'line', head: t.line, cell: (row) => row.line, isNumber: true },
          ...columns.map((column) => ({
            id: column,
            head: t[column],
            cell: (row: Found['rows'][number]) => row.given[column] ?? '',
          })),
        ]}
      />
      {rows.length > SHOWN ? (
        <Text size="sm" c="dimmed">
          {t.andMore(rows.length - SHOWN)}
        </Text>
      ) : null}
    </section>
  );
}
