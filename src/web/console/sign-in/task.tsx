// Something that is done step by step and may be refused on the way: busy meanwhile, and what went wrong shown after.
import { Alert } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Failed } from '../parts/states.tsx';

/** The person dismissed the browser's question, or it cannot be asked. */
class Dismissed extends Error {}

export interface Task {
  readonly isBusy: boolean;
  /** What went wrong; null when nothing did. */
  readonly view: ReactNode;
  readonly run: (work: () => Promise<void>) => Promise<void>;
  /** Asks the browser for a passkey: a dismissal is told as such, not as a fault. */
  readonly ask: <T>(question: () => Promise<T>) => Promise<T>;
}

export function useTask(dismissed: string): Task {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const view =
    error === null ? null : error instanceof Dismissed ? (
      <Alert color="yellow" variant="light" role="alert">
        {dismissed}
      </Alert>
    ) : (
      <Failed error={error} isPage={false} />
    );
  return {
    isBusy,
    view,
    async run(work) {
      setBusy(true);
      setError(null);
      try {
        await work();
      } catch (thrown) {
        setError(thrown);
      } finally {
        setBusy(false);
      }
    },
    async ask(question) {
      try {
        return await question();
      } catch {
        throw new Dismissed();
      }
    },
  };
}
