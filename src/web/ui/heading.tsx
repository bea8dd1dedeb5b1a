// The heading of a step: it takes the focus when the step changes (page.ts), and its level fits where it stands.
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';

const Level = createContext<1 | 3>(1);

/** Inside a dialog, whose title is a second-level heading, steps are third. */
export const InDialog = ({ children }: { children: ComponentChildren }) => (
  <Level.Provider value={3}>{children}</Level.Provider>
);

export function StepHeading({ children }: { children: ComponentChildren }) {
  const Tag = useContext(Level) === 1 ? 'h1' : 'h3';
  return (
    <Tag data-step-heading tabIndex={-1}>
      {children}
    </Tag>
  );
}
