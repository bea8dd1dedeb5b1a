// Listeners that mail servers ask: an address, or a socket file that a mail server's group may use.
import { chmodSync, lstatSync, unlinkSync } from 'node:fs';
import { connect, type Server } from 'node:net';
import { dirname } from 'node:path';
import type { House } from '../compose.ts';
import { type Config, ConfigError } from '../config.ts';
import { listenFault } from './house.ts';

type Place = { readonly path: string } | { readonly host: string; readonly port: number };

/** Opens what the configuration names under `mail`; resolves to what closes it again, and where it listens. */
export async function listenForMail(
  house: House,
  config: Config,
): Promise<{ readonly at: Readonly<Record<string, string>>; close(): Promise<void> }> {
  const { mail } = config;
  const at: Record<string, string> = {};
  const closing: (() => Promise<unknown>)[] = [];
  if (mail?.listen !== undefined) {
    const app = house.mail.http();
    if (app === undefined) throw new ConfigError('configuration: mail.listen needs mail.key');
    const place = await placeOf('mail.listen', mail.listen);
    await app.listen(place).catch((error: unknown) => {
      throw faultOf('mail.listen', place, error);
    });
    closing.push(() => app.close());
    at['mail'] = opened(place, app.server);
  }
  if (mail?.dovecotAuth !== undefined) {
    const server = house.mail.dovecot(mail.tenant ?? null);
    const place = await placeOf('mail.dovecotAuth', mail.dovecotAuth);
    await new Promise<void>((resolve, reject) => {
      const refused = (error: Error) => reject(faultOf('mail.dovecotAuth', place, error) as Error);
      server.once('error', refused).listen(place, () => resolve());
    });
    const sockets = new Set<{ destroy(): void }>();
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    closing.push(async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    });
    at['dovecotAuth'] = opened(place, server);
  }
  return { at, close: async () => void (await Promise.all(closing.map((close) => close()))) };
}

const faultOf = (key: string, place: Place, error: unknown): unknown =>
  'path' in place ? error : listenFault(error, place.host, place.port, { host: key, port: key });

/** Where it listens now. A socket file is for its owner and group: who may connect may ask for passwords to be tried. */
function opened(place: Place, server: Server): string {
  if ('path' in place) {
    chmodSync(place.path, 0o660);
    return place.path;
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? `${place.host}:${address.port}` : place.host;
}

async function placeOf(key: string, text: string): Promise<Place> {
  if (text.startsWith('/')) {
    await clearSocket(key, text);
    return { path: text };
  }
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || port === undefined)
    throw new ConfigError(`configuration: ${key}: must be host:port, or the path of a socket file`);
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

/** Removes a socket file that nobody listens on any more; anything else that lies there stays, and the start ends. */
async function clearSocket(key: string, path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    if (lstatSync(dirname(path), { throwIfNoEntry: false }) === undefined)
      throw new ConfigError(`configuration: ${key}: there is no folder ${dirname(path)}`);
    return;
  }
  const isUsed = await new Promise<boolean>((resolve) => {
    const probe = connect(path, () => resolve(true)).once('error', () => resolve(false));
    probe.once('close', () => probe.destroy());
    setTimeout(() => probe.destroy(), 1000).unref();
  });
  if (!found.isSocket() || isUsed) throw new ConfigError(`configuration: ${key}: ${path} is in use`);
  unlinkSync(path);
}
