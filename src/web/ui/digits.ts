// Codes as people type, paste or dictate them: full-width, spaced, dashed.

/** The digits of what was typed, full-width ones too; at most `length` of them. */
export const digitsOf = (typed: string, length: number): string =>
  typed.normalize('NFKC').replace(/\D/g, '').slice(0, length);

/** Digits in two halves, or in fours when there are more than eight: 344 815. */
export function grouped(digits: string, length = 6): string {
  const size = length > 8 ? 4 : Math.ceil(length / 2);
  return digits.replace(new RegExp(`(\\d{${size}})(?=\\d)`, 'g'), '$1 ');
}

/** Where the caret goes in the grouped text so that the same number of digits is before it. */
export function caretAfter(text: string, digitsBefore: number): number {
  let seen = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (seen === digitsBefore) return at;
    if (text[at] !== ' ') seen += 1;
  }
  return text.length;
}
