// Tenants with their policy, and the API keys that speak for them. Every snapshot carries the registry's version, so a policy that changed on another
// node is read again before the next decision, and a key that was revoked meanwhile is noticed before anything is decided for it.
import { createHash, hash, timingSafeEqual } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Policy } from '../core/policy/policy.ts';
import type { Tenant, Tenants } from '../core/ports.ts';
import { sameText } from '../core/text-key.ts';
import type { Db, Row } from './sql.ts';

export interface ApiKey {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly scopes: ReadonlySet<string>;
  readonly clientId: string | null;
  readonly clientVersion: string | null;
  /** The registry's version this key was read at. */
  readonly registryVersion: number;
}

export interface Registry extends Tenants {
  /** The tenants, without those of the house's own (their ids begin with `_`). */
  ids(): Promise<readonly string[]>;
  /** Every tenant, the house's own among them. */
  all(): Promise<readonly string[]>;
  create(tenant: {
    readonly id: string;
    readonly name: string;
    readonly document: string;
    readonly actor: string;
  }): Promise<void>;
  /** The key behind a bearer token, or undefined: unknown, revoked, expired and malformed tokens look alike. */
  apiKey(token: string): Promise<ApiKey | undefined>;
  /**
   * The same without a read, when the key was read before; undefined also when it was not. Whoever then reads a snapshot compares registry versions,
   * since revoking a key bumps the version.
   */
  rememberedKey(token: string): ApiKey | undefined;
  /** Whether the token names a key that is in force. However many ask, the database is asked ten times a second at most. */
  mayBeKey(token: string): Promise<boolean>;
}

interface KnownKey {
  readonly key: ApiKey;
  readonly hash: Buffer;
  readonly expiresAt: number | null;
}

/** What is kept of a key: SHA-256 over id and secret. The secret has 192 random bits, so a slow hash adds nothing. */
export const hashKey = (id: string, secret: string): string =>
  createHash('sha256').update(`${id}.${secret}`).digest('hex');
export const keyToken = (id: string, secret: string): string => `hufu_${id}.${secret}`;

/** How long the names of the keys are good for strangers, ms. */
const KEY_IDS_MS = 100;

/** The registry over a database. `parse` turns a policy document that was checked before into a Policy. */
export function createRegistry(db: Db, parse: (document: string) => Policy, clock: () => number): Registry {
  const tenants = new Map<string, Tenant>();
  const keys = new Map<string, KnownKey>();

  const find = async (id: string): Promise<Tenant | undefined> => {
    const [row] = await db.query(
      `SELECT t.id, t.name, t.version, p.version AS policy_version, p.document FROM tenants t JOIN policies p ON p.tenant_id = t.id
       WHERE t.id = @id ORDER BY p.version DESC LIMIT 1`,
      { id },
    );
    if (row === undefined) return undefined;
    const document = String(row['document']);
    const before = tenants.get(id);
    const policyVersion = Number(row['policy_version']);
    const policy =
      before?.policyVersion === policyVersion && before.document === document ? before.policy : parse(document);
    const tenant: Tenant = {
      id,
      name: String(row['name']),
      version: Number(row['version']),
      policyVersion,
      policy,
      document,
    };
    tenants.set(id, tenant);
    return tenant;
  };
  const read = async (id: string): Promise<Tenant> => {
    const tenant = await find(id);
    if (tenant === undefined) throw new Error(`tenant ${id} does not exist`);
    return tenant;
  };

  const all = async (): Promise<readonly string[]> =>
    (await db.query('SELECT id FROM tenants ORDER BY id', {})).map((row) => String(row['id']));

  const held = (id: string, atLeast: number): Tenant | undefined => {
    const tenant = tenants.get(id);
    // Version 0: nothing has been read yet that could say which is in force.
    return tenant !== undefined && tenant.version >= atLeast && atLeast > 0 ? tenant : undefined;
  };

  let keyIds: ReadonlySet<string> = new Set();
  let reading: Promise<void> | undefined;
  /** Those who ask meanwhile wait for the same answer. */
  const readKeyIds = (): Promise<void> =>
    (reading ??= (async () => {
      await setTimeout(KEY_IDS_MS);
      keyIds = new Set(
        (await db.query('SELECT id FROM api_keys WHERE revoked_at IS NULL', {})).map((row) => String(row['id'])),
      );
    })().finally(() => {
      reading = undefined;
    }));

  const readKey = async (id: string): Promise<KnownKey | undefined> => {
    const [row] = await db.query(
      `SELECT k.*, t.version, CAST(@now AS BIGINT) AS now FROM api_keys k JOIN tenants t ON t.id = k.tenant_id
       WHERE k.id = @id AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > @now)`,
      { id },
    );
    return row === undefined
      ? undefined
      : {
          key: keyOf(row),
          hash: Buffer.from(String(row['hash']), 'hex'),
          expiresAt: row['expires_at'] as number | null,
        };
  };

  const keyOf = (row: Row): ApiKey => ({
    id: String(row['id']),
    tenantId: String(row['tenant_id']),
    name: String(row['name']),
    scopes: new Set(String(row['scopes']).split(' ')),
    clientId: row['client_id'] as string | null,
    clientVersion: row['client_version'] as string | null,
    registryVersion: Number(row['version']),
  });

  return {
    get: async (id, atLeast) => held(id, atLeast) ?? read(id),
    held,
    find,
    async policyAt(id, policyVersion) {
      const held = tenants.get(id);
      if (held?.policyVersion === policyVersion) return held.policy;
      const [row] = await db.query('SELECT document FROM policies WHERE tenant_id = @id AND version = @version', {
        id,
        version: policyVersion,
      });
      try {
        return row === undefined ? undefined : parse(String(row['document']));
      } catch {
        // Written for an older Hufu, and fit no more: then it cannot be asked again.
        return undefined;
      }
    },
    async ids() {
      return (await all()).filter((id) => !id.startsWith('_'));
    },
    all,
    async create({ id, name, document, actor }) {
      parse(document);
      await db.commit(id, [
        {
          sql: 'INSERT INTO tenants (id, name, version, created_at) VALUES (@id, @name, 1, @now)',
          rows: 'one',
          values: { id, name },
        },
        {
          sql: `INSERT INTO policies (tenant_id, version, document, created_at, actor, reason) VALUES (@id, 1, @document, @now, @actor, 'first version')`,
          rows: 'one',
          values: { id, document, actor },
        },
        {
          sql: `INSERT INTO audit_events (tenant_id, at, account_id, event, actor, data) VALUES (@id, @now, NULL, 'policy.published', @actor, '{"version":1}')`,
          rows: 'one',
          values: { id, actor },
        },
      ]);
    },
    async mayBeKey(token) {
      const parts = partsOf(token);
      if (parts === undefined) return false;
      if (!keyIds.has(parts.id)) await readKeyIds();
      return keyIds.has(parts.id);
    },
    async apiKey(token) {
      const parts = partsOf(token);
      if (parts === undefined) return undefined;
      const { id, hash: given } = parts;
      const before = keys.get(id);
      // A key's secret never changes: what is wrong once needs no read to be wrong again.
      if (before !== undefined && !timingSafeEqual(given, before.hash)) return undefined;
      const known = await readKey(id);
      if (known === undefined) keys.delete(id);
      else keys.set(id, known);
      return known !== undefined && timingSafeEqual(given, known.hash) ? known.key : undefined;
    },
    rememberedKey(token) {
      const parts = partsOf(token);
      const known = parts === undefined ? undefined : keys.get(parts.id);
      if (parts === undefined || known === undefined || !timingSafeEqual(parts.hash, known.hash)) return undefined;
      return known.expiresAt === null || known.expiresAt > clock() ? known.key : undefined;
    },
  };
}

/** A bearer token's key id and the hash to compare; undefined when it is none of ours by its shape. */
function partsOf(token: string): { readonly id: string; readonly hash: Buffer } | undefined {
  const dot = token.indexOf('.');
  const id = sameText(token.slice(5, dot));
  if (dot < 0 || !token.startsWith('hufu_') || !/^key_[\w-]{10,60}$/.test(id)) return undefined;
  return { id, hash: Buffer.from(hash('sha256', `${id}.${token.slice(dot + 1)}`, 'hex'), 'hex') };
}
