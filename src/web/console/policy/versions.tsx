// Every version of the policy there was, and any of them to read, to compare with the one in force, or to start from.
import { Anchor, Button, Code, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import type { PageGiven } from '../given.ts';
import { useDates } from '../parts/dates.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi, useGet } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { go, hrefOf } from '../server/route.ts';
import { putDraft } from './draft.ts';
import { Changes } from './look.tsx';
import { RuleTables } from './rules.tsx';
import type { PolicyVersions, PolicyView } from './types.ts';
import { POLICY } from './words.ts';

const PATH = '/v1/console/policy';

function useBack() {
  const t = useWords(POLICY);
  return (
    <Button component="a" href={hrefOf('policy')} variant="default" size="sm">
      {t.backToEditor}
    </Button>
  );
}

export function Versions() {
  const t = useWords(POLICY);
  const back = useBack();
  const first = useGet<PolicyVersions>(`${PATH}/versions`);
  return (
    <Page title={t.versions} actions={back}>
      <Shown of={first}>{(page) => <VersionList first={page} />}</Shown>
    </Page>
  );
}

function VersionList({ first }: { readonly first: PolicyVersions }) {
  const t = useWords(POLICY);
  const dates = useDates();
  const api = useApi();
  const [more, setMore] = useState<PolicyVersions | null>(null);
  const items = [...first.items, ...(more?.items ?? [])];
  const next = more === null ? first.next : more.next;
  return (
    <Table
      label={t.versions}
      rows={items}
      idOf={(v) => String(v.version)}
      columns={[
        {
          id: 'version',
          head: t.version,
          cell: (v) => (
            <Anchor href={hrefOf(`policy/versions/${v.version}`)}>{t.versionTitle(String(v.version))}</Anchor>
          ),
        },
        { id: 'at', head: t.at, cell: (v) => dates.at(v.at) },
        { id: 'by', head: t.by, cell: (v) => v.actor },
        { id: 'reason', head: t.reason, cell: (v) => v.reason },
      ]}
      onMore={
        next === null
          ? undefined
          : () =>
              void api
                .get<PolicyVersions>(`${PATH}/versions?after=${next}`)
                .then((page) => setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next }))
      }
    />
  );
}

export function Version({ params }: PageGiven) {
  const t = useWords(POLICY);
  const dates = useDates();
  const can = useCan();
  const back = useBack();
  const found = useGet<PolicyView>(`${PATH}/versions/${params['version'] ?? ''}`);
  const now = useGet<PolicyView>(PATH);
  const one = found.data;
  const isOld = one !== undefined && now.data !== undefined && one.version !== now.data.version;
  return (
    <Page
      title={t.versionTitle(params['version'] ?? '')}
      hint={one === undefined ? undefined : `${one.actor} · ${dates.at(one.at)} · ${one.reason}`}
      actions={
        <>
          {isOld && can('policy:write') ? (
            <Button
              size="sm"
              onClick={() => {
                putDraft(one.document);
                go('policy');
              }}
            >
              {t.restore}
            </Button>
          ) : null}
          {back}
        </>
      }
    >
      <Shown of={found}>
        {(version) => (
          <Stack gap="lg">
            {isOld && now.data !== undefined ? <Changes before={version.document} after={now.data.document} /> : null}
            <RuleTables rules={version.rules} />
            <section>
              <Title order={2}>{t.document}</Title>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys (WCAG 2.1.1) */}
              <div className="scroll" tabIndex={0} role="region" aria-label={t.document}>
                <Code block>{version.document}</Code>
              </div>
            </section>
          </Stack>
        )}
      </Shown>
    </Page>
  );
}
