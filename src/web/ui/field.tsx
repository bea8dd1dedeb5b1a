// Text fields with their label, hint and error tied together for those who hear the page.
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { IconButton } from './button.tsx';

export interface FieldProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  error?: string | undefined;
  hint?: string | undefined;
  after?: ComponentChildren;
  class?: string;
  type?: 'text' | 'password' | 'email' | 'date';
  /** What a password manager knows the field by. */
  name?: string;
  inputMode?: 'text' | 'numeric' | 'email' | undefined;
  autocomplete?: 'username' | 'current-password' | 'one-time-code' | 'email' | 'off';
  autocapitalize?: 'none' | 'characters';
  pattern?: string | undefined;
  maxLength?: number;
  min?: string;
  list?: string;
  spellcheck?: boolean;
  required?: boolean;
  readOnly?: boolean;
  inputRef?: (input: HTMLInputElement | null) => void;
  /** The focus left the field. */
  onLeave?: () => void;
}

export function Field({
  label,
  value,
  onValue,
  error,
  hint,
  after,
  inputRef,
  onLeave,
  type = 'text',
  ...input
}: FieldProps) {
  const id = useId();
  const said = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(Boolean);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-row">
        <input
          {...input}
          // Preact's types want each type of input apart; the attributes used here belong to all of ours.
          {...({ type } as { type: 'text' })}
          {...(inputRef === undefined ? {} : { ref: inputRef })}
          id={id}
          value={value}
          aria-invalid={error === undefined ? undefined : 'true'}
          aria-describedby={said.length === 0 ? undefined : said.join(' ')}
          onInput={(event) => onValue(event.currentTarget.value)}
          onBlur={() => onLeave?.()}
        />
        {after}
      </div>
      {hint === undefined ? null : (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** A password, shown as dots until its owner asks to see it. Paste and password managers work. */
export function PasswordField(props: Omit<FieldProps, 'type' | 'after'>) {
  const w = useSay(COMMON);
  const [shown, show] = useState(false);
  return (
    <Field
      spellcheck={false}
      autocapitalize="none"
      {...props}
      type={shown ? 'text' : 'password'}
      after={<IconButton icon="eye" label={w(shown ? 'hidePassword' : 'showPassword')} onClick={() => show(!shown)} />}
    />
  );
}
