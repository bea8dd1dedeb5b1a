// What the app keeps as a text beside the accounts: its look, the server's time. A browser that keeps nothing for a page (cookies blocked, a company's
// rule) keeps it while the page is open.

const here = new Map<string, string>();

export function recall(key: string): string | null {
  try {
    return here.get(key) ?? localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Null forgets it. */
export function remember(key: string, text: string | null): void {
  here.delete(key);
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    if (text !== null) here.set(key, text);
  }
}
