// What an action is about: which method, phone, browser or app password; what changes with a new person; how long a temporary code lasts.
import { NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useWords } from '../parts/words.tsx';
import { useMethodName } from './shown.tsx';
import type { Action, DeskOptions, Members } from './types.ts';
import { DESK } from './words.ts';

/** What an action begins with. */
export function initial(action: Action, options: DeskOptions): Members {
  switch (action) {
    case 'revoke-phone':
      return { phone: options.phones[0]?.id ?? '' };
    case 'bypass':
      return { hours: Math.min(4, options.bypass.hours), uses: 1 };
    default:
      return {};
  }
}

interface MembersFormProps {
  readonly action: Action;
  readonly options: DeskOptions;
  readonly value: Members;
  readonly onChange: (members: Members) => void;
}

export function MembersForm({ action, options, value, onChange }: MembersFormProps) {
  const t = useWords(DESK);
  const nameOf = useMethodName();
  const all = { value: '', label: t.all };
  const without = (key: keyof Members, chosen: string): void => {
    const { [key]: _, ...rest } = value;
    onChange(chosen === '' ? rest : { ...rest, [key]: chosen });
  };
  const of = (items: readonly { id: string; name: string }[]) =>
    items.map(({ id, name }) => ({ value: id, label: name === '' ? id : name }));
  const select = (key: keyof Members, data: { value: string; label: string }[], label = t.target) => (
    <NativeSelect
      label={label}
      data={data}
      value={String(value[key] ?? '')}
      onChange={({ currentTarget }) => without(key, currentTarget.value)}
    />
  );
  const text = (key: 'name' | 'email' | 'phone', label: string, type: string) => (
    <TextInput
      label={label}
      type={type}
      autoComplete="off"
      value={value[key] ?? ''}
      onChange={({ currentTarget }) => without(key, currentTarget.value)}
    />
  );
  switch (action) {
    case 'unbind':
      return select('authenticator', [
        all,
        ...options.methods.map((m) => ({ value: m.id, label: `${nameOf(m.type)} ${m.hint}`.trim() })),
      ]);
    case 'revoke-phone':
      return select('phone', of(options.phones));
    case 'revoke-trust':
      return select('id', [all, ...of(options.trustedDevices)]);
    case 'revoke-app-password':
      return select('id', [all, ...of(options.appPasswords)]);
    case 'register':
      return select(
        'mode',
        [
          { value: '', label: t.modePolicy },
          { value: 'add', label: t.add },
          { value: 'replace', label: t.replace },
          { value: 'replace-at-once', label: t['replace-at-once'] },
        ],
        t.mode,
      );
    case 'change-person':
      return (
        <Stack gap="xs">
          {text('name', t.name, 'text')}
          {text('email', t.email, 'email')}
          {text('phone', t.phone, 'tel')}
        </Stack>
      );
    case 'bypass':
      return (
        <Stack gap="xs">
          <NumberInput
            label={t.hours}
            min={1}
            max={options.bypass.hours}
            allowDecimal={false}
            value={value.hours ?? 1}
            onChange={(hours) => onChange({ ...value, hours: Number(hours) })}
          />
          <NumberInput
            label={t.uses}
            min={1}
            max={options.bypass.uses}
            allowDecimal={false}
            value={value.uses ?? 1}
            onChange={(uses) => onChange({ ...value, uses: Number(uses) })}
          />
        </Stack>
      );
    default:
      return null;
  }
}

/** Where an action is sent, and with what. */
export function requestOf(account: string, action: Action, members: Members): { path: string; body: object } {
  const base = `/v1/console/accounts/${encodeURIComponent(account)}`;
  const { phone, id, ...rest } = members;
  switch (action) {
    case 'unlock':
      return { path: `${base}/unlock`, body: {} };
    case 'unbind':
      return { path: `${base}/unbind`, body: rest };
    case 'register':
      return { path: `${base}/registration`, body: rest };
    case 'reset-pin':
      return { path: `${base}/pin-reset`, body: {} };
    case 'change-person':
      return { path: `${base}/authorised-person`, body: phone === undefined ? rest : { ...rest, phone } };
    case 'revoke-phone':
      return { path: `${base}/phones/${encodeURIComponent(phone ?? '')}/revoke`, body: {} };
    case 'revoke-trust':
      return { path: `${base}/trusted-devices/${encodeURIComponent(id ?? 'all')}/revoke`, body: {} };
    case 'revoke-app-password':
      return { path: `${base}/revoke-app-passwords`, body: id === undefined ? {} : { appPassword: id } };
    case 'bypass':
      return { path: `${base}/bypass`, body: rest };
  }
}
