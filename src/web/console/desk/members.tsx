// What an action is about: which method, phone, browser or app password; what changes with a new person; how long a temporary code lasts.
import { NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
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
  /** What was asked for before, as it is told. */
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly action: Action;
  readonly options: DeskOptions;
  readonly value: Members;
  readonly onChange: (members: Members) => void;
}

export function MembersForm({ action, options, value, before, onChange }: MembersFormProps) {
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
      {...(typeof before?.[key] === 'string' && before[key].includes('*') ? { description: t.again(before[key]) } : {})}
      autoComplete="off"
      value={value[key] ?? ''}
      onChange={({ currentTarget }) => without(key, currentTarget.value)}
    />
  );
  // As the account has it: nothing is said of it.
  const kdf = (chosen: string): void => without('kdf', chosen === options.pin?.kdf ? '' : chosen);
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
    case 'reset-pin':
      return options.pin === undefined ? null : (
        <Stack gap="xs">
          <NativeSelect
            label={t.kdf}
            description={t.kdfHint}
            data={[
              { value: 'argon2id', label: t.argon2id },
              // What the account has is never taken away by a policy that would not give it any more.
              ...(options.pin.mayFallback || options.pin.kdf === 'pbkdf2-sha256'
                ? [{ value: 'pbkdf2-sha256', label: t['pbkdf2-sha256'] }]
                : []),
            ]}
            value={value.kdf ?? options.pin.kdf}
            onChange={({ currentTarget }) => kdf(currentTarget.value)}
          />
          {(value.kdf ?? options.pin.kdf) === 'pbkdf2-sha256' ? <Text size="sm">{t.kdfWeaker}</Text> : null}
        </Stack>
      );
    default:
      return null;
  }
}

/** What a case was asked with. Contacts are told masked: they are typed again, or stay out of the next revision. */
export function membersOf(input: Readonly<Record<string, unknown>>): Members {
  const { phone, email: _, ...rest } = input;
  return { ...rest, ...(typeof phone === 'string' && phone.startsWith('phn_') ? { phone } : {}) } as Members;
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
      return { path: `${base}/pin-reset`, body: rest };
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
