// Texts that a database has just handed out, as keys. A Map looks a string up by first making it unique in V8's table of all strings, which costs
// many times the look-up for one that was never seen before and fills that table with ids. Numbers cost nothing of the kind.

/** FNV-1a over UTF-16 units, 32 bits: a key for a Map. Different texts may share it; whoever must tell them apart compares the texts. */
export function textKey(text: string): number {
  let key = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) key = Math.imul(key ^ text.charCodeAt(i), 0x01000193);
  return key;
}

const PLACES = 256;
const held: (string | undefined)[] = Array.from({ length: PLACES });

/** The same text, as the string that was given before if it was: for texts of which there are few, such as types and clients, before they name a member. */
export function sameText(text: string): string {
  const place = textKey(text) & (PLACES - 1);
  const before = held[place];
  if (before === text) return before;
  held[place] = text;
  return text;
}
