// What every command does first: read the configuration and open the house it names.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Channels } from '../channels/channel.ts';
import { httpGateway } from '../channels/http-gateway.ts';
import { smtp } from '../channels/smtp/smtp.ts';
import { folderFor, type House, openHouse } from '../compose.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import type { PlaceOf } from '../core/approval/canonical.ts';
import { placesFrom } from '../places.ts';
import { freePort } from './free-port.ts';
import { Stop } from './terminal.ts';

/** The configuration for a command: its own and the program's flags over environment over file. */
export function configFor(command: Command, more: Readonly<Record<string, unknown>> = {}): Config {
  const { data, config } = command.optsWithGlobals<{ data?: string; config?: string }>();
  return readConfig(process.env, { data, config, ...more });
}

/** Where the demo keeps its API keys, in its data folder. */
export const DEMO_KEYS = 'demo-keys.json';
/** Whether the demo was served from a folder: then its tenants are there, with passwords that everybody may read. */
export const holdsDemo = (folder: string): boolean => existsSync(join(folder, DEMO_KEYS));

/** Opens the house of a configuration. */
export async function houseOf(
  config: Config,
  more: { readonly baseUrl?: string; readonly channels?: Channels } = {},
): Promise<House> {
  // A new key file would open nothing that is in this database, and would hide that the right one is missing.
  if (config.database === undefined && existsSync(config.databaseFile) && !existsSync(config.keyFile))
    throw new Stop(
      'failed',
      `the key file ${config.keyFile} is missing: put it back from its backup. Without it this database cannot be read`,
    );
  folderFor(config.dataFolder);
  const house = await openHouse({
    database: config.database === undefined ? { sqlite: config.databaseFile } : { postgres: config.database },
    keyFile: config.keyFile,
    baseUrl: more.baseUrl ?? config.baseUrl ?? `http://${hereFor(config.host)}:${config.port}`,
    consoleUrl: consoleUrlOf(config),
    channels: more.channels ?? channelsOf(config),
    requestsPerSecond: config.requestsPerSecond,
    proxies: config.proxies,
    push: {
      ...(config.push.contact === undefined ? {} : { subject: config.push.contact }),
      hosts: config.push.hosts,
      timeoutMs: config.push.timeoutMs,
    },
    ...(config.places === undefined ? {} : { placeOf: placesOf(config.places) }),
    ...(config.wechat === undefined ? {} : { wechat: wechatOf(config.wechat) }),
    mail: { ...config.mail, apart: config.mail?.listen !== undefined },
    onFault: (error, where) =>
      note({ level: 'error', where, error: error instanceof Error ? error.message : String(error) }),
  });
  if (house.keyFile.wasCreated)
    process.stderr.write(
      `\nA key file was created: ${house.keyFile.path}\n` +
        '  Without it the database cannot be read. Back it up now, apart from the database: whoever has both has every secret.\n\n',
    );
  return house;
}

/** How operators reach the console: as configured, or where the admin listener listens. */
export const consoleUrlOf = ({ adminUrl, adminHost, adminPort }: Config): string =>
  adminUrl ?? `http://${adminHost === '127.0.0.1' ? 'localhost' : hereFor(adminHost)}:${adminPort ?? 8421}`;

/** An address that can be opened, where a listener listens on all of them. */
const hereFor = (host: string): string => (host === '0.0.0.0' || host === '::' ? 'localhost' : host);

function placesOf(file: string): PlaceOf {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Stop('failed', `the file of places ${file} cannot be read`);
  }
  return placesFrom(text);
}

const wechatOf = ({ appId, appSecret, endpoint, timeoutMs, ...more }: NonNullable<Config['wechat']>) => ({
  appId,
  appSecret,
  endpoint,
  timeoutMs,
  ...(more.template === undefined
    ? {}
    : {
        reminder: {
          template: more.template,
          fields: { who: more.templateWho, at: more.templateAt },
          page: 'pages/home/home',
          state: more.state,
        },
      }),
});

const channelsOf = (config: Config): Channels => ({
  ...(config.sms === undefined ? {} : { sms: httpGateway(config.sms) }),
  ...(config.smtp === undefined ? {} : { email: smtp(config.smtp) }),
});

/** One structured log line. Callers pass names and counts, never a request's body. */
export function note(line: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
}

/** What finishing may take. Ending without it loses nothing: what was told is durable, and what was not may be asked again. */
const LONGEST_STOP_MS = 30_000;

/** Serves until SIGTERM or SIGINT, then lets requests finish. Resolves when everything is closed; ends the process when that takes too long. */
export async function untilStopped(close: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
  const late = setTimeout(() => {
    note({ level: 'error', event: 'stopped-late', waitedMs: LONGEST_STOP_MS });
    process.exit(1);
  }, LONGEST_STOP_MS);
  late.unref();
  await close();
  clearTimeout(late);
}

/** Which settings say where a listener listens. */
export interface ListenerSettings {
  readonly host: string;
  readonly port: string;
}
const API: ListenerSettings = { host: '--host or HUFU_HOST', port: '--port or HUFU_PORT (0 picks a free one)' };
export const ADMIN: ListenerSettings = { host: 'HUFU_ADMIN_HOST', port: 'HUFU_ADMIN_PORT (0 picks a free one)' };

/** Why nothing can listen there, in words that name the setting to change; what is no fault of the settings as it is. */
export function listenFault(error: unknown, host: string, port: number, settings: ListenerSettings): unknown {
  switch ((error as { code?: unknown }).code) {
    case 'EADDRINUSE':
      return new Error(`port ${port} is in use: choose another with ${settings.port}`, { cause: error });
    case 'EADDRNOTAVAIL':
      return new ConfigError(`${host} is no address of this machine: choose another with ${settings.host}`, {
        cause: error,
      });
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConfigError(`${host} names no address: choose another with ${settings.host}`, { cause: error });
    default:
      return error;
  }
}

/** The port itself, or a free one for 0. */
export async function chosenPort(host: string, port: number, settings = API): Promise<number> {
  if (port !== 0) return port;
  try {
    return await freePort(host);
  } catch (error) {
    throw listenFault(error, host, port, settings);
  }
}

/** The port if nobody listens on it, else a free one. */
export async function portOr(host: string, wanted: number): Promise<number> {
  if (wanted > 65_535) return chosenPort(host, 0);
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(wanted, host, () => probe.close(() => resolve(true)));
  });
  return isFree ? wanted : chosenPort(host, 0);
}

/** Listening, with a plain word when that cannot be. */
export async function listen(
  app: { listen(options: { host: string; port: number }): Promise<string> },
  host: string,
  port: number,
  settings = API,
): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw listenFault(error, host, port, settings);
  }
}
