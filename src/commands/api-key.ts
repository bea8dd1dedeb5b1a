// `hufu api-key`: what relying parties call the API with. The token is shown once; the house keeps only its hash.
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { SCOPE_NAMES, SCOPES, type Scope } from '../contract/scopes.ts';
import { parseVersion } from '../core/policy/version.ts';
import { createKey, revokeKey } from '../flows/registry.ts';
import { hashKey, keyToken } from '../storage/registry.ts';
import { futureOf, saidOf } from './flags.ts';
import { stopOf, tenantFor, withHouse } from './open.ts';
import { run, Stop, table, when } from './terminal.ts';

interface Create {
  readonly tenant?: string;
  readonly name: string;
  readonly scope: readonly string[];
  readonly client?: string;
  readonly clientVersion?: string;
  readonly expires?: string;
}

const scopeHelp = Object.entries(SCOPES)
  .map(([name, words]) => `  ${name.padEnd(16)} ${words}`)
  .join('\n');

export function register(program: Command): void {
  const keys = program.command('api-key').description('create, list and revoke API keys');

  keys
    .command('create')
    .description('create an API key; its token is shown this once')
    .option('--tenant <id>', 'tenant')
    .requiredOption('--name <name>', 'what will use it, for people')
    .requiredOption('--scope <scope...>', 'what it may do; "all" for everything')
    .option('--client <id>', 'tie it to one registered client')
    .option('--client-version <version>', "that client's version, as you vouch for it")
    .option('--expires <when>', 'an instant, or a span such as 365d')
    .addHelpText('after', `\nScopes:\n${scopeHelp}`)
    .action(
      run(async (terminal, flags: Create) => {
        const scopes = scopesOf(flags.scope);
        const expiresAt = futureOf('--expires', flags.expires, Date.now()) ?? null;
        if (flags.clientVersion !== undefined && flags.client === undefined)
          throw new Stop('usage', '--client-version needs --client');
        if (flags.clientVersion !== undefined && parseVersion(flags.clientVersion) === undefined)
          throw new Stop(
            'usage',
            `--client-version must be numbers joined by dots, such as 9.5.8.5, not "${flags.clientVersion}"`,
          );
        const name = saidOf('--name', flags.name);
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const secret = randomBytes(24).toString('base64url');
          const made = await createKey(
            house.ports,
            {
              tenantId: tenant.id,
              name,
              scopes,
              clientId: flags.client ?? null,
              clientVersion: flags.clientVersion ?? null,
              expiresAt,
              actor: 'cli',
            },
            (id) => hashKey(id, secret),
          );
          if (made.kind === 'refused') {
            if (made.code === 'client-unknown')
              throw new Stop(
                'notFound',
                `the policy registers no client ${flags.client}; it registers ${Object.keys(tenant.policy.clients).join(', ')}`,
              );
            throw stopOf(made);
          }
          const token = keyToken(made.id, secret);
          terminal.answer(
            {
              id: made.id,
              token,
              tenant: tenant.id,
              name,
              scopes,
              client: flags.client ?? null,
              expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
            },
            token,
          );
          terminal.remark(
            `${made.id} for tenant ${tenant.id}: ${scopes.join(' ')}. Keep the token now: it is not shown again.`,
          );
        });
      }),
    );

  keys
    .command('list')
    .description('list API keys')
    .option('--tenant <id>', 'tenant')
    .option('--all', 'revoked and expired ones too')
    .action(
      run(async (terminal, flags: { tenant?: string; all?: boolean }) => {
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const rows = await house.db.query(
            'SELECT k.*, CAST(@now AS BIGINT) AS now FROM api_keys k WHERE tenant_id = @tenant ORDER BY id',
            { tenant: tenant.id },
          );
          const iso = (ms: unknown): string | null => (ms === null ? null : new Date(Number(ms)).toISOString());
          const items = rows
            .map((row) => ({
              id: String(row['id']),
              name: String(row['name']),
              status:
                row['revoked_at'] !== null
                  ? 'revoked'
                  : row['expires_at'] !== null && Number(row['expires_at']) <= Number(row['now'])
                    ? 'expired'
                    : 'active',
              scopes: String(row['scopes']).split(' '),
              client: row['client_id'] as string | null,
              clientVersion: row['client_version'] as string | null,
              createdAt: iso(row['created_at']),
              expiresAt: iso(row['expires_at']),
            }))
            .filter((k) => flags.all === true || k.status === 'active');
          const shown = items.map((k) => [
            k.id,
            k.status,
            k.expiresAt === null ? 'never' : when(Date.parse(k.expiresAt)),
            k.client ?? 'any',
            k.name,
            k.scopes.length === SCOPE_NAMES.length ? 'all' : k.scopes.join(' '),
          ]);
          terminal.answer(
            { tenant: tenant.id, items },
            items.length === 0
              ? 'no API keys'
              : table([['ID', 'STATUS', 'EXPIRES', 'CLIENT', 'NAME', 'SCOPES'], ...shown]),
          );
        });
      }),
    );

  keys
    .command('revoke')
    .description('refuse an API key from its next request on')
    .argument('<id>', 'key id, from hufu api-key list')
    .option('--tenant <id>', 'tenant')
    .action(
      run(async (terminal, id: string, flags: { tenant?: string }) => {
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const done = await revokeKey(house.ports, { tenantId: tenant.id, id, actor: 'cli' });
          if (done.kind === 'refused')
            throw done.code === 'not-found'
              ? new Stop('notFound', `tenant ${tenant.id} has no API key ${id} in force`)
              : stopOf(done);
          terminal.answer({ revoked: id }, `revoked ${id}`);
        });
      }),
    );
}

function scopesOf(given: readonly string[]): readonly Scope[] {
  const names = given.flatMap((g) => g.split(/[\s,]+/)).filter((g) => g !== '');
  if (names.includes('all')) return SCOPE_NAMES;
  return names.map((name) => {
    const scope = SCOPE_NAMES.find((s) => s === name);
    if (scope === undefined)
      throw new Stop('usage', `there is no scope ${name}; there are ${SCOPE_NAMES.join(', ')} (or all)`);
    return scope;
  });
}
