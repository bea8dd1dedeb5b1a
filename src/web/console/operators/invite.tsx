// Inviting somebody, or changing what somebody is: a dialog with the roles.
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { COMMON } from '../parts/common.ts';
import { useLayer } from '../parts/layers.ts';
import { Failed } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useSend } from '../server/calls.tsx';
import type { Invited } from './link-dialog.tsx';
import { RolePicks } from './role-picks.tsx';
import type { Role } from './roles.ts';
import { OPERATORS } from './words.ts';

const CHANGES = ['/v1/console/operators'];

interface InviteProps {
  readonly onClose: () => void;
  readonly onInvited: (invited: Invited) => void;
}

export function Invite({ onClose, onInvited }: InviteProps) {
  const t = useWords(OPERATORS);
  const common = useWords(COMMON);
  const invite = useSend<Invited>('POST', '/v1/console/operators', { changes: CHANGES });
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>([]);
  const [isEmpty, setEmpty] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setEmpty(roles.length === 0);
    if (roles.length === 0) return;
    const given = name.trim() === '' ? { login, roles } : { login, name, roles };
    invite.mutate(given, { onSuccess: onInvited });
  };
  return (
    <Modal {...useLayer(true, onClose, login !== '' || name !== '')} title={t.invite}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t.login}
            description={t.loginHint}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
            data-autofocus
            required
          />
          <TextInput
            label={t.name}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="off"
            maxLength={100}
          />
          <RolePicks value={roles} onChange={setRoles} error={isEmpty ? t.pick : null} />
          {invite.error === null ? null : <Failed error={invite.error} isPage={false} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={invite.isPending}>
              {t.send}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface ChangeRolesProps {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly onClose: () => void;
}

export function ChangeRoles({ id, name, roles: before, onClose }: ChangeRolesProps) {
  const t = useWords(OPERATORS);
  const common = useWords(COMMON);
  const change = useSend('PUT', `/v1/console/operators/${id}/roles`, { changes: CHANGES });
  const [roles, setRoles] = useState(before);
  return (
    <Modal {...useLayer(true, onClose)} title={`${t.change} · ${name}`}>
      <Stack>
        <RolePicks value={roles} onChange={setRoles} error={roles.length === 0 ? t.pick : null} />
        {change.error === null ? null : <Failed error={change.error} isPage={false} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button
            disabled={roles.length === 0}
            loading={change.isPending}
            onClick={() => change.mutate({ roles }, { onSuccess: onClose })}
          >
            {t.save}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
