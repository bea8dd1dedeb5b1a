// The demo: the product, the trading terminal beside it, and the few /demo routes that exist nowhere else.
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { terminal } from '../../../demo/terminal/server.ts';
import { webmail } from '../../../demo/webmail/server.ts';
import { demoOutbox } from '../../channels/demo-outbox.ts';
import { folderFor, type House, openHouse } from '../../compose.ts';
import { switchPhase } from '../../flows/rollout/switch-phase.ts';
import { placesFrom } from '../../places.ts';
import { startDovecot } from './dovecot.ts';
import { seedHistory } from './history-rows.ts';
import { type DemoOperator, seedOperators } from './operators.ts';
import { seedDemo } from './seed.ts';
import { DEMO_TENANTS } from './tenants.ts';
import { seedWebmail, WEBMAIL } from './webmail.ts';

export interface Demo {
  readonly house: House;
  readonly app: FastifyInstance;
  /** The operators' listener; the caller listens, at the host and port of `consoleUrl`. */
  readonly admin: FastifyInstance;
  readonly consoleUrl: string;
  readonly operators: readonly DemoOperator[];
  readonly baseUrl: string;
  /** The tenants that have pages, and where their login is. */
  readonly portals: readonly { readonly tenant: string; readonly name: string; readonly url: string }[];
  close(): Promise<void>;
}

export interface DemoOptions {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  /** The console's port; the next one when absent. */
  readonly adminPort?: number;
  readonly database?: string | undefined;
  readonly onFault?: (error: unknown, where: string) => void;
}

const Phase = z.strictObject({
  phase: z.enum(['sms-only', 'coexist', 'totp-only']),
  tenant: z.string().max(64).optional(),
});

const DEMO_PLACES = `127.0.0.0/8,本机,本機,This computer
::1/128,本机,本機,This computer
10.0.0.0/8,内网,內部網絡,Local network
172.16.0.0/12,内网,內部網絡,Local network
192.168.0.0/16,内网,內部網絡,Local network
203.0.113.0/24,香港,香港,Hong Kong
198.51.100.0/24,上海,上海,Shanghai
`;

const MAIL_CSP =
  "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** Opens the demo's house in a folder, fills it once, and serves it with its terminal. The caller listens. */
export async function openDemo(options: DemoOptions): Promise<Demo> {
  folderFor(options.data);
  const baseUrl = `http://${options.host}:${options.port}`;
  const consoleUrl = `http://${options.host}:${options.adminPort ?? options.port + 1}`;
  const outbox = demoOutbox(Date.now);
  const house = await openHouse({
    database:
      options.database === undefined ? { sqlite: join(options.data, 'hufu.db') } : { postgres: options.database },
    keyFile: join(options.data, 'hufu.keys'),
    baseUrl,
    consoleUrl,
    channels: { sms: outbox.channel, email: outbox.channel },
    placeOf: placesFrom(DEMO_PLACES),
    requestsPerSecond: 2000,
    ...(options.onFault === undefined ? {} : { onFault: options.onFault }),
  });
  const keys = await seedDemo(house, options.data);
  await seedHistory(house, 'star');
  const operators = await seedOperators(house, options.data);
  const webmailSecret = await seedWebmail(house, options.data, baseUrl);
  const app = house.http();
  const tenants = await Promise.all(
    DEMO_TENANTS.map(async (tenant) => {
      const { policy } = await house.registry.get(tenant.id, 0);
      const clients = Object.entries(policy.clients).map(([id, c]) => ({
        id,
        name: c.name['zh-CN'],
        kind: c.kind,
        offers: [...c.offers],
        binds: [...c.binds],
        ...(c.minimumVersion === undefined ? {} : { minimumVersion: c.minimumVersion }),
      }));
      const pages =
        policy.portal === undefined
          ? {}
          : {
              portalUrl: `${baseUrl}/t/${tenant.id}/login`,
              settingsUrl: `${baseUrl}/t/${tenant.id}/settings`,
              appUrl: `${baseUrl}/app/`,
            };
      return {
        ...tenant,
        baseUrl,
        apiKey: keys[tenant.id] ?? '',
        clients,
        keepsDevices: policy.devices.bindOnFirstCode,
        ...pages,
        operators,
      };
    }),
  );
  app.get('/demo/accounts.json', async () => ({
    tenants,
    terminalUrl: `${baseUrl}/demo/terminal/`,
    webmailUrl: `${baseUrl}/demo/webmail/`,
    appUrl: `${baseUrl}/app/`,
    consoleUrl,
  }));
  app.get('/demo/outbox.json', async () => outbox.messages());
  // A mail's html as a mail program would show it: its own styles and pictures, and nothing that runs or reaches out.
  app.get<{ Params: { id: string } }>('/demo/outbox/mail/:id', async (request, reply) => {
    const html = outbox.messages().find((one) => one.id === request.params.id)?.html;
    if (html === undefined) return reply.code(404).send({ message: 'no such mail' });
    return reply
      .header('content-security-policy', MAIL_CSP)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html);
  });
  app.post('/demo/phase', async (request, reply) => {
    const body = Phase.safeParse(request.body);
    const tenant = body.success ? DEMO_TENANTS.find((t) => t.id === (body.data.tenant ?? 'star')) : undefined;
    if (!body.success || tenant === undefined)
      return reply.code(400).send({
        message: `send {"phase": "sms-only" | "coexist" | "totp-only", "tenant": ${DEMO_TENANTS.map((t) => `"${t.id}"`).join(' | ')}}`,
      });
    const caller = { tenantId: tenant.id, actor: 'demo', keyId: 'demo', client: null };
    const done = await switchPhase(house.ports, caller, { phase: body.data.phase, reason: 'switched on the demo bar' });
    return done.kind === 'refused'
      ? reply.code(409).send(done)
      : { tenant: tenant.id, phase: done.rollout.phase, version: done.version };
  });
  app.get('/', (_request, reply) => reply.redirect('/demo/terminal/'));
  app.get('/favicon.ico', (_request, reply) => reply.code(204).send());
  await terminal(app, {
    baseUrl,
    webRoot: join(import.meta.dirname, '../../../dist/web/demo'),
    tenants: tenants
      .filter((t) => t.preset.startsWith('star'))
      .map(({ id, name, apiKey, clients, keepsDevices, preset, accounts }) => ({
        id,
        name,
        apiKey,
        clients,
        keepsDevices,
        preset,
        accounts: [...accounts],
      })),
  });
  // Not waited for: the demo is ready before its mail server is.
  const dovecot = startDovecot(
    `http://127.0.0.1:${options.port}/oidc/${WEBMAIL.tenant}`,
    (DEMO_TENANTS.find(({ id }) => id === WEBMAIL.tenant)?.accounts ?? []).map(({ account, locale = 'zh-CN' }) => ({
      user: account,
      locale,
    })),
  ).catch((error: unknown) => {
    options.onFault?.(error, 'demo mail server');
    return null;
  });
  await webmail(app, {
    baseUrl,
    issuer: `${baseUrl}/oidc/${WEBMAIL.tenant}`,
    clientId: WEBMAIL.id,
    clientSecret: webmailSecret,
    settingsUrl: `${baseUrl}/t/${WEBMAIL.tenant}/settings`,
    mailServer: dovecot,
  });
  const admin = await house.admin();
  house.startJobs();
  return {
    house,
    app,
    admin,
    consoleUrl,
    operators,
    baseUrl,
    portals: tenants.flatMap((tenant) =>
      'portalUrl' in tenant ? [{ tenant: tenant.id, name: tenant.name, url: tenant.portalUrl }] : [],
    ),
    async close() {
      await (await dovecot)?.close();
      await Promise.all([app.close(), admin.close()]);
      await house.close();
    },
  };
}
