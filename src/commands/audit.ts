// `hufu audit`: prove the log, print a checkpoint to keep elsewhere, export it. Reads only, and needs no key file: a copy of the database is enough.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { ConfigError } from '../config.ts';
import { CSV_HEAD, csvLine } from '../core/audit/csv.ts';
import { jsonLine } from '../core/audit/jsonl.ts';
import { type AuditReader, auditReader } from '../storage/audit.ts';
import { isBackup } from '../storage/backup-file.ts';
import { openReadOnly } from '../storage/read-only.ts';
import { type ShippedCheckpoint, verifyAudit } from '../storage/verify-audit.ts';
import { configFor } from './house.ts';
import { mayStopReading } from './terminal.ts';

export function register(program: Command): void {
  const audit = program.command('audit').description('prove, export and checkpoint the audit log');
  const database = [
    '--database <file or address>',
    'a database file or a postgres:// address; default: the configured one',
  ] as const;

  audit
    .command('verify')
    .description('prove that nothing was changed, removed or reordered; exit 0 good, 1 bad')
    .option(...database)
    .option('--checkpoint <file>', 'a checkpoint that was kept elsewhere')
    .action(async (flags: { database?: string; checkpoint?: string }, command: Command) => {
      const shipped = flags.checkpoint === undefined ? undefined : checkpointIn(flags.checkpoint);
      const report = await reading(command, flags.database, (reader) => verifyAudit(reader, shipped));
      const { bad } = report;
      if (command.optsWithGlobals<{ json?: boolean }>().json === true)
        process.stdout.write(`${JSON.stringify(report)}\n`);
      else if (bad === null)
        process.stdout.write(
          `good: ${report.sealed} events sealed, ${report.checkpoints} checkpoints hold; ${report.unsealed} not sealed yet\n`,
        );
      else
        process.stdout.write(
          `BAD (${bad.kind}): ${bad.message}\n  first bad entry: position ${bad.pos}${bad.seq === null ? '' : `, event ${bad.seq}`}; ${report.sealed} before it are good\n`,
        );
      if (bad !== null) process.exitCode = 1;
    });

  audit
    .command('checkpoint')
    .description('print the newest signed checkpoint as one line of JSON, to be kept off this machine')
    .option(...database)
    .action(async (flags: { database?: string }, command: Command) => {
      const line = await reading(command, flags.database, async (reader): Promise<ShippedCheckpoint | undefined> => {
        const newest = (await reader.checkpoints()).at(-1);
        return newest === undefined
          ? undefined
          : { ...newest, publicKey: (await reader.publicKeys()).get(newest.keyId) ?? '' };
      });
      if (line === undefined)
        throw new Error('there is no checkpoint yet: the server signs one every ten minutes while it runs');
      process.stdout.write(`${JSON.stringify(line)}\n`);
    });

  audit
    .command('export')
    .description('write the log to standard output')
    .option(...database)
    .option('--format <format>', 'jsonl or csv', 'jsonl')
    .option('--tenant <id>', 'only this tenant')
    .option('--from <time>', 'from this instant on (ISO 8601)')
    .option('--to <time>', 'before this instant (ISO 8601)')
    .action(
      async (
        flags: { database?: string; format: string; tenant?: string; from?: string; to?: string },
        command: Command,
      ) => {
        if (flags.format !== 'jsonl' && flags.format !== 'csv')
          throw new ConfigError(`--format: ${flags.format} is neither jsonl nor csv`);
        const from = instant('--from', flags.from);
        const to = instant('--to', flags.to);
        const filter = {
          ...(flags.tenant === undefined ? {} : { tenant: flags.tenant }),
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
        };
        mayStopReading();
        const lineOf = flags.format === 'csv' ? csvLine : jsonLine;
        await reading(command, flags.database, async (reader) => {
          if (flags.format === 'csv') await write(CSV_HEAD);
          for (let seq = 0; ; ) {
            const events = await reader.events(seq, 1000, filter);
            if (events.length === 0) return;
            await write(events.map(lineOf).join(''));
            seq = events.at(-1)?.seq ?? seq;
          }
        });
      },
    );
}

async function reading<T>(
  command: Command,
  source: string | undefined,
  work: (reader: AuditReader) => Promise<T>,
): Promise<T> {
  const config = source === undefined ? configFor(command) : undefined;
  const from = source ?? config?.database ?? config?.databaseFile ?? '';
  const db = open(from);
  try {
    return await work(auditReader(db));
  } catch (error) {
    if (isBackup(from))
      throw new ConfigError(
        `${from} is a backup, and encrypted: name the copy that "hufu restore" makes of it, or the file of a stopped server`,
      );
    if (/no such table|no such column|does not exist|not a database/.test(String(error)))
      throw new ConfigError(`${nameOf(from)} holds no audit log of this version`);
    throw error;
  } finally {
    await db.close();
  }
}

function open(from: string): ReturnType<typeof openReadOnly> {
  try {
    return openReadOnly(from);
  } catch {
    throw new ConfigError(`the database ${nameOf(from)} cannot be opened`);
  }
}

/** An address may hold a password. */
const nameOf = (source: string): string => source.replace(/^(postgres(?:ql)?:\/\/)[^@/]*@/, '$1');

const Shipped = z.object({
  pos: z.int(),
  hash: z.string(),
  settled: z.int(),
  at: z.int(),
  keyId: z.string(),
  signature: z.string(),
  publicKey: z.string(),
});

/** The last line of a file of checkpoints: they are meant to be appended one after another. */
function checkpointIn(file: string): ShippedCheckpoint {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError(`the checkpoint file ${file} cannot be read`);
  }
  try {
    return Shipped.parse(JSON.parse(text.trim().split('\n').at(-1) ?? ''));
  } catch {
    throw new ConfigError(`${file} holds no checkpoint: it is what "hufu audit checkpoint" prints`);
  }
}

function instant(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new ConfigError(`${flag}: ${text} is not a time such as 2026-11-20T09:00:00+08:00`);
  return at;
}

/** Waits while standard output is full: a long log is never held in memory. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
