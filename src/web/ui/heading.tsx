// The heading of a step: it takes the focus when the step changes (page.ts), and its level fits where it stands.
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** The title of the dialog around it; null on a page. */
const Around = createContext<string | null>(null);

/** Inside a dialog, whose title is a second-level heading, steps are third; one that says the same as the title is only heard. */
export const InDialog = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <Around.Provider value={title}>{children}</Around.Provider>
);

export function StepHeading({ children }: { children: string }) {
  const around = useContext(Around);
  const Tag = around === null ? 'h1' : 'h3';
  return (
    <Tag data-step-heading tabIndex={-1} class={children === around ? 'unseen' : undefined}>
      {children}
    </Tag>
  );
}
