// `hufu operator`: who may work at the console. For the first ones, and for when nobody can get in any more; the rest is done at the console.
import type { Command } from 'commander';
import type { House } from '../compose.ts';
import type { Config } from '../config.ts';
import { ROLE_NAMES, ROLES_WITH, type Role } from '../core/operator/roles.ts';
import { disableOperator, type Invited, inviteOperator, resetOperator } from '../flows/operator/people.ts';
import { saidOf } from './flags.ts';
import { callerFor, stopOf, tenantFor, withHouse } from './open.ts';
import { run, Stop, type Terminal, table, when } from './terminal.ts';

const isRole = (text: string): text is Role => (ROLE_NAMES as readonly string[]).includes(text);

function rolesOf(given: readonly string[]): readonly Role[] {
  const names = given.flatMap((text) => text.split(','));
  const wrong = names.find((name) => !isRole(name));
  if (wrong !== undefined) throw new Stop('usage', `--role ${wrong}: a role is one of ${ROLE_NAMES.join(', ')}`);
  return names.filter(isRole);
}

const help = ROLE_NAMES.map((role) => {
  const may = Object.entries(ROLES_WITH).filter(([, roles]) => (roles as readonly Role[]).includes(role));
  return `  ${role.padEnd(14)} ${may.map(([permission]) => permission).join(' ')}`;
}).join('\n');

/** The id behind a login. */
async function operatorNamed(house: House, login: string): Promise<string> {
  const wanted = login.trim().toLowerCase();
  const found = (await house.ports.operators.list(null)).find((one) => one.login.toLowerCase() === wanted);
  if (found === undefined) throw new Stop('notFound', `there is no operator ${login}: hufu operator list`);
  return found.id;
}

function tellLink(terminal: Terminal, house: House, config: Config, made: Invited): void {
  // Without the service's settings the address is the default's: a link that looks right and leads nowhere.
  const isGuess = config.adminUrl === undefined && config.adminPort === undefined;
  const url = made.link === null ? null : `${house.consoleUrl}/#/join/${made.link.token}`;
  const expiresAt = made.link === null ? null : new Date(made.link.expiresAt).toISOString();
  terminal.answer(
    { id: made.id, login: made.login, link: url, isAddressGuessed: isGuess, expiresAt },
    url ?? `${made.login} has joined already, and has the roles from now on`,
  );
  if (url !== null && isGuess)
    terminal.remark(
      `The address is a guess: neither HUFU_ADMIN_URL nor HUFU_ADMIN_PORT is set here. Put the console's own before ${new URL(url).hash}`,
    );
  if (url !== null)
    terminal.remark(`Good once, until ${when(made.link?.expiresAt ?? null)}. Give it to ${made.login} alone.`);
}

export function register(program: Command): void {
  const operator = program.command('operator').description('invite, list, reset and disable operators of the console');

  operator
    .command('invite')
    .description('make somebody an operator; prints a one-time link')
    .requiredOption('--login <login>', 'what they sign in with')
    .requiredOption('--role <role...>', 'what they are in the tenant')
    .option('--tenant <id...>', 'tenant, or several; the only one when absent')
    .option('--name <name>', 'name for people')
    .addHelpText('after', `\nRoles:\n${help}`)
    .action(
      run(
        async (
          terminal,
          flags: { login: string; role: readonly string[]; tenant?: readonly string[]; name?: string },
        ) => {
          const roles = rolesOf(flags.role);
          const login = saidOf('--login', flags.login);
          await withHouse(terminal, async (house, config) => {
            await house.readyForOperators();
            const named = flags.tenant ?? [undefined];
            const tenants = await Promise.all(named.map((one) => tenantFor(house, one)));
            const made = await inviteOperator(house.ports, callerFor(''), {
              login,
              ...(flags.name === undefined ? {} : { name: saidOf('--name', flags.name) }),
              tenants: Object.fromEntries(tenants.map(({ id }) => [id, roles])),
            });
            if (made.kind === 'invalid') throw new Stop('usage', `--login ${made.message}`);
            if (made.kind === 'refused') throw stopOf(made);
            tellLink(terminal, house, config, made);
          });
        },
      ),
    );

  operator
    .command('list')
    .description('list operators')
    .option('--tenant <id>', 'those of one tenant')
    .action(
      run(async (terminal, flags: { tenant?: string }) => {
        await withHouse(terminal, async (house) => {
          const tenant = flags.tenant === undefined ? null : (await tenantFor(house, flags.tenant)).id;
          const items = await Promise.all(
            (await house.ports.operators.list(tenant)).map(async (one) => ({
              id: one.id,
              login: one.login,
              name: one.name,
              status: one.status === 'suspended' ? 'disabled' : one.methods.length === 0 ? 'invited' : 'active',
              methods: one.methods,
              tenants: Object.fromEntries(
                (await house.ports.operators.services(one.id)).map(({ tenantId, roles }) => [tenantId, roles]),
              ),
              lastSeenAt: one.lastSeenAt === null ? null : new Date(one.lastSeenAt).toISOString(),
            })),
          );
          terminal.answer(
            { items },
            items.length === 0
              ? 'no operator yet: hufu operator invite --login … --role administrator'
              : table([
                  ['LOGIN', 'STATUS', 'METHODS', 'LAST SEEN', 'ROLES'],
                  ...items.map((one) => [
                    one.login,
                    one.status,
                    one.methods.join(' ') || '-',
                    when(one.lastSeenAt === null ? null : Date.parse(one.lastSeenAt)),
                    Object.entries(one.tenants)
                      .map(([id, roles]) => `${id}: ${roles.join(', ')}`)
                      .join('; ') || '-',
                  ]),
                ]),
          );
        });
      }),
    );

  operator
    .command('reset')
    .description('remove what an operator signs in with, and print a new one-time link')
    .requiredOption('--login <login>', 'whose')
    .action(
      run(async (terminal, flags: { login: string }) => {
        await withHouse(terminal, async (house, config) => {
          const made = await resetOperator(house.ports, callerFor(''), await operatorNamed(house, flags.login));
          if (made.kind === 'refused') throw stopOf(made);
          tellLink(terminal, house, config, made);
        });
      }),
    );

  operator
    .command('disable')
    .description('shut an operator out of every tenant; their sessions end at once')
    .requiredOption('--login <login>', 'whom')
    .action(
      run(async (terminal, flags: { login: string }) => {
        await withHouse(terminal, async (house) => {
          const id = await operatorNamed(house, flags.login);
          const done = await disableOperator(house.ports, callerFor(''), id);
          if (done.kind === 'refused') throw stopOf(done);
          terminal.answer({ id, login: flags.login, status: 'disabled' }, `${flags.login} is shut out`);
        });
      }),
    );
}
