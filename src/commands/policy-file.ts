// Reading a policy document from a file or a preset, with every mistake told by file and line.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PolicyError, parsePolicy } from '../contract/policy.ts';
import { textOf, Utf8Error } from '../contract/utf8.ts';
import type { Policy } from '../core/policy/policy.ts';
import { Stop } from './terminal.ts';

const presets = join(import.meta.dirname, '../../presets');

/** The names under presets/. */
const presetNames = (): readonly string[] =>
  readdirSync(presets)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length));

/** A text file's content; says what is wrong with the file when it cannot be read. */
export function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new Stop('notFound', `there is no file ${path}`, {}, error);
    throw new Stop(
      'failed',
      `${path} cannot be read: ${code === 'EISDIR' ? 'it is a folder' : String(code)}`,
      {},
      error,
    );
  }
  try {
    return textOf(bytes);
  } catch (error) {
    if (!(error instanceof Utf8Error)) throw error;
    const { line, message } = error;
    throw new Stop(
      'failed',
      `${path}:${line}: ${message}. Save it as UTF-8 (in Excel: "CSV UTF-8") and try again`,
      { line },
      error,
    );
  }
}

export const lineOf = (file: string, error: PolicyError): string =>
  `${file}${error.line === null ? '' : `:${error.line}`}: ${error.at === '' || error.at === '/' ? '' : `${error.at} `}${error.message}`;

/** The policy in a text; stops with every mistake's place. `file` is how it is called in messages. */
export function checked(file: string, document: string): Policy {
  const { policy, errors } = parsePolicy(document);
  if (policy === null)
    throw new Stop('failed', errors.map((e) => lineOf(file, e)).join('\n'), { valid: false, errors });
  return policy;
}

/** The document of --policy or --preset; exactly one must be given. */
export function documentFrom(flags: { readonly policy?: string; readonly preset?: string }): string {
  if ((flags.policy === undefined) === (flags.preset === undefined))
    throw new Stop('usage', `give either --policy <file> or --preset <name> (${presetNames().join(', ')})`);
  if (flags.preset !== undefined) {
    if (!presetNames().includes(flags.preset))
      throw new Stop('usage', `there is no preset ${flags.preset}; there are ${presetNames().join(', ')}`);
    return readFileSync(join(presets, `${flags.preset}.yaml`), 'utf8');
  }
  const file = flags.policy ?? '';
  const document = readText(file);
  checked(file, document);
  return document;
}
