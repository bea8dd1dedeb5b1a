// One field for the whole code, so that paste, autofill and screen readers work (WCAG 2.2, 3.3.8); shown in two groups.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { caretAfter, digitsOf, grouped } from './digits.ts';
import { Field } from './field.tsx';

interface Props {
  /** Digits only. */
  value: string;
  onValue: (digits: string) => void;
  length?: number;
  label?: string | undefined;
  error?: string | undefined;
  hint?: string | undefined;
}

export function CodeField({ value, onValue, length = 6, label, error, hint }: Props) {
  const w = useSay(COMMON);
  const input = useRef<HTMLInputElement | null>(null);
  const before = useRef<number | null>(null);
  const shown = grouped(value, length);
  useLayoutEffect(() => {
    const field = input.current;
    if (field === null || before.current === null) return;
    // What was typed may be shown unchanged (a letter was dropped): then the field still holds it.
    field.value = shown;
    const caret = caretAfter(shown, before.current);
    field.setSelectionRange(caret, caret);
    before.current = null;
  });
  return (
    <Field
      class="code-input"
      label={label ?? w('codeLabel', { n: length })}
      value={shown}
      onValue={(typed) => {
        const at = input.current?.selectionStart ?? typed.length;
        before.current = Math.min(digitsOf(typed.slice(0, at), 99).length, length);
        onValue(digitsOf(typed, length));
      }}
      error={error}
      hint={hint}
      name="code"
      inputMode="numeric"
      autocomplete="one-time-code"
      spellcheck={false}
      maxLength={32}
      inputRef={(found) => {
        input.current = found;
      }}
    />
  );
}
