// Something to carry over by hand: shown in full, selectable, with a button that copies it.
import { useEffect, useId, useState } from 'preact/hooks';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { Button, IconButton } from './button.tsx';

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

/** Copies `text`, and what came of it: "copied" for some seconds. */
function useCopy(text: string): { readonly isCopied: boolean; readonly said: string; readonly copy: () => void } {
  const w = useSay(COMMON);
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
      clipboard.writeText(text).then(
        () => setState('copied'),
        () => setState('failed'),
      );
  };
  const isCopied = state === 'copied';
  return { isCopied, said: isCopied ? w('copied') : state === 'failed' ? w('copyFailed') : '', copy };
}

/** A small button beside text that is on the page already. */
export function CopyIcon({ text, label }: { text: string; label: string }) {
  const { isCopied, said, copy } = useCopy(text);
  return (
    <>
      <IconButton icon={isCopied ? 'check' : 'copy'} label={label} onClick={copy} />
      <span class="unseen" role="status">
        {said}
      </span>
    </>
  );
}

export function CopyText({ label, text, copies = text, button, look }: Props) {
  const w = useSay(COMMON);
  const id = useId();
  const { isCopied, said, copy } = useCopy(copies);
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
      <Button icon={isCopied ? 'check' : 'copy'} label={button ?? `${w('copy')} ${label}`} onClick={copy}>
        {w('copy')}
      </Button>
      <span class="copy-state" role="status">
        {said}
      </span>
    </div>
  );
}
