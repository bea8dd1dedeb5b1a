// `hufu serve`: the API and the pages on one listener, the operators' console and metrics on another.
import type { Command } from 'commander';
import { tellFirstOperator } from './first-operator.ts';
import { ADMIN, chosenPort, configFor, holdsDemo, houseOf, listen, note, untilStopped } from './house.ts';
import { listenForMail } from './mail-listeners.ts';
import { missingChannels } from './missing-channels.ts';
import { trimMemory } from './trim.ts';

export function register(program: Command): void {
  program
    .command('serve')
    .description('serve the API')
    .option('--port <port>', 'port; 0 picks a free one (HUFU_PORT)')
    .option('--host <host>', 'address to listen on (HUFU_HOST)')
    .action(async (flags: { port?: string; host?: string }, command: Command) => {
      const given = configFor(command, { port: flags.port, host: flags.host });
      const config = {
        ...given,
        port: await chosenPort(given.host, given.port),
        ...(given.adminPort === undefined
          ? {}
          : { adminPort: await chosenPort(given.adminHost, given.adminPort, ADMIN) }),
      };
      if (config.log !== 'silent' && holdsDemo(config.dataFolder))
        note({
          level: 'warning',
          event: 'demo-data',
          folder: config.dataFolder,
          text: 'serves the demo’s tenants too, whose passwords are public',
        });
      const house = await houseOf(config);
      const app = house.http();
      if (config.log === 'requests')
        app.addHook('onResponse', async (request, reply) =>
          note({
            level: 'info',
            request: request.id,
            method: request.method,
            route: request.routeOptions.url,
            status: reply.statusCode,
          }),
        );
      await listen(app, config.host, config.port);
      const mail = await listenForMail(house, config);
      const admin = config.adminPort === undefined ? undefined : await house.admin();
      if (admin !== undefined) await listen(admin, config.adminHost, config.adminPort ?? 0, ADMIN);
      if (admin !== undefined) await tellFirstOperator(house);
      house.startJobs();
      for (const missing of await missingChannels(house)) note({ level: 'warn', event: 'no-channel', ...missing });
      setTimeout(trimMemory, 500).unref();
      // Whoever reads that it listens may ask it to end at once.
      const stopped = untilStopped(async () => {
        await Promise.all([app.close(), mail.close(), admin?.close()]);
        await house.close();
      });
      if (config.log !== 'silent')
        note({
          level: 'info',
          event: 'listening',
          url: `http://${config.host}:${config.port}`,
          ...(admin === undefined ? {} : { admin: addressOf(admin) }),
          database: config.database === undefined ? 'sqlite' : 'postgres',
          ...mail.at,
        });
      await stopped;
    });
}

/** Where the admin listener is, as an address to open. */
function addressOf(app: { readonly server: { address(): unknown } }): string {
  const at = app.server.address() as { readonly address: string; readonly port: number };
  return `http://${at.address}:${at.port}`;
}
