// Signing in, before anything else is shown: login and password, then a code or a passkey; or a passkey alone.
import { Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { askPasskey } from '../../authenticators/passkey-browser.ts';
import { useWords } from '../parts/words.tsx';
import { useApi } from '../server/calls.tsx';
import { CodeField } from './code-field.tsx';
import { Door } from './door.tsx';
import { useTask } from './task.tsx';
import { SIGN_IN } from './words.ts';

export interface SignInProps {
  readonly onDone: () => void;
}

type Method = 'totp' | 'passkey';

export function SignIn({ onDone }: SignInProps) {
  const [methods, setMethods] = useState<readonly Method[] | null>(null);
  return methods === null ? (
    <First onDone={onDone} onSecond={setMethods} />
  ) : (
    <Second methods={methods} onDone={onDone} onBack={() => setMethods(null)} />
  );
}

interface FirstProps extends SignInProps {
  readonly onSecond: (methods: readonly Method[]) => void;
}

function First({ onDone, onSecond }: FirstProps) {
  const t = useWords(SIGN_IN);
  const api = useApi();
  const task = useTask(t.dismissed);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [isMissing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void task.run(async () => {
      const next = await api.send<{ methods: readonly Method[] }>('POST', '/v1/operator/login', { login, password });
      onSecond(next.methods);
    });
  };
  const byPasskey = (): void => {
    if (login.trim() === '') {
      setMissing(true);
      field.current?.focus();
      return;
    }
    void task.run(async () => {
      const asked = await api.send<{ passkey: Record<string, unknown> }>('POST', '/v1/operator/passkey/options', {
        login,
      });
      const passkey = await task.ask(() => askPasskey(asked.passkey));
      await api.send('POST', '/v1/operator/passkey/verify', { passkey });
      onDone();
    });
  };
  return (
    <Door title={t.title}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            ref={field}
            label={t.login}
            value={login}
            onChange={(event) => {
              setLogin(event.currentTarget.value);
              setMissing(false);
            }}
            error={isMissing ? t.loginFirst : null}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
            required
          />
          <PasswordInput
            label={t.password}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t.showPassword }}
            maxLength={1024}
            required
          />
          {task.view}
          <Button type="submit" loading={task.isBusy} fullWidth>
            {t.next}
          </Button>
        </Stack>
      </form>
      <Divider label={t.or} />
      <Button variant="default" fullWidth disabled={task.isBusy} onClick={byPasskey}>
        {t.byPasskey}
      </Button>
      <Text size="sm" c="dimmed">
        {t.lost}
      </Text>
    </Door>
  );
}

interface SecondProps extends SignInProps {
  readonly methods: readonly Method[];
  readonly onBack: () => void;
}

function Second({ methods, onDone, onBack }: SecondProps) {
  const t = useWords(SIGN_IN);
  const api = useApi();
  const task = useTask(t.dismissed);
  const [code, setCode] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void task
      .run(async () => {
        await api.send('POST', '/v1/operator/login/totp', { code });
        onDone();
      })
      .then(() => setCode(''));
  };
  const byPasskey = (): void =>
    void task.run(async () => {
      const asked = await api.send<{ passkey: Record<string, unknown> }>('POST', '/v1/operator/login/passkey/options');
      const passkey = await task.ask(() => askPasskey(asked.passkey));
      await api.send('POST', '/v1/operator/login/passkey', { passkey });
      onDone();
    });
  return (
    <Door title={t.second}>
      {methods.includes('totp') ? (
        <form onSubmit={submit}>
          <Stack>
            <CodeField label={t.code} value={code} onChange={setCode} />
            {task.view}
            <Button type="submit" loading={task.isBusy} fullWidth>
              {t.signIn}
            </Button>
          </Stack>
        </form>
      ) : (
        task.view
      )}
      {methods.includes('passkey') ? (
        <Button
          variant={methods.includes('totp') ? 'default' : 'filled'}
          fullWidth
          disabled={task.isBusy}
          onClick={byPasskey}
        >
          {t.byPasskey}
        </Button>
      ) : null}
      <Button variant="subtle" fullWidth onClick={onBack}>
        {t.back}
      </Button>
    </Door>
  );
}
