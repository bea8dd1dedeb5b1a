// One canonical form for what people type or paste, before it is compared and before it is spent: if `123 456` and
// `123456` were two outputs, one code could be accepted twice. Only shape is changed here; whether the result can be a
// code is for whoever compares it.

/** Longer than any code with every digit spaced out; bounds the work that a stranger can ask for. */
const longest = 64;

/** White space of every script, dashes, control characters (\0 too), and what shows as nothing (zero-width, BOM, soft hyphen). */
const ignored = /[\p{White_Space}\p{Dash}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const plain = /^[0-9A-Za-z]*$/;

/**
 * The one form of an output: compatibility characters made plain (NFKC: full-width digits become ASCII), ignored
 * characters removed. Idempotent. More than 64 UTF-16 units, in or out, give '', which matches nothing.
 */
export function canonicalOutput(text: string): string {
  if (text.length > longest) return '';
  // What is plain already, as nearly everything typed is, stays as it is.
  if (plain.test(text)) return text;
  // Twice: removing a character may bring two together that NFKC would join, and NFKC may make a space out of an accent.
  const made = text.replace(ignored, '').normalize('NFKC').replace(ignored, '').normalize('NFKC');
  return made.length > longest ? '' : made;
}

/**
 * `canonicalOutput` for codes in Crockford's Base32 that people read from paper (recovery codes): also upper case, and
 * the look-alikes O, I and L read as the digits 0, 1 and 1. Only ASCII letters change.
 */
export function canonicalLookup(text: string): string {
  return canonicalOutput(text)
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}
