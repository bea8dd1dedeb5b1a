// Bytes as UTF-8 text, or where they are not: a file in another encoding is refused, never read with signs in place of its letters.

/** The bytes are not UTF-8 text. */
export class Utf8Error extends Error {
  /** The line of the first byte that is wrong, from 1. */
  readonly line: number;
  constructor(line: number, isGbk: boolean) {
    super(`is not UTF-8${isGbk ? '; it looks like GBK' : ''}`);
    this.line = line;
  }
}

/** The text of the bytes, without a byte order mark. Throws Utf8Error. */
export function textOf(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Utf8Error(lineAt(bytes, firstBadByte(bytes)), looksLikeGbk(bytes));
  }
  // What no text holds: UTF-16 without its mark, or no text at all.
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw new Utf8Error(lineAt(bytes, nul), false);
  return text;
}

const lineAt = (bytes: Uint8Array, at: number): number =>
  bytes.subarray(0, at).filter((byte) => byte === 10).length + 1;

function firstBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  // The longest prefix that decodes; a sequence cut at its end is no mistake there, which `stream` allows.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  return low;
}

function looksLikeGbk(bytes: Uint8Array): boolean {
  try {
    return /\p{Script=Han}/u.test(new TextDecoder('gbk', { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
