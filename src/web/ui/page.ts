// What a page of several steps owes people: a title per step, and the focus where the new step begins.
import { useEffect, useRef } from 'preact/hooks';

/** Moves the focus whenever `step` changes, but not when the page opens: into the field of a code, else to the step's heading. */
export function useStepFocus(step: string): void {
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    const start =
      document.querySelector<HTMLElement>('input[name=code]') ??
      document.querySelector<HTMLElement>('[data-step-heading]');
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
