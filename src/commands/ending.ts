// Whatever ended a command, as an exit code and words: what is wrong, where, what to do.

import { CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import { BackupError } from '../storage/backup-file.ts';
import { Busy } from '../storage/lock.ts';
import { EXIT, type ExitName, Stop } from './terminal.ts';

/** The exit code of an error, with its words written to stderr; as JSON when `json`. */
export function endingOf(error: unknown, json: boolean): number {
  const { exit, message, data } = judge(error);
  process.stderr.write(
    json
      ? `${JSON.stringify({ error: message, exit, ...data })}\n`
      : `${message.includes('\n') ? '' : 'hufu: '}${message}\n`,
  );
  if (process.env['HUFU_DEBUG'] !== undefined && error instanceof Error)
    process.stderr.write(`${error.stack ?? ''}\n${error.cause instanceof Error ? (error.cause.stack ?? '') : ''}\n`);
  return EXIT[exit];
}

function judge(error: unknown): {
  readonly exit: ExitName;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
} {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Stop) return { exit: error.exit, message, data: error.data };
  if (error instanceof CommanderError)
    return {
      exit: 'usage',
      // Asked for nothing, commander shows what there is instead of saying what is wrong.
      message:
        error.code === 'commander.help' ? 'say which command: --help lists them' : message.replace(/^error: /, ''),
      data: {},
    };
  if (error instanceof ConfigError) return { exit: 'usage', message, data: {} };
  if (error instanceof Busy) return { exit: 'unavailable', message, data: {} };
  if (error instanceof BackupError) return { exit: 'failed', message, data: {} };
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  // SQLITE_BUSY and SQLITE_LOCKED, in their extended forms too; we have waited five seconds by then.
  if (typeof errcode === 'number' && ((errcode & 0xff) === 5 || (errcode & 0xff) === 6))
    return {
      exit: 'unavailable',
      message: 'the database is busy: another process has held it for five seconds. Try again',
      data: {},
    };
  const text = `${String(code)} ${message}`;
  if (
    /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|57P0[123]|53300|timeout exceeded when trying to connect|Connection terminated/.test(
      text,
    )
  )
    return {
      exit: 'unavailable',
      message: `the database cannot be reached (${message === '' ? String(code) : message}): is it running, is the address right?`,
      data: {},
    };
  if (code === 'ENOSPC') return { exit: 'failed', message: 'the disk is full', data: {} };
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return { exit: 'failed', message: `not permitted: ${message}`, data: {} };
  return { exit: 'failed', message, data: {} };
}
