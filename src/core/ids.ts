// Ids are prefixed, time-ordered strings: 48 bits of milliseconds, then 128 random bits, in a sortable base64url alphabet.
// Time order keeps the rows of one moment on the same database pages; the random part is what makes an id unguessable.

const ALPHABET = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

export type IdPrefix =
  | 'acc'
  | 'aut'
  | 'lgn'
  | 'key'
  | 'dev'
  | 'msg'
  | 'ten'
  | 'apw'
  | 'apv'
  | 'ses'
  | 'trd'
  | 'tic'
  | 'phn'
  | 'cut'
  | 'cam'
  | 'cas'
  | 'act'
  | 'blk';

/** An id such as `lgn_0Vq…`: `at` in ms since the epoch, `random` at least 16 fresh bytes. */
export function makeId(prefix: IdPrefix, at: number, random: Uint8Array): string {
  let id = `${prefix}_`;
  let time = at;
  let head = '';
  for (let i = 0; i < 8; i++) {
    head = ALPHABET[time % 64]! + head;
    time = Math.floor(time / 64);
  }
  id += head;
  for (let i = 0; i + 2 < 18; i += 3) {
    const word = ((random[i] ?? 0) << 16) | ((random[i + 1] ?? 0) << 8) | (random[i + 2] ?? 0);
    id +=
      ALPHABET[(word >> 18) & 63]! + ALPHABET[(word >> 12) & 63]! + ALPHABET[(word >> 6) & 63]! + ALPHABET[word & 63]!;
  }
  return id;
}

/** When an id was made, ms; undefined for what is no id of ours. */
export function timeOfId(id: string): number | undefined {
  const [, head] = /^[a-z]{3}_([-\w]{8})[-\w]{24}$/.exec(id) ?? [];
  if (head === undefined) return undefined;
  return Array.from(head).reduce((time, letter) => time * 64 + ALPHABET.indexOf(letter), 0);
}
