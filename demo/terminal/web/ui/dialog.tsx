// A pop-up inside a client's window. The rest of that window is inert meanwhile (the client does that); the demo bar
// around it stays usable. Takes the focus when it opens and gives it back when it closes; Escape closes it.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';
import { IconButton } from './button.tsx';

interface Props {
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: ComponentChildren;
}

export function Dialog({ title, onClose, wide = false, children }: Props) {
  const w = useSay(TOTP);
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  // Remembered while rendering: once what lies under the dialog is inert, the browser has taken its focus away.
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) queueMicrotask(() => before.focus());
    };
  }, []);
  return (
    <div class="shade">
      <div
        class={wide ? 'dialog wide' : 'dialog'}
        role="dialog"
        aria-labelledby={id}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
      >
        <header>
          <h2 id={id} ref={heading} tabIndex={-1}>
            {title}
          </h2>
          <IconButton icon="close" label={w('close')} onClick={onClose} />
        </header>
        <div class="dialog-body">{children}</div>
      </div>
    </div>
  );
}
