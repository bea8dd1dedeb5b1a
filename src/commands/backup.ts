// `hufu backup`: an encrypted copy of the database while it serves.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { backupSqlite } from '../storage/backup.ts';
import { withHouse } from './open.ts';
import { run, Stop } from './terminal.ts';

export function register(program: Command): void {
  program
    .command('backup')
    .description('write an encrypted copy of the database while it serves; the key file is backed up apart from it')
    .argument('<file>', 'where to; is not replaced without --force')
    .option('--force', 'replace the file')
    .action(
      run(async (terminal, file: string, flags: { force?: boolean }) => {
        await withHouse(terminal, async (house, config) => {
          if (house.db.dialect !== 'sqlite')
            throw new Stop(
              'failed',
              'this house lives in PostgreSQL: back it up with pg_dump (or your own tools), the key file apart from it; after restoring it, run hufu restore --mark',
            );
          const header = backupSqlite(house.db, config.databaseFile, house.keyFile, resolve(file), {
            force: flags.force === true,
            created: new Date().toISOString(),
            onProgress: terminal.progress('encrypting'),
          });
          terminal.answer(
            { file: resolve(file), created: header.created, bytes: header.bytes, key: header.kek },
            `wrote ${file}: ${Math.ceil(header.bytes / 1024)} KiB, opened by ${header.kek}`,
          );
          terminal.remark(`It opens only with ${house.keyFile.path}: keep a copy of that somewhere else.`);
        });
      }),
    );
}
