// What a page of several steps owes people: a title per step, and the focus where the new step begins.
import { useEffect, useRef } from 'preact/hooks';

/**
 * Moves the focus whenever `step` changes: into the field of a code, else to the step's heading. When the page opens the focus stays where
 * it is, except with `atOnce`: a part that was fetched for a step begins one.
 */
export function useStepFocus(step: string, atOnce = false): void {
  const before = useRef<string | undefined>(atOnce ? undefined : step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    // What lies under a dialog takes no focus.
    const here: ParentNode = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
    const start =
      here.querySelector<HTMLElement>('input[name=code]') ?? here.querySelector<HTMLElement>('[data-step-heading]');
    start?.focus();
    scrollTo({ top: 0 });
  }, [step]);
}

/** The document's title: what this is, then whose. */
export function useTitle(...parts: readonly string[]): void {
  const title = parts.filter((part) => part !== '').join(' · ');
  useEffect(() => {
    if (title !== '') document.title = title;
  }, [title]);
}
