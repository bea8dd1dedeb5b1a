// Clocks for countdowns. They tick a few times a second and only while something on the page needs them.
import { useEffect, useState } from 'preact/hooks';
import { serverNow } from '../api/clock.ts';

/** The server's time in milliseconds, renewed every `everyMs` while `running`. */
export function useNow(running: boolean, everyMs = 250): number {
  const [now, set] = useState(serverNow);
  useEffect(() => {
    if (!running) return;
    set(serverNow());
    const timer = setInterval(() => set(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [running, everyMs]);
  return now;
}

/** Whole seconds until a time (milliseconds, or null for none); 0 once it is past. */
export function useSecondsUntil(at: number | null): number {
  const [past, setPast] = useState(at === null || at <= serverNow());
  useEffect(() => setPast(at === null || at <= serverNow()), [at]);
  const now = useNow(!past);
  // While nothing ticks `now` is old: a time that came just now is judged by the clock itself.
  const left = at === null ? 0 : Math.max(0, Math.ceil((at - (past ? serverNow() : now)) / 1000));
  useEffect(() => {
    if (!past && left === 0) setPast(true);
  }, [past, left]);
  return left;
}
