// `hufu oidc-client`: relying parties that log people in through OpenID Connect. A secret is shown once.
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { oidcStore } from '../storage/oidc.ts';
import { saidOf } from './flags.ts';
import { tenantFor, withHouse } from './open.ts';
import { run, Stop, table } from './terminal.ts';

interface Create {
  readonly tenant?: string;
  readonly name: string;
  readonly redirectUri: readonly string[];
  readonly logoutUri?: readonly string[];
  readonly backchannelUri?: string;
  readonly public?: boolean;
}

/** An address a browser or a server may be sent to: absolute, without fragment; plain http only on this machine (RFC 8252 §8.3). */
function addressOf(flag: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isLocal = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (
    url === undefined ||
    !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)) ||
    url.hash !== '' ||
    url.username !== ''
  )
    throw new Stop(
      'usage',
      `${flag} must be an https:// address without fragment (http:// only for localhost), not "${value}"`,
    );
  return value;
}

export function register(program: Command): void {
  const clients = program
    .command('oidc-client')
    .description('register, list and revoke relying parties of OpenID Connect');

  clients
    .command('create <id>')
    .description('register a relying party; its secret is shown this once')
    .option('--tenant <id>', 'tenant')
    .requiredOption('--name <name>', 'what people know it by')
    .requiredOption('--redirect-uri <uri...>', 'where a login may return to, exactly')
    .option('--logout-uri <uri...>', 'where a logout may return to, exactly')
    .option('--backchannel-uri <uri>', 'told when a session ends (OpenID Back-Channel Logout)')
    .option('--public', 'a program that can keep no secret: PKCE alone')
    .action(
      run(async (terminal, id: string, flags: Create) => {
        if (!/^[a-z0-9][a-z0-9._-]{0,62}$/.test(id))
          throw new Stop('usage', 'the id must be 1 to 63 of a-z, 0-9, dot, dash and underscore');
        const metadata = {
          redirect_uris: flags.redirectUri.map((uri) => addressOf('--redirect-uri', uri)),
          ...(flags.logoutUri === undefined
            ? {}
            : { post_logout_redirect_uris: flags.logoutUri.map((uri) => addressOf('--logout-uri', uri)) }),
          ...(flags.backchannelUri === undefined
            ? {}
            : {
                backchannel_logout_uri: addressOf('--backchannel-uri', flags.backchannelUri),
                backchannel_logout_session_required: true,
              }),
        };
        const name = saidOf('--name', flags.name);
        const secret = flags.public === true ? null : randomBytes(32).toString('base64url');
        await withHouse(terminal, async (house, config) => {
          const tenant = await tenantFor(house, flags.tenant);
          if (!(await oidcStore(house.db, house.keys).addClient(tenant.id, { id, name, metadata, secret })))
            throw new Stop(
              'conflict',
              `there is a relying party ${id} in ${tenant.id} already; ids are not used twice`,
            );
          const issuer = `${config.baseUrl ?? `http://${config.host}:${config.port}`}/oidc/${tenant.id}`;
          terminal.answer({ id, secret, issuer, tenant: tenant.id, name, ...metadata }, secret ?? id);
          terminal.remark(
            `${id} of tenant ${tenant.id}; issuer ${issuer}${secret === null ? '' : '. Keep the secret now: it is not shown again.'}`,
          );
        });
      }),
    );

  clients
    .command('list')
    .description('list relying parties')
    .option('--tenant <id>', 'tenant')
    .action(
      run(async (terminal, flags: { tenant?: string }) => {
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const items = (await oidcStore(house.db, house.keys).clients(tenant.id)).map((c) => ({
            id: c.id,
            name: c.name,
            kind: c.secret === null ? 'public' : 'confidential',
            redirectUris: c.metadata['redirect_uris'],
          }));
          terminal.answer(
            { items },
            table([
              ['id', 'name', 'kind', 'returns to'],
              ...items.map((c) => [c.id, c.name, c.kind, String(c.redirectUris)]),
            ]),
          );
        });
      }),
    );

  clients
    .command('revoke <id>')
    .description('revoke a relying party; its logins and tokens end')
    .option('--tenant <id>', 'tenant')
    .action(
      run(async (terminal, id: string, flags: { tenant?: string }) => {
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          if (!(await oidcStore(house.db, house.keys).revokeClient(tenant.id, id)))
            throw new Stop('notFound', `tenant ${tenant.id} has no relying party ${id}`);
          terminal.answer({ id, revoked: true }, `${id} is revoked`);
        });
      }),
    );
}
