// Brings the accounts of before the index into it, in small batches with room for requests between them. Each batch moves its cursor in the commit
// that writes its words: a kill or a second node leaves nothing out. Accounts of after it are indexed by the commit that writes them.
import type { SearchStore } from '../core/search/store.ts';

const BATCH = 200;
/** Of its own time, how often over it rests. */
const RESTS = 4;

/** Indexes what is left; with `isStopped` at a fifth of the process's time, and no longer than until that is true. */
export async function indexAccounts(search: Pick<SearchStore, 'index'>, isStopped?: () => boolean): Promise<number> {
  let looked = 0;
  for (;;) {
    const began = performance.now();
    const n = await search.index(BATCH);
    if (n === 0) return looked;
    looked += n;
    const took = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, isStopped === undefined ? 0 : Math.min(1000, took * RESTS)));
    if (isStopped?.() === true) return looked;
  }
}
