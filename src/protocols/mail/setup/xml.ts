// Writing XML: text is escaped, and what XML 1.0 cannot hold is left out.

export const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0) ?? 0};`);

/** An element with text. */
export const element = (name: string, text: string | number): string => `<${name}>${escaped(String(text))}</${name}>`;

/** The lines of a document, each indented by its depth. */
export const lines = (depth: number, ...all: readonly string[]): string =>
  all.map((line) => `${'  '.repeat(depth)}${line}\n`).join('');
