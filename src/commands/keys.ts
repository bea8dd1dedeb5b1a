// `hufu keys`: the keys that seal what lies in the database. Not the API keys; those are `hufu api-key`.
import type { Command } from 'commander';
import { keyStatus, retireKey, rotateKeys } from '../storage/rotate.ts';
import { tenantFor, withHouse } from './open.ts';
import { run, Stop } from './terminal.ts';

export function register(program: Command): void {
  const keys = program.command('keys').description('the encryption keys: state, rotation');

  keys
    .command('status')
    .description('which keys are in use, and whether a rotation is unfinished')
    .action(
      run(async (terminal) => {
        await withHouse(terminal, async (house) => {
          const status = await keyStatus(house.db, house.keyFile);
          terminal.answer(
            status,
            [
              `key file ${status.path}`,
              ...status.keys.map(
                (k) => `  ${k.id}${k.id === status.current ? ' (current)' : ''}: ${k.dataKeys} data keys`,
              ),
              ...status.missing.map(
                (id) => `  ${id}: MISSING from the file, though data keys need it. Put the right key file back`,
              ),
              status.keys.length > 1 || status.staleRows > 0
                ? `a rotation is unfinished (${status.staleRows} rows to go): hufu keys rotate`
                : 'no rotation is under way',
            ].join('\n'),
          );
        });
      }),
    );

  keys
    .command('rotate')
    .description('replace every key and seal every secret anew, while serving; run again after a kill to finish')
    .option('--prepare', 'only add the new key to the key file, so that it can be copied to the other nodes first')
    .action(
      run(async (terminal, flags: { prepare?: boolean }) => {
        await withHouse(terminal, async (house) => {
          if (flags.prepare === true) {
            if (house.keyFile.ids().length > 1)
              throw new Stop('conflict', 'a rotation is prepared or unfinished already: hufu keys rotate finishes it');
            const kek = house.keyFile.rotate();
            return terminal.answer(
              { kek, prepared: true },
              `added ${kek} to ${house.keyFile.path}. Copy the file to every node, then: hufu keys rotate`,
            );
          }
          const done = await rotateKeys(house.db, house.keyFile, house.keys, {
            actor: 'cli',
            onProgress: terminal.progress('sealing anew'),
          });
          terminal.answer(
            done,
            [
              `${done.resumed ? 'finished the rotation that was begun' : 'rotated'}: ${done.kek} is the key now; ${done.dataKeys} data keys, ${done.rows} rows sealed anew`,
              done.retired.length === 0
                ? 'no old key was taken out of the key file'
                : `taken out of the key file: ${done.retired.join(', ')}`,
              ...done.damaged.map((row) => `does not open, left as it is: ${row}`),
            ].join('\n'),
          );
          terminal.remark(
            `Back up ${house.keyFile.path} now. Keep the key file from before with the backups made before: they open only with it.`,
          );
          if (done.damaged.length > 0) process.exitCode = 1;
        });
      }),
    );

  keys
    .command('rotate-signing')
    .description(
      'sign ID tokens, assertions and checkpoints with a new key from now on; the one before stays published',
    )
    .option('--tenant <id>', 'tenant')
    .action(
      run(async (terminal, flags: { tenant?: string }) => {
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const done = await house.signing.rotate(tenant.id, 'cli');
          terminal.answer(
            { tenant: tenant.id, ...done },
            `${done.id} signs for ${tenant.id} now; ${done.retired} is retired`,
          );
        });
      }),
    );

  keys
    .command('retire')
    .description('take an old key out of the key file; refused while anything needs it')
    .argument('<id>', 'key id, from hufu keys status')
    .action(
      run(async (terminal, id: string) => {
        await withHouse(terminal, async (house) => {
          const done = await retireKey(house.db, house.keyFile, id);
          if (done.kind === 'unknown') throw new Stop('notFound', `the key file has no key ${id}`);
          if (done.kind === 'current')
            throw new Stop('failed', `${id} is the current key: hufu keys rotate replaces it first`);
          if (done.kind === 'in-use')
            throw new Stop(
              'failed',
              `${id} is in use: ${done.dataKeys} data keys are wrapped under it. hufu keys rotate wraps them anew and retires it`,
            );
          terminal.answer({ retired: id }, `retired ${id}`);
        });
      }),
    );
}
