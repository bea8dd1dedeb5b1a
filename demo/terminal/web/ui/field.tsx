// Text fields with their label, hint and error tied together for those who hear the page.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Props {
  label: string;
  value: string;
  onValue: (value: string) => void;
  error?: string | undefined;
  after?: ComponentChildren;
  class?: string;
  /** Shown as dots: a password. */
  masked?: boolean;
  inputMode?: 'text' | 'numeric' | 'decimal';
  autocomplete?: 'username' | 'current-password' | 'one-time-code' | 'off';
  autocapitalize?: 'characters';
  pattern?: string;
  maxLength?: number;
  spellcheck?: boolean;
  required?: boolean;
}

export function Field({ label, value, onValue, error, after, masked = false, ...input }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-row">
        <input
          {...input}
          {...(masked ? { type: 'password' as const } : { type: 'text' as const })}
          id={id}
          value={value}
          aria-invalid={error === undefined ? undefined : 'true'}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        {after}
      </div>
      {error === undefined ? null : (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** Digits as people type, paste or dictate them: full-width, spaced, dashed; at most `length` stay. */
export const digitsOf = (typed: string, length: number): string =>
  typed.normalize('NFKC').replace(/\D/g, '').slice(0, length);

interface CodeProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  error?: string | undefined;
  length?: number;
}

/** One field for the whole code, so that paste, autofill and screen readers work (WCAG 2.2, 3.3.8). */
export function CodeField({ label, value, onValue, error, length = 6 }: CodeProps) {
  return (
    <Field
      class="code-input"
      label={label}
      value={value}
      onValue={(typed) => onValue(digitsOf(typed, length))}
      error={error}
      inputMode="numeric"
      autocomplete="one-time-code"
      spellcheck={false}
      maxLength={length * 2}
      required
    />
  );
}
