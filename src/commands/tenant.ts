// `hufu tenant`: the customers of this house, each with its own policy, accounts and keys.
import type { Command } from 'commander';
import { callerFor, tenantFor, withHouse } from './open.ts';
import { documentFrom } from './policy-file.ts';
import { run, Stop, table, when } from './terminal.ts';

export function register(program: Command): void {
  const tenant = program.command('tenant').description('create and list tenants');

  tenant
    .command('create')
    .description('create a tenant with its first policy')
    .argument('<id>', 'short name in commands and logs: letters, digits, dashes')
    .option('--name <name>', 'name for people; the id when absent')
    .option('--policy <file>', 'policy document')
    .option('--preset <name>', 'a preset instead: star-rollout, star-desktop-bind, mobile-otp, mail, recommended')
    .action(
      run(async (terminal, id: string, flags: { name?: string; policy?: string; preset?: string }) => {
        if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id))
          throw new Stop(
            'usage',
            `"${id}" cannot be a tenant's id: lower-case letters, digits and dashes, beginning with a letter or digit`,
          );
        const document = documentFrom(flags);
        await withHouse(
          terminal,
          async (house) => {
            if ((await house.registry.ids()).includes(id))
              throw new Stop(
                'conflict',
                `the tenant ${id} exists already; its policy changes with hufu policy publish`,
              );
            await house.registry.create({ id, name: flags.name ?? id, document, actor: callerFor(id).actor });
            await house.keys.ready(id);
            const made = await tenantFor(house, id);
            terminal.answer(
              { id, name: made.name, policyVersion: made.policyVersion, phase: made.policy.rollout.phase },
              `created tenant ${id} with policy ${made.policy.name} in phase ${made.policy.rollout.phase}`,
            );
            terminal.remark(`next: hufu api-key create --tenant ${id} --name 'trading back end' --scope logins:write`);
          },
          { create: true },
        );
      }),
    );

  tenant
    .command('list')
    .description('list tenants')
    .action(
      run(async (terminal) => {
        await withHouse(terminal, async (house) => {
          const rows = await house.db.query(
            `SELECT t.id, t.name, t.created_at, (SELECT max(p.version) FROM policies p WHERE p.tenant_id = t.id) AS policy_version,
               (SELECT count(*) FROM accounts a WHERE a.tenant_id = t.id) AS accounts FROM tenants t WHERE substr(t.id, 1, 1) <> '_' ORDER BY t.id`,
            {},
          );
          const items = rows.map((row) => ({
            id: String(row['id']),
            name: String(row['name']),
            accounts: Number(row['accounts']),
            policyVersion: Number(row['policy_version']),
            createdAt: new Date(Number(row['created_at'])).toISOString(),
          }));
          terminal.answer(
            { items },
            items.length === 0
              ? 'no tenant yet: hufu tenant create <id> --preset star-rollout'
              : table([
                  ['TENANT', 'ACCOUNTS', 'POLICY', 'CREATED', 'NAME'],
                  ...items.map((t) => [
                    t.id,
                    String(t.accounts),
                    `v${t.policyVersion}`,
                    when(Date.parse(t.createdAt)),
                    t.name,
                  ]),
                ]),
          );
        });
      }),
    );
}
