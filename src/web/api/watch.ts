// Waiting for news: a stream of server-sent events, read with fetch because EventSource cannot send our headers; a long poll wherever
// the stream does not come through (proxies that hold replies back).
import { type CallerOptions, Refused, send } from './http.ts';

export interface Watch<T> {
  /** The address of the stream; each event's data is one T as JSON. Absent: there is none. */
  readonly events?: string;
  /** One long poll: resolves with the current T after a change, or when its time is up. */
  readonly poll: (signal: AbortSignal) => Promise<T>;
  readonly onValue: (value: T) => void;
  /** A refusal ends the watch; a lost connection does not. */
  readonly onRefused: (error: Refused) => void;
}

/** Calls back with every news until the returned function is called. At most one request is open at a time. */
export function watch<T>(options: CallerOptions, { events, poll, onValue, onRefused }: Watch<T>): () => void {
  const stop = new AbortController();
  const rounds = async (): Promise<void> => {
    let streams = events !== undefined;
    for (let failures = 0; !stop.signal.aborted; ) {
      try {
        if (streams && events !== undefined) streams = await follow(options, events, onValue, stop.signal);
        else onValue(await poll(stop.signal));
        failures = 0;
      } catch (error) {
        if (stop.signal.aborted) return;
        if (error instanceof Refused && error.problem.status < 500) {
          onRefused(error);
          return;
        }
        // A stream that broke is replaced by polling, which says by itself when the connection is gone.
        streams = false;
        failures += 1;
        await pause(Math.min(500 * 2 ** failures, 10_000), stop.signal);
      }
    }
  };
  void rounds();
  return () => stop.abort();
}

/** True when a stream came and ended in order; false when the server has none here. */
async function follow<T>(
  options: CallerOptions,
  path: string,
  onValue: (value: T) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const response = await send(options, 'GET', path, undefined, signal, 'text/event-stream');
  if (!response.ok || response.body === null || !isStream(response)) {
    await response.body?.cancel();
    return false;
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parser = eventParser((data) => onValue(JSON.parse(data) as T));
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) parser(chunk.value);
  return true;
}

const isStream = (response: Response): boolean =>
  response.headers.get('content-type')?.startsWith('text/event-stream') === true;

/** Takes the text of a stream in pieces as they come, and calls back with the data of each whole event. */
export function eventParser(onData: (data: string) => void): (chunk: string) => void {
  let rest = '';
  let data: string[] = [];
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const ended of lines) {
      const line = ended.endsWith('\r') ? ended.slice(0, -1) : ended;
      if (line.startsWith('data:')) data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
      else if (line === '' && data.length > 0) {
        onData(data.join('\n'));
        data = [];
      }
    }
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
