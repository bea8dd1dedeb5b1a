// The form every typed code goes through: the field, what was refused, the button with its waiting time.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ProblemView } from '../api/http.ts';
import { useTenant } from '../api/tenant.tsx';
import { Button } from '../ui/button.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { Problem } from '../ui/problem.tsx';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { VERIFY } from '../words/verify.ts';
import { useVerify } from './use-verify.ts';

interface Props<T> {
  present: (code: string) => Promise<T>;
  onDone: (value: T) => void;
  onEnded: (problem: ProblemView) => void;
  digits?: number;
  /** What to check when codes fail again and again. */
  missHint?: string | undefined;
  /** The words on the button. */
  button?: string;
  children?: ComponentChildren;
}

export function CodeForm<T>({ present, onDone, onEnded, digits = 6, missHint, button, children }: Props<T>) {
  const c = useSay(COMMON);
  const w = useSay(VERIFY);
  const { contact } = useTenant();
  const [code, setCode] = useState('');
  const [empty, setEmpty] = useState(false);
  const check = useVerify(onDone, onEnded);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const short = code.length < digits;
    setEmpty(short);
    if (short || check.wait > 0) return;
    const isAnswered = await check.run(() => present(code));
    // What nobody received is still there to be sent again.
    if (isAnswered) setCode('');
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
      <CodeField
        length={digits}
        value={code}
        onValue={(value) => {
          setCode(value);
          setEmpty(false);
          if (value !== '') check.clear();
        }}
        error={empty ? c('codeEmpty', { n: digits }) : undefined}
      />
      {children}
      {check.problem === null ? null : <Problem problem={check.problem} contact={contact} />}
      {check.misses >= 2 && missHint !== undefined ? <p class="soft small">{missHint}</p> : null}
      <Button look="main" type="submit" wide busy={check.busy} disabled={check.wait > 0}>
        {check.busy ? w('verifying') : check.wait > 0 ? w('waitButton', { left: check.wait }) : (button ?? w('verify'))}
      </Button>
    </form>
  );
}
