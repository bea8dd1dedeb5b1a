// Dialogs above dialogs: Escape is for the topmost alone, what is half filled in is not lost without a question, and who closes one is back where they were.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useUnsaved } from '../server/unsaved.ts';
import { COMMON } from './common.ts';
import { useWords } from './words.tsx';

/** Above the frame, below the lists that open inside a dialog. */
const LOWEST = 200;
const layers: { readonly close: () => void }[] = [];

addEventListener(
  'keydown',
  (event) => {
    // An input method's own Escape, and that of a list which is open inside the dialog, are not for the dialog.
    const { target } = event;
    const isInner = target instanceof Element && target.getAttribute('data-mantine-stop-propagation') === 'true';
    if (event.key === 'Escape' && !event.isComposing && !isInner) layers.at(-1)?.close();
  },
  { capture: true },
);

/** Back to where the focus was; where that is gone, to the dialog below or the name of the page. Who went on already stays there. */
function goBack(to: Element | null): void {
  const closing = document.activeElement;
  setTimeout(() => {
    const now = document.activeElement;
    if (now !== null && now !== document.body && now !== closing) return;
    const below = [...document.querySelectorAll('[role="dialog"]')].filter((one) => !one.contains(closing)).at(-1);
    const home = below?.querySelector('[data-autofocus], button') ?? document.querySelector('main h1');
    for (const one of [to, home]) {
      if (!(one instanceof HTMLElement) || one === document.body) continue;
      one.focus({ preventScroll: true });
      if (document.activeElement === one) return;
    }
  }, 10);
}

/**
 * What every Modal and Drawer is opened with: `<Modal {...useLayer(opened, onClose)}>`. With `isDirty` something is half filled in: closing it by Escape or
 * its cross asks first; `form` as in useUnsaved.
 */
export function useLayer(
  opened: boolean,
  onClose: () => void,
  isDirty = false,
  form?: { readonly name: string; readonly value: unknown },
) {
  const t = useWords(COMMON);
  const { losing } = useUnsaved(opened && isDirty, form);
  const close = (): void => losing(onClose);
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  // What is asked last is seen, wherever it stands among the page's elements.
  const [zIndex, setZIndex] = useState(LOWEST);
  useLayoutEffect(() => {
    if (!opened) return undefined;
    const before = document.activeElement;
    const layer = { close: () => latest.current() };
    setZIndex(LOWEST + layers.push(layer));
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      goBack(before);
    };
  }, [opened]);
  return {
    opened,
    onClose: close,
    zIndex,
    closeOnEscape: false,
    returnFocus: false,
    closeButtonProps: { 'aria-label': t.close },
  } as const;
}
