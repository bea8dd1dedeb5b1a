// Joining by a one-time link: who one is, how one will sign in, and the first method. The link's token stands in the address's fragment, which no
// server and no log sees; it is sent in bodies only.
import { Button, Code, Image, List, PasswordInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { makePasskey } from '../../authenticators/passkey-browser.ts';
import { ROLE, type Role } from '../operators/roles.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi } from '../server/calls.tsx';
import { CodeField } from './code-field.tsx';
import { Door } from './door.tsx';
import { useTask } from './task.tsx';
import { JOIN, SIGN_IN } from './words.ts';

interface Link {
  readonly login: string;
  readonly name: string | null;
  readonly tenants: readonly { readonly id: string; readonly name: string; readonly roles: readonly Role[] }[];
  readonly minPassword: number;
}
interface Binding {
  readonly id: string;
  readonly qr?: string;
  readonly key?: string;
  readonly passkey?: Record<string, unknown>;
}

export interface JoinProps {
  readonly token: string;
  readonly onDone: () => void;
}

export function Join({ token, onDone }: JoinProps) {
  const t = useWords(JOIN);
  const api = useApi();
  const [link, setLink] = useState<Link>();
  const [error, setError] = useState<unknown>(null);
  const [binding, setBinding] = useState<Binding>();
  useEffect(() => {
    api.send<Link>('POST', '/v1/operator/join', { token }).then(setLink, setError);
  }, [api, token]);
  if (error !== null)
    return (
      <Door title={t.title}>
        <Failed error={error} />
        <Button variant="default" component="a" href="#/">
          {t.signIn}
        </Button>
      </Door>
    );
  if (link === undefined)
    return (
      <Door title={t.title}>
        <Loading />
      </Door>
    );
  return binding === undefined ? (
    <Who token={token} link={link} onBinding={setBinding} onDone={onDone} />
  ) : (
    <Scan token={token} binding={binding} onDone={onDone} />
  );
}

interface WhoProps extends JoinProps {
  readonly link: Link;
  readonly onBinding: (binding: Binding) => void;
}

function Who({ token, link, onBinding, onDone }: WhoProps) {
  const t = useWords(JOIN);
  const s = useWords(SIGN_IN);
  const roles = useWords(ROLE);
  const api = useApi();
  const task = useTask(t.dismissed);
  const [name, setName] = useState(link.name ?? '');
  const [way, setWay] = useState<'totp' | 'passkey'>('passkey');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void task.run(async () => {
      const given = way === 'totp' ? { token, name, password } : { token, name };
      await api.send('POST', '/v1/operator/join/start', given);
      const binding = await api.send<Binding>('POST', '/v1/operator/join/bindings', { type: way });
      if (way === 'totp') return onBinding(binding);
      const passkey = await task.ask(() => makePasskey(binding.passkey ?? {}));
      await api.send('POST', `/v1/operator/join/bindings/${binding.id}/confirm`, { token, passkey });
      onDone();
    });
  };
  return (
    <Door title={t.title}>
      <Text>{t.as(link.login)}</Text>
      <div>
        <Text fw={600} size="sm">
          {t.works}
        </Text>
        <List size="sm">
          {link.tenants.map((one) => (
            <List.Item key={one.id}>
              {one.name}: {one.roles.map((role) => roles[role]).join(' · ')}
            </List.Item>
          ))}
        </List>
      </div>
      <form onSubmit={submit}>
        <Stack>
          {/* A password manager keeps the password under this login. */}
          <input type="hidden" name="username" autoComplete="username" value={link.login} />
          <TextInput
            label={t.name}
            description={t.nameHint}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="name"
            maxLength={100}
            required
          />
          <Radio.Group label={t.how} value={way} onChange={(value) => setWay(value === 'totp' ? 'totp' : 'passkey')}>
            <Stack gap="xs" mt="xs">
              <Radio value="passkey" label={t.byPasskey} description={t.passkeyHint} />
              <Radio value="totp" label={t.byTotp} />
            </Stack>
          </Radio.Group>
          {way === 'passkey' ? null : (
            <PasswordInput
              label={t.password}
              description={t.atLeast(link.minPassword)}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              autoComplete="new-password"
              visibilityToggleButtonProps={{ 'aria-label': s.showPassword }}
              minLength={link.minPassword}
              maxLength={1024}
              required
            />
          )}
          {task.view}
          <Button type="submit" loading={task.isBusy} fullWidth>
            {way === 'passkey' ? t.make : t.next}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}

interface ScanProps extends JoinProps {
  readonly binding: Binding;
}

function Scan({ token, binding, onDone }: ScanProps) {
  const t = useWords(JOIN);
  const api = useApi();
  const task = useTask(t.dismissed);
  const [code, setCode] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void task
      .run(async () => {
        await api.send('POST', `/v1/operator/join/bindings/${binding.id}/confirm`, { token, output: code });
        onDone();
      })
      .then(() => setCode(''));
  };
  return (
    <Door title={t.scan}>
      <Text size="sm">{t.scanHint}</Text>
      <Image src={binding.qr} alt={t.qr} w={220} h={220} mx="auto" bg="white" p="xs" radius="sm" />
      <div>
        <Text size="sm">{t.key}</Text>
        <Code block className="digits">
          {binding.key}
        </Code>
      </div>
      <form onSubmit={submit}>
        <Stack>
          <CodeField label={t.code} value={code} onChange={setCode} />
          {task.view}
          <Button type="submit" loading={task.isBusy} fullWidth>
            {t.done}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
