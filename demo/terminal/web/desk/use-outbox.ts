// Keeps the demo's outbox fresh: one question every two seconds while the page is visible, none while it is not.
import { useEffect, useState } from 'preact/hooks';
import type { Message } from './bubble.tsx';

const everyMs = 2000;

interface Outbox {
  /** Null until the first answer. Newest first. */
  readonly messages: readonly Message[] | null;
  /** The latest message that came while the page was open. */
  readonly newest: Message | null;
  readonly isLost: boolean;
  /** When we last looked, for "12 seconds ago". */
  readonly now: number;
}

export function useOutbox(): Outbox {
  const [outbox, setOutbox] = useState<Outbox>({ messages: null, newest: null, isLost: false, now: Date.now() });

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        const messages = await read(stop.signal);
        if (stop.signal.aborted) return;
        setOutbox((before) => next(before, messages));
      }
      clearTimeout(timer);
      timer = setTimeout(() => void look(), everyMs);
    };
    const onVisible = () => void (document.visibilityState === 'visible' && look());
    document.addEventListener('visibilitychange', onVisible);
    void look();
    return () => {
      stop.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, []);
  return outbox;
}

/** The messages, or null when the demo did not answer. */
async function read(signal: AbortSignal): Promise<readonly Message[] | null> {
  try {
    const reply = await fetch('/demo/outbox.json', { cache: 'no-store', signal });
    return reply.ok ? ((await reply.json()) as Message[]) : null;
  } catch {
    return null;
  }
}

function next(before: Outbox, messages: readonly Message[] | null): Outbox {
  const now = Date.now();
  if (messages === null) return { ...before, isLost: true, now };
  // Unchanged messages keep their identity, so nothing is drawn or announced again.
  const same = before.messages?.length === messages.length && before.messages[0]?.at === messages[0]?.at;
  if (same) return { ...before, isLost: false, now };
  const newest = before.messages === null ? null : (messages[0] ?? null);
  return { messages, newest, isLost: false, now };
}
