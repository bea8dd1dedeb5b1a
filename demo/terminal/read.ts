// Reads what a browser sent: only the fields asked for, only text, only so long. Everything else is refused here, so
// nothing a browser invents reaches Hufu.

/** The browser sent something this terminal's pages never send. */
export class BadRequest extends Error {}

/** Reads the named text fields of a JSON body; the number is the longest length allowed. Optional names end in `?`. */
export function fields<const T extends Readonly<Record<string, number>>>(body: unknown, wanted: T): Fields<T> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new BadRequest('a JSON object is needed');
  const given = body as Readonly<Record<string, unknown>>;
  const read: Record<string, string> = {};
  for (const [entry, longest] of Object.entries(wanted)) {
    const name = entry.replace(/\?$/, '');
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined && entry.endsWith('?')) continue;
    read[name] = text(value, name, longest);
  }
  return read as Fields<T>;
}

type Fields<T> = { [K in keyof T as K extends `${string}?` ? never : K]: string } & {
  [K in keyof T as K extends `${infer Name}?` ? Name : never]?: string;
};

/** One text of 1 to `longest` characters, without control characters. */
export function text(value: unknown, name: string, longest: number): string {
  const fits = typeof value === 'string' && value.length > 0 && value.length <= longest;
  if (!fits || /\p{Cc}/u.test(value)) throw new BadRequest(`${name} does not fit`);
  return value;
}

/** One of the given words. */
export function oneOf<T extends string>(value: string, words: readonly T[], name: string): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new BadRequest(`${name} is none of ${words.join(', ')}`);
  return found;
}
