// `hufu account app-passwords`: look at the app passwords of an account, and revoke them for their owner. Nobody makes or sees one here.
import type { Command } from 'commander';
import type { StoredAppPassword } from '../core/app-password/app-password.ts';
import { listAppPasswords } from '../flows/app-passwords.ts';
import { act } from '../flows/operator/act.ts';
import { stopped, waits } from './case.ts';
import { saidOf } from './flags.ts';
import { callerFor, stopOf, tenantFor, withHouse } from './open.ts';
import { run, Stop, table, when } from './terminal.ts';

interface Revoke {
  readonly tenant?: string;
  readonly id?: string;
  readonly all?: boolean;
  readonly reason: string;
  readonly operator: string;
}

export function registerAppPasswords(account: Command): void {
  const group = account.command('app-passwords').description('what mail programs log in with: list and revoke');

  group
    .command('list')
    .description('app passwords of an account, with their last use; never the passwords themselves')
    .argument('<account>', 'account')
    .option('--tenant <id>', 'tenant')
    .action(
      run(async (terminal, name: string, flags: { tenant?: string }) => {
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const list = await listAppPasswords(house.ports, callerFor(tenant.id), name);
          if (list.kind === 'refused') throw stopOf(list);
          terminal.answer(
            { account: name, enabled: list.enabled, needed: list.needed, items: list.items.map(documentOf) },
            list.items.length === 0
              ? `${name} has no app passwords`
              : table([
                  ['ID', 'NAME', 'FOR', 'CREATED', 'EXPIRES', 'LAST USED'],
                  ...list.items.map((item) => [
                    item.id,
                    item.name,
                    item.protocols.join(' '),
                    when(item.createdAt),
                    item.expiresAt === null ? '-' : when(item.expiresAt),
                    item.lastUse === null
                      ? 'never'
                      : `${when(item.lastUse.at)} ${item.lastUse.protocol} ${item.lastUse.ip ?? ''}`.trimEnd(),
                  ]),
                ]),
          );
        });
      }),
    );

  group
    .command('revoke')
    .description('revoke one app password of an account, or all; its owner is told')
    .argument('<account>', 'account')
    .option('--tenant <id>', 'tenant')
    .option('--id <id>', 'this one (ids: hufu account app-passwords list)')
    .option('--all', 'every one')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .requiredOption('--operator <name>', 'who does it, for the audit log')
    .action(
      run(async (terminal, name: string, flags: Revoke) => {
        if ((flags.id === undefined) === (flags.all !== true)) throw new Stop('usage', 'say --id <id>, or --all');
        const input = {
          account: name,
          id: flags.id,
          reason: saidOf('--reason', flags.reason),
          operator: saidOf('--operator', flags.operator),
        };
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const done = await act(house.ports, callerFor(tenant.id), 'revoke-app-password', input);
          if (done.kind === 'case') return waits(terminal, name, done);
          if (done.kind === 'invalid') throw stopped(done);
          if (done.kind === 'refused')
            throw done.code === 'not-found'
              ? new Stop('notFound', `${name} has no app password ${flags.id ?? ''}`, { code: done.code })
              : stopOf(done);
          terminal.answer({ account: name, revoked: done.revoked }, `revoked ${done.revoked.length} of ${name}`);
        });
      }),
    );
}

const iso = (ms: number): string => new Date(ms).toISOString();

const documentOf = (item: StoredAppPassword): object => ({
  id: item.id,
  name: item.name,
  protocols: item.protocols,
  createdAt: iso(item.createdAt),
  expiresAt: item.expiresAt === null ? null : iso(item.expiresAt),
  lastUsed:
    item.lastUse === null ? null : { at: iso(item.lastUse.at), protocol: item.lastUse.protocol, ip: item.lastUse.ip },
});
