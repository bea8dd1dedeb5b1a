// A field for a code of six digits: numbers on phones, filled by password managers.
import { TextInput } from '@mantine/core';

interface CodeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function CodeField({ label, value, onChange }: CodeFieldProps) {
  return (
    <TextInput
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="one-time-code"
      inputMode="numeric"
      maxLength={12}
      data-autofocus
      autoFocus
      required
    />
  );
}
