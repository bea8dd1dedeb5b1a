// The part of compose.ts about mail: its doors, given what they need.
import type { Server } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { repeats } from './core/app-password/repeats.ts';
import type { Ports, Tenant } from './core/ports.ts';
import { mac } from './platform.ts';
import { type AuthHttpOptions, registerAuthHttp } from './protocols/mail/auth-http.ts';
import type { MailPorts } from './protocols/mail/door.ts';
import { dovecotAuthServer } from './protocols/mail/dovecot/server.ts';
import { mailServer } from './protocols/mail/server.ts';
import { registerSetup } from './protocols/mail/setup/routes.ts';
import type { Registry } from './storage/registry.ts';
import type { Db } from './storage/sql.ts';

export interface MailOptions {
  /** What nginx and Dovecot send with every question; absent: they are not answered. */
  readonly key?: string | undefined;
  /** What nginx gives the back end in place of a password. */
  readonly backendPassword?: string | undefined;
  /** Whether nginx and Dovecot are answered on a listener of their own and not beside the API. */
  readonly apart?: boolean | undefined;
}

export interface MailDoors {
  /** Adds what is open to all, and the proxies' door unless it stands apart. */
  register(app: FastifyInstance): void;
  /** The proxies' door as a server of its own; undefined without a key. */
  http(): FastifyInstance | undefined;
  /** The Dovecot authentication protocol, for Postfix; `tenantId` null: the domain of the user name tells. */
  dovecot(tenantId: string | null): Server;
}

/** Puts the mail doors together. */
export function mailDoors(
  ports: Ports,
  db: Db,
  registry: Registry,
  options: MailOptions,
  onFault: (error: unknown, where: string) => void,
): MailDoors {
  /** Tenants at their newest version: one small query, documents only where they changed. */
  const newest = async (wanted: (tenant: Tenant) => boolean, id: string | null): Promise<Tenant | undefined> => {
    const sql = "SELECT id, version FROM tenants WHERE @id = '' OR id = @id ORDER BY id";
    for (const row of await db.query(sql, { id: id ?? '' })) {
      const tenant = await registry.get(String(row['id']), Number(row['version']));
      if (wanted(tenant)) return tenant;
    }
    return undefined;
  };
  const mailPorts: MailPorts = {
    ...ports,
    tenant: (id) => (id === '' ? Promise.resolve(undefined) : newest(() => true, id)),
    tenantOfDomain: (domain) => newest((tenant) => tenant.policy.appPasswords.domains.includes(domain), null),
    repeats: repeats(),
    onFault,
  };
  const auth: AuthHttpOptions | undefined =
    options.key === undefined
      ? undefined
      : {
          ports: mailPorts,
          key: options.key,
          sameText: (a, b) => mac.sameText(a, b),
          backendPassword: options.backendPassword ?? null,
        };
  return {
    register(app) {
      registerSetup(app, mailPorts);
      if (auth !== undefined && options.apart !== true) registerAuthHttp(app, auth);
    },
    http: () => (auth === undefined ? undefined : mailServer(auth)),
    dovecot: (tenantId) => dovecotAuthServer({ ports: mailPorts, tenantId }),
  };
}
