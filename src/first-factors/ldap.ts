// An LDAP server checks the password: a simple bind as the person (RFC 4513 §5.1.3), over TLS. An empty password would be an anonymous bind, which
// succeeds for anybody (§5.1.2): it is wrong before it is sent.
import type { Credentials } from '../core/portal/first-factors.ts';
import type { PortalPolicy } from '../core/portal/portal.ts';

/** A name's characters as they may stand in a distinguished name (RFC 4514 §2.4): whatever could mean something is written as bytes. */
export const inDn = (name: string): string =>
  name.replace(/[^\p{L}\p{N}@._-]/gu, (character) =>
    [...Buffer.from(character, 'utf8')].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join(''),
  );

/** Binds as `userDn` with the account in it. */
export async function ldapCheck(
  { ldap }: PortalPolicy,
  { account, password }: Credentials,
): Promise<boolean | undefined> {
  if (ldap === undefined) return undefined;
  if (password === '') return false;
  // Loaded where a directory is asked, and nowhere else.
  const { Client, InvalidCredentialsError } = await import('ldapts');
  const ms = ldap.timeoutSeconds * 1000;
  const client = new Client({ url: ldap.url, timeout: ms, connectTimeout: ms });
  try {
    if (ldap.startTls) await client.startTLS();
    await client.bind(
      ldap.userDn.replace('{account}', () => inDn(account)),
      password,
    );
    return true;
  } catch (error) {
    return error instanceof InvalidCredentialsError ? false : undefined;
  } finally {
    await client.unbind().catch(() => {});
  }
}
