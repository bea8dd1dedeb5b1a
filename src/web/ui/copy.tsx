// Something to carry over by hand: shown in full, selectable, with a button that copies it.
import { useEffect, useId, useState } from 'preact/hooks';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { Button } from './button.tsx';

interface Props {
  label: string;
  text: string;
  /** What is copied, when that is not what is shown: a key without its spaces. */
  copies?: string;
  /** What the button copies, for those who hear the page; begins with "copy". */
  button?: string;
  /** Long text without spaces breaks anywhere; a big one is read from across the desk. */
  look?: 'long' | 'big';
}

export function CopyText({ label, text, copies = text, button, look }: Props) {
  const w = useSay(COMMON);
  const id = useId();
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state !== 'copied') return;
    const timer = setTimeout(() => setState('idle'), 4000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = (): void => {
    // Absent outside secure contexts: then the person selects the text, which is on the page in full.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard === undefined) setState('failed');
    else
      clipboard.writeText(copies).then(
        () => setState('copied'),
        () => setState('failed'),
      );
  };
  return (
    <div class="copy">
      <span class="copy-label" id={id}>
        {label}
      </span>
      <code
        class={look === undefined ? 'copy-text' : `copy-text ${look}`}
        aria-labelledby={id}
        tabIndex={0}
        role="textbox"
        aria-readonly="true"
      >
        {text}
      </code>
      <Button icon={state === 'copied' ? 'check' : 'copy'} label={button ?? `${w('copy')} ${label}`} onClick={copy}>
        {w('copy')}
      </Button>
      <span class="copy-state" role="status">
        {state === 'copied' ? w('copied') : state === 'failed' ? w('copyFailed') : ''}
      </span>
    </div>
  );
}
