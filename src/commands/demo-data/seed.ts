// Fills an empty house with the demo's tenants. Safe to run again after a kill: what is there stays.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { House } from '../../compose.ts';
import { SCOPE_NAMES } from '../../contract/scopes.ts';
import { putAccount } from '../../flows/accounts.ts';
import { createKey } from '../../flows/registry.ts';
import { hashKey, keyToken } from '../../storage/registry.ts';
import { DEMO_KEYS } from '../house.ts';
import { DEMO_TENANTS } from './tenants.ts';

/** API keys of the demo's tenants, by tenant id. Kept in a file of mode 0600, because the store holds only their hashes. */
export type DemoKeys = Readonly<Record<string, string>>;

const presets = join(import.meta.dirname, '../../../presets');
export const presetText = (name: string): string => readFileSync(join(presets, `${name}.yaml`), 'utf8');

/** Creates what is missing and gives the API keys. */
export async function seedDemo(house: House, folder: string): Promise<DemoKeys> {
  const file = join(folder, DEMO_KEYS);
  const keys: Record<string, string> = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
    : {};
  const present = new Set(await house.registry.ids());
  for (const tenant of DEMO_TENANTS) {
    if (keys[tenant.id] !== undefined && present.has(tenant.id)) continue;
    if (!present.has(tenant.id))
      await house.registry.create({
        id: tenant.id,
        name: tenant.name,
        document: presetText(tenant.preset),
        actor: 'demo',
      });
    await house.keys.ready(tenant.id);
    const caller = { tenantId: tenant.id, actor: 'demo', keyId: 'demo', client: null };
    await Promise.all(
      tenant.accounts.map(async (account) => {
        const put = await putAccount(house.ports, caller, account);
        if (put.kind !== 'account')
          throw new Error(`the demo account ${account.account} was refused: ${JSON.stringify(put)}`);
      }),
    );
    const secret = randomBytes(24).toString('base64url');
    const made = await createKey(
      house.ports,
      {
        tenantId: tenant.id,
        name: 'demo back end',
        scopes: SCOPE_NAMES,
        clientId: null,
        clientVersion: null,
        expiresAt: null,
        actor: 'demo',
      },
      (id) => hashKey(id, secret),
    );
    if (made.kind !== 'key') throw new Error(`the demo key was refused: ${made.code}`);
    keys[tenant.id] = keyToken(made.id, secret);
    writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return keys;
}
