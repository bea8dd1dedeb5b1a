// Who works for this tenant: invited, changed, reset, removed. One's own row has no buttons, and the server would refuse them.
import { Badge, Button, Group, Menu, Text } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { Operators as OperatorsReply, OperatorView } from '../../../contract/schemas/operators.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useDates } from '../parts/dates.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet, useSend } from '../server/calls.tsx';
import { useCan, useMe } from '../server/me.tsx';
import { ChangeRoles, Invite } from './invite.tsx';
import { type Invited, LinkDialog } from './link-dialog.tsx';
import { ROLE } from './roles.ts';
import { OPERATORS } from './words.ts';

type Operator = z.infer<typeof OperatorView>;
type Asked =
  | { readonly kind: 'change' | 'reset' | 'remove'; readonly of: Operator }
  | { readonly kind: 'invite' }
  | null;

const CHANGES = ['/v1/console/operators'];

export function Operators() {
  const t = useWords(OPERATORS);
  const can = useCan();
  const list = useGet<z.infer<typeof OperatorsReply>>('/v1/console/operators');
  const [asked, setAsked] = useState<Asked>(null);
  const [link, setLink] = useState<Invited | null>(null);
  const close = (): void => setAsked(null);
  const told = (invited: Invited): void => {
    close();
    setLink(invited);
  };
  const mayWrite = can('operators:write');
  return (
    <Page
      title={t.title}
      hint={t.hint}
      actions={mayWrite ? <Button onClick={() => setAsked({ kind: 'invite' })}>{t.invite}</Button> : undefined}
    >
      <Shown of={list}>
        {({ items }) => <List items={items} onAsk={mayWrite ? (kind, of) => setAsked({ kind, of }) : undefined} />}
      </Shown>
      {asked?.kind === 'invite' ? <Invite onClose={close} onInvited={told} /> : null}
      {asked?.kind === 'change' ? (
        <ChangeRoles id={asked.of.id} name={asked.of.name} roles={asked.of.roles} onClose={close} />
      ) : null}
      {asked?.kind === 'reset' ? <Reset of={asked.of} onClose={close} onDone={told} /> : null}
      {asked?.kind === 'remove' ? <Remove of={asked.of} onClose={close} /> : null}
      <LinkDialog invited={link} onClose={() => setLink(null)} />
    </Page>
  );
}

interface ListProps {
  readonly items: readonly Operator[];
  readonly onAsk: ((kind: 'change' | 'reset' | 'remove', of: Operator) => void) | undefined;
}

function List({ items, onAsk }: ListProps) {
  const t = useWords(OPERATORS);
  const roles = useWords(ROLE);
  const dates = useDates();
  const me = useMe();
  const by = { totp: t.totp, passkey: t.passkey } as const;
  const status = { invited: t.invited, disabled: t.disabled } as const;
  return (
    <Table
      label={t.title}
      rows={items}
      idOf={(row) => row.id}
      columns={[
        {
          id: 'name',
          head: t.name,
          sort: (row) => row.name,
          cell: (row) => (
            <div>
              <Group gap="xs">
                <Text fw={600} size="sm">
                  {row.name}
                </Text>
                {row.status === 'active' ? null : (
                  <Badge color="gray" variant="outline" tt="none">
                    {status[row.status]}
                  </Badge>
                )}
              </Group>
              <Text size="xs" c="dimmed">
                {row.login}
              </Text>
            </div>
          ),
        },
        { id: 'roles', head: t.roles, cell: (row) => row.roles.map((role) => roles[role]).join(' · ') },
        {
          id: 'methods',
          head: t.methods,
          cell: (row) =>
            row.methods.flatMap((m) => (m === 'totp' || m === 'passkey' ? [by[m]] : [])).join(' · ') || '—',
        },
        {
          id: 'seen',
          head: t.seen,
          sort: (row) => row.lastSeenAt ?? '',
          cell: (row) => (row.lastSeenAt === null ? t.never : dates.ago(row.lastSeenAt)),
        },
        ...(onAsk === undefined
          ? []
          : [
              {
                id: 'actions',
                head: t.actions,
                cell: (row: Operator) =>
                  row.id === me.operator.id ? (
                    <Text size="sm" c="dimmed">
                      {t.you}
                    </Text>
                  ) : (
                    <Actions of={row} onAsk={onAsk} />
                  ),
              },
            ]),
      ]}
    />
  );
}

function Actions({ of, onAsk }: { readonly of: Operator; readonly onAsk: NonNullable<ListProps['onAsk']> }) {
  const t = useWords(OPERATORS);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" aria-label={`${t.actions} · ${of.name}`}>
          ⋯
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onAsk('change', of)}>{t.change}</Menu.Item>
        <Menu.Item onClick={() => onAsk('reset', of)}>{t.reset}</Menu.Item>
        <Menu.Item color="red" onClick={() => onAsk('remove', of)}>
          {t.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ResetProps {
  readonly of: Operator;
  readonly onClose: () => void;
  readonly onDone: (invited: Invited) => void;
}

function Reset({ of, onClose, onDone }: ResetProps) {
  const t = useWords(OPERATORS);
  const reset = useSend<Invited, undefined>('POST', `/v1/console/operators/${of.id}/reset`, { changes: CHANGES });
  return (
    <Confirm
      opened
      title={t.reset}
      yes={t.reset}
      isDangerous
      isBusy={reset.isPending}
      error={reset.error}
      onYes={() => reset.mutate(undefined, { onSuccess: onDone })}
      onClose={onClose}
    >
      <Text>{t.resetText(of.name)}</Text>
    </Confirm>
  );
}

function Remove({ of, onClose }: { readonly of: Operator; readonly onClose: () => void }) {
  const t = useWords(OPERATORS);
  const remove = useSend('PUT', `/v1/console/operators/${of.id}/roles`, { changes: CHANGES });
  return (
    <Confirm
      opened
      title={t.remove}
      yes={t.remove}
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      onYes={() => remove.mutate({ roles: [] }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Text>{t.removeText(of.name)}</Text>
    </Confirm>
  );
}
