// A new API key: what may use it and do what; then its token, once.
import { Button, Checkbox, Code, CopyButton, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { SCOPE_TAKES } from '../../../contract/permissions.ts';
import type { ApiKeyCreated, Integrations } from '../../../contract/schemas/integrations.ts';
import { SCOPE_NAMES, type Scope } from '../../../contract/scopes.ts';
import { COMMON } from '../parts/common.ts';
import { useLayer } from '../parts/layers.ts';
import { Failed } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useSend } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { CHANGES } from './keys.tsx';
import { INTEGRATIONS } from './words.ts';

const SPANS = [90, 365, 730] as const;

interface NewKeyProps {
  readonly clients: z.infer<typeof Integrations>['clients'];
  readonly onClose: () => void;
}

export function NewKey({ clients, onClose }: NewKeyProps) {
  const t = useWords(INTEGRATIONS);
  const common = useWords(COMMON);
  const can = useCan();
  const make = useSend<z.infer<typeof ApiKeyCreated>>('POST', '/v1/console/api-keys', { changes: CHANGES });
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [client, setClient] = useState('');
  const [days, setDays] = useState('365');
  const [isEmpty, setEmpty] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setEmpty(scopes.length === 0);
    if (scopes.length === 0) return;
    make.mutate({
      name,
      scopes,
      ...(client === '' ? {} : { client }),
      ...(days === '' ? {} : { expiresInDays: Number(days) }),
    });
  };
  return (
    <Modal
      {...useLayer(true, onClose, make.data === undefined && (name !== '' || scopes.length > 0))}
      title={make.data === undefined ? t.newKey : t.token}
      closeOnClickOutside={false}
      size="lg"
    >
      {make.data === undefined ? (
        <form onSubmit={submit}>
          <Stack>
            <TextInput
              label={t.name}
              description={t.nameHint}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={100}
              data-autofocus
              required
            />
            <Checkbox.Group
              label={t.scopes}
              description={t.scopesHint}
              value={[...scopes]}
              onChange={(chosen) => setScopes(SCOPE_NAMES.filter((scope) => chosen.includes(scope)))}
              error={isEmpty ? t.pick : null}
            >
              <Group mt="xs" gap="sm">
                {SCOPE_NAMES.map((scope) => (
                  <Checkbox key={scope} value={scope} label={scope} disabled={!can(SCOPE_TAKES[scope])} miw={180} />
                ))}
              </Group>
            </Checkbox.Group>
            <NativeSelect
              label={t.client}
              value={client}
              onChange={(event) => setClient(event.currentTarget.value)}
              data={[{ value: '', label: t.anyClient }, ...clients.map((one) => ({ value: one.id, label: one.name }))]}
            />
            <NativeSelect
              label={t.expires}
              value={days}
              onChange={(event) => setDays(event.currentTarget.value)}
              data={[...SPANS.map((n) => ({ value: String(n), label: t.days(n) })), { value: '', label: t.unlimited }]}
            />
            {make.error === null ? null : <Failed error={make.error} isPage={false} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {common.cancel}
              </Button>
              <Button type="submit" loading={make.isPending}>
                {t.make}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Stack>
          <Text>{t.tokenHint}</Text>
          <Code block style={{ whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}>
            {make.data.token}
          </Code>
          <Group justify="flex-end">
            <CopyButton value={make.data.token}>
              {({ copied, copy }) => <Button onClick={copy}>{copied ? t.copied : t.copy}</Button>}
            </CopyButton>
            <Button variant="default" onClick={onClose}>
              {t.done}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
