// `hufu demo` (what `npm start` runs): four tenants on an embedded database, a trading terminal, addresses and accounts printed.
import type { Command } from 'commander';
import type { Demo } from './demo-data/server.ts';
import { DEMO_TENANTS } from './demo-data/tenants.ts';
import { chosenPort, configFor, listen, note, portOr, untilStopped } from './house.ts';
import { Stop } from './terminal.ts';

export function register(program: Command): void {
  program
    .command('demo')
    .description('serve the demo: four tenants, a trading terminal, an outbox page')
    .option('--port <port>', 'port; 0 picks a free one (HUFU_PORT)')
    .option('--data <folder>', 'folder of the demo database (HUFU_DATA)')
    .action(async (flags: { port?: string; data?: string }, command: Command) => {
      const started = performance.now();
      const { openDemo } = await demoParts();
      const config = configFor(command, {
        port: flags.port,
        ...(flags.data === undefined ? {} : { data: flags.data }),
      });
      // A name, not a number: browsers give localhost the camera and passkeys without TLS.
      const host = 'localhost';
      const port = await chosenPort(host, config.port);
      const adminPort =
        config.adminPort === undefined && config.port !== 0
          ? await portOr(host, port + 1)
          : await chosenPort(host, config.adminPort ?? 0);
      const demo = await openDemo({
        data: config.dataFolder,
        host,
        port,
        adminPort,
        database: config.database,
        onFault: (error, where) =>
          note({ level: 'error', where, error: error instanceof Error ? error.message : String(error) }),
      });
      await listen(demo.app, host, port);
      await listen(demo.admin, host, adminPort);
      process.stdout.write(
        `${await welcome(demo, demo.house.keyFile.wasCreated ? demo.house.keyFile.path : null)}\n  ready in ${Math.round(performance.now() - started)} ms; Ctrl+C stops\n`,
      );
      await untilStopped(() => demo.close());
    });
}

/** The demo's own parts: an image of the server is built without them. */
async function demoParts() {
  try {
    return await import('./demo-data/server.ts');
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new Stop('notFound', 'the demo is not part of this installation: npm start in a checkout runs it', {}, cause);
  }
}

async function welcome(
  { baseUrl: url, portals, consoleUrl, operators }: Demo,
  newKeyFile: string | null,
): Promise<string> {
  const lines = [
    '',
    '  Hufu 虎符  two-step verification',
    '',
    `  Terminal   ${url}/demo/terminal/`,
    `  Webmail    ${url}/demo/webmail/`,
    `  App        ${url}/app/`,
    `  Console    ${consoleUrl}/   (operators: below)`,
    `  API        ${url}/openapi.json`,
    `  Accounts   ${url}/demo/accounts.json   (with the demo's API keys)`,
    `  Outbox     ${url}/demo/outbox.json     (every SMS and mail the demo "sent")`,
    '',
  ];
  for (const tenant of DEMO_TENANTS) {
    lines.push(`  ${tenant.name}  (tenant ${tenant.id}, preset ${tenant.preset})`);
    const portal = portals.find((one) => one.tenant === tenant.id);
    if (portal !== undefined) lines.push(`    Portal               ${portal.url}`);
    for (const a of tenant.accounts.slice(0, 3)) lines.push(`    ${a.account.padEnd(20)} password ${a.password}`);
  }
  lines.push('  Operators  (of every tenant; the authenticator key goes into any authenticator app)');
  for (const { login, password, roles, totpKey } of operators)
    lines.push(`    ${login.padEnd(10)} ${roles.join(', ').padEnd(14)} password ${password.padEnd(23)} key ${totpKey}`);
  if (newKeyFile !== null)
    lines.push(
      '',
      `  A key file was created: ${newKeyFile}`,
      '  Without it the database cannot be read. In earnest, back it up apart from the database.',
    );
  return lines.join('\n');
}
