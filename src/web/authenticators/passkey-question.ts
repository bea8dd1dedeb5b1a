// Asking the browser about a passkey. The library for it is fetched at the first question.
import type { PasskeyAnswer } from '../api/views.ts';

/** The person dismissed the browser's question, or the browser has no passkeys. */
export class Dismissed extends Error {}

type Options = Readonly<Record<string, unknown>>;
interface Library {
  readonly askPasskey: (options: Options) => Promise<PasskeyAnswer>;
  readonly makePasskey: (options: Options) => Promise<PasskeyAnswer>;
}

/** Runs one question; whatever the browser throws for it is Dismissed. */
export async function inBrowser<T>(question: (library: Library) => Promise<T>): Promise<T> {
  const { askPasskey, makePasskey } = await import('./passkey-browser.ts');
  try {
    return await question({ askPasskey, makePasskey });
  } catch (error) {
    throw new Dismissed('no answer from the browser', { cause: error });
  }
}
