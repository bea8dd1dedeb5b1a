// Server-sent events (HTML standard §9.2): a value now, and again whenever it changed, until it is settled. Whoever reads too slowly or goes away
// ends the stream; a comment every so often keeps proxies from doing it.
import { Readable } from 'node:stream';
import type { Reply } from './replies.ts';

/** Seconds between looks when nothing wakes the stream. */
const LOOK_SECONDS = 15;
/** No stream is kept longer: the page opens another. */
const MOST_SECONDS = 900;

export interface Watched {
  readonly event: string;
  /** What the page is told; undefined once there is nothing left to watch. */
  readonly look: () => Promise<{ readonly data: unknown; readonly settled: boolean } | undefined>;
  /** Resolves when it may have changed, or after `ms`; to false when too many wait: then the stream ends, and the page asks again. */
  readonly woken: (ms: number) => Promise<boolean>;
}

/** A stream of the watched value as a reply. */
export function eventStream(watched: Watched): Reply {
  const body = Readable.from(events(watched), { objectMode: false, highWaterMark: 16_384 });
  // A page that went away is no fault of anybody's.
  body.on('error', () => {});
  return {
    status: 200,
    body,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
  };
}

async function* events({ event, look, woken }: Watched): AsyncGenerator<Buffer> {
  let told = '';
  for (let rounds = 0; rounds < MOST_SECONDS / LOOK_SECONDS || told === ''; rounds++) {
    const found = await look();
    if (found === undefined) return;
    const data = JSON.stringify(found.data);
    yield Buffer.from(data === told ? ': still here\n\n' : `event: ${event}\ndata: ${data}\n\n`, 'utf8');
    told = data;
    if (found.settled) return;
    if (!(await woken(LOOK_SECONDS * 1000))) return;
  }
}
