// Chinese characters that count as one in a search, so that 陈国华 finds 陳國華 and the other way round. The rule: a character is folded into its
// simplified form (OpenCC); a variant that the standard of China does not list (峯 羣 衞 裡) into the one that it does (Unihan); and a few that it
// lists for names alone (喆 堃 昇 甯) into the character they are taken for. So several may become one (後 and 后, 鍾 and 鐘): a search had better find
// too much than too little, and whoever types traditional characters sees those first that are spelt so. What only sounds or looks alike stays apart
// (肖 and 萧, 付 and 傅, 邱 and 丘, 沈 and 沉), and of two surnames one is folded into the other only where it is written so (於 as 于, 甯 as 宁).
import { HAN } from './han-table.ts';

let known: ReadonlyMap<string, string> | undefined;
/** Read when the first name is folded: no start waits for it. */
const table = (): ReadonlyMap<string, string> => {
  known ??= new Map(
    HAN.trim()
      .split(/\s/)
      .flatMap((word) => {
        const [to = '', ...from] = Array.from(word);
        return from.map((one): [string, string] => [one, to]);
      }),
  );
  return known;
};
const IDEOGRAPH = /[\u3400-\u9fff\ufa0e-\ufa29\u{20000}-\u{3ffff}]/gu;

/** A folded text (`foldName`) with its characters in one form: as many as before, each at its place, and folding it again changes nothing. */
export const foldHan = (text: string): string => text.replace(IDEOGRAPH, (one) => table().get(one) ?? one);
