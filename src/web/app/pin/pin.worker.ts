// Where PIN, M, mask and K live, for the seconds they are needed. One worker serves one PIN entry: it is told where M
// comes from, does what it is asked, and ends with its memory.
import { wipe } from './bytes.ts';
import { warm } from './stretch.ts';
import { type Act, open, perform, type Source } from './work.ts';

/** What the page sends: `warm` to get ready, which is answered, then `open`, then acts, then `end`. */
export type Order =
  | { readonly warm: true }
  | { readonly open: Source }
  | { readonly act: Act; readonly number: number }
  | { readonly end: true };

let m: ReturnType<typeof open> | undefined;

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  if ('warm' in data)
    warm().then(
      () => postMessage({}),
      () => postMessage({}),
    );
  else if ('open' in data) {
    m = open(data.open);
    // Told with the first act, not as an unhandled rejection.
    m.catch(() => undefined);
  } else if ('end' in data) {
    const done = (): void => close();
    if (m === undefined) done();
    else m.then((bytes) => wipe(bytes)).then(done, done);
  } else {
    const { act, number } = data;
    const work =
      m === undefined ? Promise.reject(new Error('nothing is open')) : m.then((bytes) => perform(bytes, act));
    work.then(
      // Handed over, not copied: the page wipes the only tag there is.
      (done) => postMessage({ number, done }, { transfer: done.tag === undefined ? [] : [done.tag.buffer] }),
      () => postMessage({ number }),
    );
  }
});
