// What a QR's text means to this app. Only our own addresses of our own server mean something; nothing is ever opened.

export type Meaning =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'foreign'; readonly host: string }
  | { readonly kind: 'other' };

const TOKEN = /^\/s\/([\w-]{8,100})\/?$/;

/** The token in a path of ours, or null. */
export const tokenIn = (path: string): string | null => TOKEN.exec(path)?.[1] ?? null;

/** Reads a QR's text. `origin` is the server this app belongs to. */
export function meaningOf(text: string, origin: string): Meaning {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return { kind: 'other' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { kind: 'other' };
  if (url.origin !== origin) return { kind: 'foreign', host: url.host };
  const token = tokenIn(url.pathname);
  return token === null ? { kind: 'other' } : { kind: 'token', token };
}
