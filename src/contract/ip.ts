// An address of the Internet as text: IPv4 (RFC 6943 §3.1.1, strict form) or IPv6 (RFC 4291 §2.2) with an optional zone (RFC 4007 §11). Nothing beside it:
// with a port, or a word such as "unknown", what counts per address would count nobody or everybody (BF-07).
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const V4 = `(?:${OCTET}\\.){3}${OCTET}`;
const H = '[0-9a-fA-F]{1,4}';
/** `many` groups in all, with "::" after each possible number of them; `tail` follows the last. */
const shortened = (many: number, tail: string): string[] =>
  Array.from({ length: many }, (_, n) =>
    n === 0 ? `:(?::${H}){0,${many - 1}}${tail}` : `(?:${H}:){${n}}(?::${H}){0,${many - 1 - n}}${tail}`,
  );
const V6 = [
  `(?:${H}:){7}${H}`,
  ...shortened(7, `:${H}`),
  `(?:${H}:){1,7}:`,
  '::',
  `(?:${H}:){6}${V4}`,
  ...shortened(6, `:${V4}`),
].join('|');

export const IP = new RegExp(`^(?:${V4}|(?:${V6})(?:%[\\w.~-]{1,32})?)$`);
