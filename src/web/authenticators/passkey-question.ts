// Asking the browser about a passkey. The library for it is fetched at the first question.
import type * as library from './passkey-browser.ts';

/** The person dismissed the browser's question, or the browser has no passkeys. */
export class Dismissed extends Error {}

type Library = typeof library;

/** Runs one question; whatever the browser throws for it is Dismissed. */
export async function inBrowser<T>(question: (library: Library) => Promise<T>): Promise<T> {
  const browser = await import('./passkey-browser.ts');
  try {
    return await question(browser);
  } catch (error) {
    throw new Dismissed('no answer from the browser', { cause: error });
  }
}
