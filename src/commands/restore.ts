// `hufu restore`: a backup back in the database's place, and the step that makes what was used since worthless.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { folderFor } from '../compose.ts';
import { restoreSqlite } from '../storage/backup.ts';
import { type KeyFile, openKeyFile } from '../storage/key-file.ts';
import { CHECK_HOURS, markRestored, type Replayed, type Restored } from '../storage/restored.ts';
import { configFor } from './house.ts';
import { withHouse } from './open.ts';
import { run, Stop, when } from './terminal.ts';

interface Flags {
  readonly yes?: boolean;
  readonly mark?: boolean;
  readonly keyFile?: string;
  readonly force?: boolean;
  readonly checkHours: string;
}

export function register(program: Command): void {
  program
    .command('restore')
    .description('put a backup in the place of the database; the server must be stopped')
    .argument('[file]', 'backup written by hufu backup')
    .option('--yes', 'really do it')
    .option(
      '--mark',
      'restore nothing: only void what may have been used since, after you restored the database by other means',
    )
    .option('--key-file <file>', 'the key file from when the backup was made, if keys were rotated since')
    .option('--check-hours <n>', 'list accounts changed in so many hours before the backup', String(CHECK_HOURS))
    .option('--force', 'go on although the present database cannot be opened')
    .action(
      run(async (terminal, file: string | undefined, flags: Flags) => {
        const hours = hoursOf(flags.checkHours);
        if (flags.mark === true) {
          if (file !== undefined) throw new Stop('usage', '--mark takes no backup: it marks the database as it is');
          return withHouse(terminal, async (house) => {
            if (flags.yes !== true)
              throw new Stop(
                'usage',
                'this voids open logins, recovery codes, devices and app passwords of every tenant: say --yes',
              );
            const done = await markRestored(house.db, 'cli', { backup: 'other' }, { hours });
            terminal.answer(done, [...words(done, null), ...toCheck(done, hours, false)].join('\n'));
          });
        }
        if (file === undefined) throw new Stop('usage', 'name the backup, or say --mark');
        const config = configFor(terminal.command);
        if (config.database !== undefined)
          throw new Stop(
            'failed',
            'this house lives in PostgreSQL: restore it with pg_restore (or your own tools), then run hufu restore --mark --yes',
          );
        if (!existsSync(file)) throw new Stop('notFound', `there is no file ${file}`);
        if (flags.yes !== true)
          throw new Stop(
            'usage',
            `this replaces ${config.databaseFile} (the present one is kept beside) and voids open logins, recovery codes and devices: say --yes`,
          );
        if (flags.keyFile !== undefined && !existsSync(flags.keyFile))
          throw new Stop('notFound', `there is no file ${flags.keyFile}`);
        folderFor(config.dataFolder);
        const other = flags.keyFile === undefined ? null : openKeyFile(flags.keyFile);
        const done = await restoreSqlite({
          databaseFile: config.databaseFile,
          from: resolve(file),
          file: ownKeys(config.keyFile, other),
          otherKeys: other,
          clock: Date.now,
          actor: 'cli',
          force: flags.force === true,
          checkHours: hours,
          onProgress: terminal.progress('decrypting'),
        });
        terminal.answer(
          done,
          [
            `restored ${config.databaseFile} as of ${when(Date.parse(done.created))}`,
            ...words(done, done.replayed),
            ...toCheck(done, hours, done.isAfterKnown),
            ...(done.kept === null ? [] : [`the database from before is kept: ${done.kept}`]),
          ].join('\n'),
        );
      }),
    );
}

/** The house's key file. On an empty machine there is none yet: then the one given becomes it. */
function ownKeys(path: string, other: KeyFile | null): KeyFile {
  if (!existsSync(path) && other === null)
    throw new Stop(
      'failed',
      `the key file ${path} is missing: put it back from its own backup first, or name it with --key-file. A backup cannot be opened without it`,
    );
  return openKeyFile(path);
}

function hoursOf(text: string): number {
  const hours = Number(text);
  if (!/^\d{1,5}$/.test(text)) throw new Stop('usage', `--check-hours must be a number of hours, not "${text}"`);
  return hours;
}

/** So many accounts are told in words; `--json` tells all. */
const MOST_TOLD = 40;

/** Whom to look at: what was changed after the backup is as it was before it, and what was changed shortly before may be what the restore is about. */
function toCheck(done: Restored, hours: number, isAfterKnown: boolean): readonly string[] {
  const told = done.changed.slice(0, MOST_TOLD);
  return [
    done.changed.length === 0
      ? `no binding, contact or password of an account was changed in the ${hours} h before ${done.asOf}${isAfterKnown ? ', nor after' : ''}`
      : `check ${done.changed.length} accounts whose binding, contacts or password were changed in the ${hours} h before ${done.asOf}${isAfterKnown ? ' or after (those are as before again)' : ''}:`,
    ...told.map((a) => `  ${a.tenant} ${a.account}: ${a.what.join(', ')}; ${a.seen} the backup, at ${a.at}`),
    ...(done.changed.length > told.length ? [`  and ${done.changed.length - told.length} more: --json lists all`] : []),
    ...(isAfterKnown ? [] : ['what was changed after that cannot be known here: go through your own records']),
  ];
}

function words(done: Restored, replayed: Replayed | null): readonly string[] {
  return [
    `every code up to ${new Date(done.floor).toISOString()} counts as used`,
    `void: ${done.challenges} logins and step-ups, ${done.pendingBindings} unfinished bindings, ${done.devices} devices, ${done.tickets} registrations, ${done.messages} waiting messages`,
    ...(done.appPasswords === 0
      ? []
      : [
          `app passwords: ${done.appPasswords - (replayed?.appPasswords ?? 0)} of ${done.appPasswords} ended, for they may have been revoked since the backup`,
        ]),
    `recovery codes of ${done.recoveryCodes} accounts are void: which were used since the backup cannot be known. Their owners can make new ones`,
    ...(replayed === null
      ? [
          'what was revoked or unbound since the backup could not be carried over: go through hufu api-key list and your records',
          ...done.apiKeys.map((key) => `  API key in force: ${key.id} of tenant ${key.tenant} (${key.name})`),
        ]
      : [
          `carried over from the database that was replaced: ${replayed.apiKeys} revoked API keys, ${replayed.devices} revoked devices, ${replayed.phones} revoked phones, ${replayed.pins} PINs to be set anew, ${replayed.authenticators} removed bindings, ${replayed.suspended} suspended accounts, ${replayed.operatorRoles} roles taken from operators, all failures`,
          ...(replayed.unguarded.length === 0
            ? []
            : [
                `suspended ${replayed.unguarded.length} accounts: the method they have now is not in the backup, and the one in the backup was removed since. Unlock each when you know who asks, and send a registration`,
                ...replayed.unguarded.slice(0, MOST_TOLD).map(({ tenant, account }) => `  ${tenant} ${account}`),
                ...(replayed.unguarded.length > MOST_TOLD ? ['  and more: --json lists all'] : []),
              ]),
        ]),
  ];
}
