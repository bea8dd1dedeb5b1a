// Start-up leaves behind memory that serving does not need: parsed modules, schemas being compiled. One thorough collection gives it back.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collects once, shrinking the heap to what is in use. Takes some tens of milliseconds; call it when idle, after start-up. */
export function trimMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'major'; flavor: 'last-resort' }) => void;
  collect({ type: 'major', flavor: 'last-resort' });
  setFlagsFromString('--no-expose-gc');
}
