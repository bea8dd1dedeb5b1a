// One case as its second operator looks at it: what is asked and by whom, what it does, what speaks against it, how the caller was verified; and the decision.
import { Alert, Anchor, Badge, Button, Group, Stack, Table, Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { PageGiven } from '../given.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useDates } from '../parts/dates.ts';
import { useHeld } from '../parts/held.ts';
import { Page } from '../parts/page.tsx';
import { Failed, Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { Changes } from '../policy/look.tsx';
import type { PolicyView } from '../policy/types.ts';
import { useGet, useSend } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { hrefOf } from '../server/route.ts';
import { useAsked } from './asked.tsx';
import { Codes } from './codes.tsx';
import { ActionDrawer } from './drawer.tsx';
import { Effects, Flags, Part } from './shown.tsx';
import type { Action, Case, CaseApproved, DeskOptions } from './types.ts';
import { ACTIONS, CASES, DESK, HOW, STATES } from './words.ts';

export function CasePage({ params }: PageGiven) {
  const found = useGet<Case>(`/v1/console/cases/${encodeURIComponent(params['case'] ?? '')}`, { everyMs: 10_000 });
  return <Shown of={found}>{(one) => <Detail one={one} />}</Shown>;
}

function Detail({ one }: { readonly one: Case }) {
  const t = useWords(CASES);
  const d = useWords(DESK);
  const actions = useWords(ACTIONS);
  const states = useWords(STATES);
  const how = useWords(HOW);
  const dates = useDates();
  const asked = useAsked();
  const isOpen = one.status === 'submitted' || one.status === 'returned';
  // What can be chosen, and what ids are called.
  const options = useGet<DeskOptions>(
    one.account === undefined || !isOpen ? null : `/v1/console/accounts/${encodeURIComponent(one.account)}/actions`,
  );
  const rows: readonly (readonly [string, ReactNode])[] = [
    [
      t.account,
      one.account === undefined ? (
        '—'
      ) : (
        <Anchor size="sm" href={hrefOf(`customers/${encodeURIComponent(one.account)}`)}>
          {one.account}
        </Anchor>
      ),
    ],
    [t.requester, one.requester],
    [d.reason, one.reasonText === undefined ? one.reason : `${one.reason} ${one.reasonText}`],
    ...(one.note === undefined ? [] : [[d.note, one.note] as const]),
    [
      t.evidence,
      one.callerCheck === undefined
        ? how.none
        : `${how[one.callerCheck.how]}${one.callerCheck.to === undefined ? '' : ` ${one.callerCheck.to}`}`,
    ],
    // A document is shown below as what it changes.
    ...Object.entries(one.input).flatMap(([key, value]) => {
      const row = asked(key, value);
      if (row === null) return [];
      return [row ?? ([labelOf(key, d), valueOf(key, value, d, options.data)] as const)];
    }),
    [t.submitted, dates.at(one.submittedAt)],
    [t.expires, one.status === 'submitted' ? `${dates.at(one.expiresAt)} (${dates.ago(one.expiresAt)})` : '—'],
    [t.revision, String(one.revision)],
    ...(one.decidedBy === undefined
      ? []
      : [
          [
            t.decision,
            [one.decidedBy, one.decidedAt === undefined ? '' : dates.at(one.decidedAt), one.decisionReason ?? '']
              .filter((text) => text !== '')
              .join(' · '),
          ] as const,
        ]),
  ];
  return (
    <Page
      title={`${t.case}: ${actions[one.action]}`}
      hint={
        <Badge variant="outline" tt="none">
          {states[one.status]}
        </Badge>
      }
      actions={
        <Anchor href={hrefOf('cases')} size="sm">
          {t.back}
        </Anchor>
      }
    >
      <Part title={d.effects}>
        <Effects effects={one.effects} />
      </Part>
      <Part title={d.flags}>
        <Flags flags={one.riskFlags} />
      </Part>
      <Table verticalSpacing="xs" maw="48rem" aria-label={t.input}>
        <Table.Tbody>
          {rows.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" w="12rem">
                {label}
              </Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {one.action === 'publish-policy' ? <Proposed document={String(one.input['document'])} /> : null}
      {one.isMine && one.status === 'submitted' ? <Alert variant="light">{t.mine}</Alert> : null}
      {isOpen && one.isMine && options.data?.actions.some(({ action }) => action === one.action) ? (
        <Edit one={one} options={options.data} />
      ) : null}
      <Decision one={one} />
    </Page>
  );
}

/** What a policy would change, beside the one in force. */
function Proposed({ document }: { readonly document: string }) {
  const now = useGet<PolicyView>('/v1/console/policy');
  return <Shown of={now}>{(policy) => <Changes before={policy.document} after={document} />}</Shown>;
}

/** Another revision, by who asked: also of what was returned. */
function Edit({ one, options }: { readonly one: Case; readonly options: DeskOptions }) {
  const t = useWords(CASES);
  const held = useHeld<'edit', Case>(one);
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{t.editSays}</Text>
      <Button variant="default" onClick={() => held.ask('edit')}>
        {t.edit}
      </Button>
      {held.asked === undefined ? null : (
        <ActionDrawer options={options} action={one.action as Action} revising={held.asked.seen} onClose={held.close} />
      )}
    </Stack>
  );
}

/** A value as people call it. */
function valueOf(
  key: string,
  value: unknown,
  d: Readonly<Record<string, unknown>>,
  options: DeskOptions | undefined,
): string {
  const text = String(value);
  if (key === 'mode' || key === 'kdf') return labelOf(text, d);
  const all = [
    ...(options?.methods.map(({ id, hint }) => ({ id, name: hint })) ?? []),
    ...(options?.phones ?? []),
    ...(options?.trustedDevices ?? []),
    ...(options?.appPasswords ?? []),
  ];
  const name = all.find(({ id }) => id === text)?.name ?? '';
  return name === '' ? text : name;
}

function labelOf(key: string, d: Readonly<Record<string, unknown>>): string {
  const label = d[key];
  return typeof label === 'string' ? label : key;
}

/** What may be decided of it. It stays while the case is drawn, whatever the case becomes: what was approved says here what came of it, such as codes. */
function Decision({ one }: { readonly one: Case }) {
  const t = useWords(CASES);
  const d = useWords(DESK);
  const can = useCan()('cases:approve');
  const held = useHeld<'approve' | 'return', Case>(one);
  const [why, setWhy] = useState('');
  const path = `/v1/console/cases/${encodeURIComponent(one.id)}`;
  const approve = useSend<CaseApproved, object>('POST', `${path}/approve`);
  const giveBack = useSend<Case, object>('POST', `${path}/return`);
  const withdraw = useSend<Case, object>('POST', `${path}/withdraw`);
  const { asked } = held;
  const seen = asked?.seen ?? one;
  const close = (): void => {
    held.close();
    approve.reset();
    giveBack.reset();
  };
  const waits = one.status === 'submitted';
  const issued = approve.data?.bypass;
  return (
    <Stack gap="sm" align="flex-start">
      {issued === undefined ? null : <Codes issued={issued} />}
      {!waits ? null : one.isMine ? (
        <>
          {withdraw.error === null ? null : <Failed error={withdraw.error} isPage={false} />}
          <Button
            variant="default"
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({ revision: one.revision })}
          >
            {t.withdraw}
          </Button>
        </>
      ) : can ? (
        <Group gap="xs">
          <Button onClick={() => held.ask('approve')}>{t.approve}</Button>
          <Button variant="default" onClick={() => held.ask('return')}>
            {t.giveBack}
          </Button>
        </Group>
      ) : (
        <Text size="sm">{t.mayNot}</Text>
      )}
      <Confirm
        opened={asked?.step === 'approve'}
        title={t.approve}
        yes={t.approve}
        isDangerous
        isMoved={held.isMoved}
        isBusy={approve.isPending}
        error={approve.error}
        onClose={close}
        onYes={() => approve.mutate({ revision: seen.revision }, { onSuccess: held.close })}
      >
        <Effects effects={seen.effects} />
        <Text size="sm">{t.approveSure}</Text>
      </Confirm>
      <Confirm
        opened={asked?.step === 'return'}
        title={t.giveBack}
        yes={t.giveBack}
        isMoved={held.isMoved}
        isBusy={giveBack.isPending}
        error={giveBack.error}
        onClose={close}
        onYes={() => {
          if (why.trim() === '') return;
          giveBack.mutate({ revision: seen.revision, reason: why.trim() }, { onSuccess: held.close });
        }}
      >
        <Textarea
          label={t.returnReason}
          description={d.noteHint}
          required
          autosize
          minRows={2}
          maxLength={500}
          value={why}
          onChange={({ currentTarget: { value } }) => setWhy(value)}
        />
      </Confirm>
    </Stack>
  );
}
