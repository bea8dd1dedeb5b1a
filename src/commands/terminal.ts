// How every command speaks: plain words or one JSON document on stdout, progress on a terminal's stderr, and an exit code that scripts can trust.
import type { Command } from 'commander';

/** 0 done · 1 failed or refused · 2 wrong usage · 3 not found · 5 conflict · 75 unavailable for now. */
export const EXIT = { failed: 1, usage: 2, notFound: 3, conflict: 5, unavailable: 75 } as const;
export type ExitName = keyof typeof EXIT;

/** Ends a command with words for the person at the terminal: what is wrong, where, what to do. */
export class Stop extends Error {
  readonly exit: ExitName;
  readonly data: Readonly<Record<string, unknown>>;
  constructor(exit: ExitName, message: string, data: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.exit = exit;
    this.data = data;
  }
}

export interface Terminal {
  readonly json: boolean;
  readonly command: Command;
  /** The answer: the document with --json, the words without. */
  answer(document: unknown, words: string): void;
  /** A remark beside the answer, for people only. */
  remark(words: string): void;
  /** Shows how far a long command is; only where somebody can see it. */
  progress(what: string): Progress;
}
export type Progress = (done: number, total: number) => void;

function terminalOf(command: Command): Terminal {
  const json = command.optsWithGlobals<{ json?: boolean }>().json === true;
  return {
    json,
    command,
    answer(document, words) {
      process.stdout.write(json ? `${JSON.stringify(document)}\n` : `${words}\n`);
    },
    remark(words) {
      if (!json) process.stderr.write(`${words}\n`);
    },
    progress(what) {
      if (!process.stderr.isTTY) return () => {};
      let shown = -1;
      return (done, total) => {
        const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
        if (percent === shown) return;
        shown = percent;
        const filled = Math.round(percent / 4);
        const bar = `${'█'.repeat(filled)}${'░'.repeat(25 - filled)}`;
        process.stderr.write(`\r\u001b[K${what} ${bar} ${percent} %${done >= total ? '\n' : ''}`);
      };
    },
  };
}

/** Whoever reads the answer may stop reading, as `head` does: they have what they wanted. Not for servers, which go on without a reader. */
export function mayStopReading(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? (process.exitCode ?? 0) : EXIT.failed),
  );
}

/** Wraps a command's work: `work` gets the terminal, then what commander gives. */
export const run =
  <A extends unknown[]>(work: (terminal: Terminal, ...given: A) => Promise<void>) =>
  async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    mayStopReading();
    await work(terminalOf(command), ...(given.slice(0, -1) as A));
  };

/** Columns of equal width; the last may be as long as it likes. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - width(cell))))
        .join('  '),
    )
    .join('\n');
}

/** How many columns a terminal gives a text: Chinese characters take two. */
const width = (text: string): number =>
  Array.from(text).reduce(
    (sum, c) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c) ? 2 : 1),
    0,
  );

/** Bold or dim where a person looks at it: a terminal, and NO_COLOR not set (no-color.org). */
const painted = (code: number, text: string): string =>
  process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '' ? `\u001b[${code}m${text}\u001b[0m` : text;
export const strong = (text: string): string => painted(1, text);
export const faint = (text: string): string => painted(2, text);

/** An instant as people write it, UTC. */
export const when = (ms: number | null): string =>
  ms === null ? '-' : `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
