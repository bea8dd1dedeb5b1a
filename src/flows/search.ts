// Finds customers for an operator (OP-1.1). Stage by stage, each a range of an index, until the page is full; what only several words in any order
// would find is looked for among the rows of its rarest word, for so long and no longer.
import { canonicalAccount } from '../core/account/account.ts';
import type { Caller, Ports } from '../core/ports.ts';
import { drivers, type FoundBy, isFirstPlace, matchesOf, mayHold, type Stage, stagesOf } from '../core/search/query.ts';
import type { Found, TermRow } from '../core/search/store.ts';
import type { TermKind } from '../core/search/terms.ts';

export interface SearchInput {
  readonly q: string;
  readonly in?: FoundBy | undefined;
  /** What the page before gave as `next`. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface SearchPage {
  readonly items: readonly (Found & { readonly by: FoundBy })[];
  readonly next: string | null;
  /** Accounts of before the index are still being added to it: some may not be found by name, phone or mail yet. */
  readonly isComplete: boolean;
}

/** Rows of one word that are looked at in one go, and in one search: a reader that blocks for milliseconds, never for longer. */
const SLICE = 1000;
const MOST_SLICES = 60;
/** Rows read at once where nearly all are shown. */
const LEAST = 25;
/** A word with this many rows is common, however many more there are. */
const COMMON = 3000;

/** Where a page ended: the stage, the word it went by, and the account last looked at, whose own words say where in the index that is. */
interface Place {
  readonly stage: number;
  readonly driver: number;
  readonly account: string;
  readonly match: number;
}

const START: Place = { stage: 0, driver: -1, account: '', match: 0 };
const textOf = (p: Place): string => `${p.stage}.${p.driver}.${p.match}.${p.account}`;
function placeOf(text: string | undefined): Place {
  const [, stage, driver, match, account] = /^(\d{1,2})\.(-?\d{1,3})\.(\d{1,3})\.([\w-]{0,64})$/.exec(text ?? '') ?? [];
  return account === undefined
    ? START
    : { stage: Number(stage), driver: Number(driver), match: Number(match), account };
}

/** One page of what an operator looks for. Only accounts of the caller's tenant are ever read (OPS-05). */
export async function searchAccounts(
  ports: Pick<Ports, 'search'>,
  caller: Pick<Caller, 'tenantId'>,
  input: SearchInput,
): Promise<SearchPage> {
  const stages = stagesOf(input.q, input.in);
  const items: (Found & { by: FoundBy })[] = [];
  let place = placeOf(input.after);
  let row: TermRow | undefined;
  let slices = MOST_SLICES;
  while (place.stage < stages.length && items.length < input.limit && slices > 0) {
    const found = await page(ports, caller.tenantId, stages, place, row, input.limit - items.length);
    items.push(...found.items.map((one) => ({ ...one, by: (stages[place.stage] as Stage).by })));
    slices--;
    row = found.row;
    place = found.next ?? { ...START, stage: place.stage + 1 };
    // Whoever else waits for the database goes first.
    if (found.next !== null) await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    items,
    next: place.stage < stages.length ? textOf(place) : null,
    isComplete: await ports.search.isComplete(),
  };
}

interface Part {
  readonly items: readonly Found[];
  /** Null at the end of the stage. */
  readonly next: Place | null;
  /** The row that was read last: a word left of a name that changed is no place that a cursor could name, and is not read twice. */
  readonly row?: TermRow | undefined;
}

async function page(
  { search }: Pick<Ports, 'search'>,
  tenantId: string,
  stages: readonly Stage[],
  place: Place,
  row: TermRow | undefined,
  limit: number,
): Promise<Part> {
  const stage = stages[place.stage] as Stage;
  const from =
    place.account === '' || row !== undefined
      ? undefined
      : (await search.accounts(tenantId, [place.account])).get(place.account);
  if (stage.by === 'account') {
    if (stage.exact) {
      const found = await search.number(tenantId, stage.prefix);
      return { items: found === undefined ? [] : [found], next: null };
    }
    const after = from === undefined ? null : canonicalAccount(from.account);
    const size = Math.max(limit, LEAST);
    const rows = await search.numbers(tenantId, stage.prefix, after, size);
    const fresh = rows.filter((one) => isFirstPlace(stages, place.stage, canonicalAccount(one.account), one));
    const items = fresh.slice(0, limit);
    const end = fresh.length > limit ? items.at(-1) : rows.at(-1);
    const isLast = end === undefined || (rows.length < size && fresh.length <= limit);
    return { items, next: isLast ? null : { ...START, stage: place.stage, account: end.id } };
  }
  const words = 'words' in stage ? drivers(stage.words) : [];
  const driver = 'words' in stage ? (place.driver >= 0 ? place.driver : await rarest(search, tenantId, words)) : -1;
  const prefix = 'prefix' in stage ? stage.prefix : (words[driver] ?? '');
  const term = from === undefined ? undefined : placesIn(stage, from, prefix)[place.match];
  const after: TermRow | null = row ?? (term === undefined || from === undefined ? null : { term, accountId: from.id });
  const size = 'words' in stage ? SLICE : Math.max(limit, LEAST);
  const rows = await search.terms(tenantId, stage.by, prefix, after, size);
  const likely = 'words' in stage ? rows.filter((one) => mayHold(one.term, stage.words)) : rows;
  const read = likely.slice(0, Math.max(limit, LEAST));
  const isAll = likely.length === read.length;
  const last = isAll ? rows.at(-1) : read.at(-1);
  if (last === undefined) return { items: [], next: null };
  const accounts = await search.accounts(tenantId, [...new Set([...read, last].map((one) => one.accountId))]);
  const found = read.filter((one) => {
    const account = accounts.get(one.accountId);
    const by = 'words' in stage ? prefix : undefined;
    return account !== undefined && isFirstPlace(stages, place.stage, one.term, account, by);
  });
  const shown = found.slice(0, limit);
  const items = shown.flatMap((one) => accounts.get(one.accountId) ?? []);
  const end = found.length > limit ? (shown.at(-1) ?? last) : last;
  if (end === last && isAll && rows.length < size) return { items, next: null };
  const matchOf = (one: TermRow): number => {
    const account = accounts.get(one.accountId);
    return account === undefined ? -1 : placesIn(stage, account, prefix).indexOf(one.term);
  };
  // Whoever is shown is at a place of theirs: so this is never before the last of them.
  const at = (end === last ? [...read, last] : [end]).findLast((one) => matchOf(one) >= 0);
  const next =
    at === undefined ? { ...place, driver } : { stage: place.stage, driver, account: at.accountId, match: matchOf(at) };
  return { items, next, row: end };
}

/** Every place in a stage's range that leads to an account, whether or not it is shown there. */
const placesIn = (stage: Stage, account: Found, prefix: string): readonly string[] =>
  matchesOf({ by: stage.by as TermKind, prefix }, account);

/** The word with the fewest rows, as far as that is worth counting. */
async function rarest(search: Ports['search'], tenantId: string, words: readonly string[]): Promise<number> {
  const counts = await Promise.all(words.map((word) => search.count(tenantId, 'name', word, COMMON)));
  return counts.indexOf(Math.min(...counts));
}
