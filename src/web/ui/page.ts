// What a page of several steps owes people who hear it: a title per step, and the focus on the new step's heading.
import { useEffect, useRef } from 'preact/hooks';

/** Moves the focus to the element marked `data-step-heading` whenever `step` changes, but not when the page opens. */
export function useStepFocus(step: string): void {
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    document.querySelector<HTMLElement>('[data-step-heading]')?.focus();
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
