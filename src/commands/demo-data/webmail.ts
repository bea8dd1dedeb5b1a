// The demo's webmail as a relying party of the mail tenant. Its address changes with the port, its secret stays in the demo's key file.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { House } from '../../compose.ts';
import { oidcStore } from '../../storage/oidc.ts';

export const WEBMAIL = { tenant: 'lark', id: 'webmail' } as const;

/** Registers the webmail where it is now, and gives its secret. */
export async function seedWebmail(house: House, folder: string, baseUrl: string): Promise<string> {
  const file = join(folder, 'demo-webmail.json');
  const store = oidcStore(house.db, house.keys);
  const metadata = {
    redirect_uris: [`${baseUrl}/demo/webmail/callback`],
    post_logout_redirect_uris: [`${baseUrl}/demo/webmail/`],
  };
  if (existsSync(file) && (await store.updateClient(WEBMAIL.tenant, WEBMAIL.id, metadata)))
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly secret: string }).secret;
  const secret = randomBytes(32).toString('base64url');
  // The file first: killed between the two, the next start finds no client and registers it under a new secret.
  writeFileSync(`${file}.new`, JSON.stringify({ secret }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  const { tenant, id } = WEBMAIL;
  if (!(await store.addClient(tenant, { id, name: 'Lark Mail', metadata, secret })))
    throw new Error('the demo webmail is registered, but its secret is lost: remove the demo folder and start again');
  return secret;
}
