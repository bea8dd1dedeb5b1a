// A modal dialog: the browser's own, which makes the rest inert, keeps the focus inside and gives it back at the end. Escape closes it.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { IconButton } from './button.tsx';

interface Props {
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: ComponentChildren;
}

export function Dialog({ title, onClose, wide = false, children }: Props) {
  const w = useSay(COMMON);
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const isOver = useRef(false);
  useEffect(() => {
    isOver.current = false;
    const box = dialog.current;
    const before = document.activeElement;
    box?.showModal();
    heading.current?.focus();
    return () => {
      isOver.current = true;
      box?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      class={wide ? 'dialog wide' : 'dialog'}
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // Escape pressed twice closes it whatever is said: shown again until whoever opened it takes it off the page.
      onClose={() => {
        if (isOver.current) return;
        dialog.current?.showModal();
        onClose();
      }}
    >
      <header>
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <IconButton icon="close" label={w('close')} onClick={onClose} />
      </header>
      <div class="dialog-body stack">{children}</div>
    </dialog>
  );
}
