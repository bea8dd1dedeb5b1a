// The policy editor: the documented file and its rules side by side, looked at from all sides while it is written, published with a reason.
import { Alert, Button, Checkbox, Group, Loader, Stack, Tabs, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { problemOf } from '../../api/http.ts';
import { Opened } from '../desk/shown.tsx';
import type { CaseOpened } from '../desk/types.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useDates } from '../parts/dates.ts';
import { Page } from '../parts/page.tsx';
import { Failed, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi, useGet, useSend } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { hrefOf } from '../server/route.ts';
import { useKept, useUnsaved } from '../server/unsaved.ts';
import { draftPut, dropDraft } from './draft.ts';
import { Affected, Changes, Mistakes, Risks } from './look.tsx';
import { RuleTables } from './rules.tsx';
import type { PolicyCheck, PolicyView, RuleEdits, RuleList } from './types.ts';
import { POLICY } from './words.ts';

const PATH = '/v1/console/policy';
/** How long typing must rest before a draft is looked at, ms. */
const REST_MS = 500;

export function Policy() {
  const t = useWords(POLICY);
  const dates = useDates();
  const policy = useGet<PolicyView>(PATH);
  const now = policy.data;
  return (
    <Page
      title={t.title}
      hint={now === undefined ? undefined : t.inForce(now.version, now.actor, dates.at(now.at))}
      actions={
        <Button component="a" href={hrefOf('policy/versions')} variant="default" size="sm">
          {t.versions}
        </Button>
      }
    >
      <Shown of={policy}>{(found) => <Editor found={found} />}</Shown>
    </Page>
  );
}

function Editor({ found }: { readonly found: PolicyView }) {
  const t = useWords(POLICY);
  const can = useCan();
  const api = useApi();
  // What the draft was made from: somebody may publish another version meanwhile, and what was written here is not lost by it.
  const kept = useKept<{ readonly base: PolicyView; readonly draft: string }>('policy');
  const [base, setBase] = useState(() => (draftPut() === null ? (kept?.base ?? found) : found));
  const [draft, setDraft] = useState(() => draftPut() ?? kept?.draft ?? found.document);
  // What waits for a second operator: another draft than that is submitted anew.
  const [submitted, setSubmitted] = useState<{ readonly draft: string; readonly opened: CaseOpened }>();
  useEffect(dropDraft, []);
  const [rested] = useDebouncedValue(draft, REST_MS);
  const [check, setCheck] = useState<PolicyCheck | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [isAsking, setAsking] = useState(false);
  const mayWrite = can('policy:write');
  const isChanged = draft !== base.document;
  const waits = submitted?.draft === draft ? submitted.opened : undefined;
  useUnsaved(mayWrite && isChanged && waits === undefined, { name: 'policy', value: { base, draft } });
  if (found.version !== base.version && (!isChanged || draft === found.document)) {
    setBase(found);
    setDraft(found.document);
  }
  const isCurrent = rested === draft && check !== null;

  useEffect(() => {
    let isOver = false;
    setCheck(null);
    api.send<PolicyCheck>('POST', `${PATH}:check`, { document: rested }).then(
      (told) => {
        if (isOver) return;
        setCheck(told);
        setFailure(null);
      },
      (error: unknown) => {
        if (!isOver) setFailure(error);
      },
    );
    return () => {
      isOver = true;
    };
  }, [api, rested]);

  const edit = (list: RuleList, rules: RuleEdits): void => {
    api
      .send<{ document: string }>('POST', `${PATH}:edit`, { document: draft, list, rules })
      .then(({ document }) => setDraft(document), setFailure);
  };

  return (
    <Stack gap="lg">
      {failure === null ? null : <Failed error={failure} isPage={false} />}
      <Tabs defaultValue="rules" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="rules">{t.rules}</Tabs.Tab>
          <Tabs.Tab value="document">{t.document}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rules" pt="md">
          <RuleTables
            rules={check?.rules ?? found.rules}
            {...(mayWrite && isCurrent && check.valid ? { onEdit: edit } : {})}
          />
        </Tabs.Panel>
        <Tabs.Panel value="document" pt="md">
          <Textarea
            aria-label={t.document}
            autosize
            minRows={16}
            maxRows={40}
            spellCheck={false}
            readOnly={!mayWrite}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
        </Tabs.Panel>
      </Tabs>
      {isCurrent ? null : failure === null ? (
        <Group gap="xs" role="status">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{t.checking}</Text>
        </Group>
      ) : null}
      {isCurrent && !check.valid ? <Mistakes errors={check.errors} /> : null}
      {isCurrent && isChanged ? <Changes before={base.document} after={draft} /> : null}
      {isCurrent && isChanged && check.affected !== undefined ? <Affected affected={check.affected} /> : null}
      {isCurrent && check.findings !== undefined ? <Risks findings={check.findings} /> : null}
      {found.version === base.version ? null : (
        <Alert color="yellow" role="status">
          <Text size="sm">{t.meanwhile(found.version, found.actor)}</Text>
          <Button mt="xs" size="xs" variant="default" onClick={() => setBase(found)}>
            {t.onto(found.version)}
          </Button>
        </Alert>
      )}
      {waits === undefined ? null : (
        <div role="status">
          <Opened opened={waits} />
        </div>
      )}
      {mayWrite ? (
        <Group>
          <Button
            disabled={!isChanged || waits !== undefined || !isCurrent || !check.valid}
            onClick={() => setAsking(true)}
          >
            {t.publish}
          </Button>
          <Button
            variant="default"
            disabled={!isChanged}
            onClick={() => {
              setBase(found);
              setDraft(found.document);
            }}
          >
            {t.reset}
          </Button>
        </Group>
      ) : null}
      {isAsking ? (
        <Publish
          document={draft}
          base={base.version}
          check={check}
          onWaits={(opened) => setSubmitted({ draft, opened })}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Stack>
  );
}

interface PublishProps {
  readonly document: string;
  readonly base: number;
  readonly check: PolicyCheck | null;
  /** A second operator has to agree: nothing is in force yet. */
  readonly onWaits: (opened: CaseOpened) => void;
  readonly onClose: () => void;
}

function Publish({ document, base, check, onWaits, onClose }: PublishProps) {
  const t = useWords(POLICY);
  const [reason, setReason] = useState('');
  const [override, setOverride] = useState(false);
  const publish = useSend<{ readonly version: number } | CaseOpened>('POST', PATH, { changes: [PATH] });
  const { affected } = check ?? {};
  const isBeyond = override || (publish.error !== null && problemOf(publish.error).code === 'switch-refused');
  return (
    <Confirm
      opened
      title={t.publishTitle}
      yes={t.publish}
      isBusy={publish.isPending}
      error={publish.error}
      onClose={onClose}
      onYes={() => {
        if (reason.trim() === '') return;
        publish.mutate(
          { document, base, reason: reason.trim(), ...(override ? { override } : {}) },
          {
            onSuccess(told) {
              if ('case' in told) onWaits(told);
              onClose();
            },
          },
        );
      }}
    >
      <Text size="sm">{t.publishes}</Text>
      {affected === undefined || affected.affected === 0 ? null : (
        <Text size="sm" fw={600}>
          {t.wouldChange(affected.affected, affected.refused)}
        </Text>
      )}
      <Textarea
        label={t.reason}
        description={t.reasonHint}
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {isBeyond ? (
        <Checkbox
          label={t.override}
          checked={override}
          onChange={(event) => setOverride(event.currentTarget.checked)}
        />
      ) : null}
    </Confirm>
  );
}
