// A tenant's keys that sign assertions and audit checkpoints: ES256, sealed at rest, published as JWKS.
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { Keyring } from './keyring.ts';
import type { Db, Row } from './sql.ts';

export interface Signer {
  readonly id: string;
  /** The compact JWS of a JSON payload (RFC 7515), header and all. */
  jws(payload: string): string;
  /** A detached signature over bytes, base64url (ES256, IEEE P1363). */
  sign(bytes: Uint8Array): string;
}

export interface SigningKeys {
  /** The tenant's current signer, made on first use. */
  signer(tenantId: string): Promise<Signer>;
  /** The tenant's private keys as JWKs, newest first: for the OpenID provider, which signs by itself. Made on first use. */
  privateJwks(tenantId: string): Promise<readonly Record<string, unknown>[]>;
  /** Public keys of every tenant, current and retired, as JWKs. */
  jwks(): Promise<readonly Record<string, unknown>[]>;
}

/** What binds a sealed signing key to its row. */
export const signingIdentity = (id: string): readonly string[] => ['signing_keys.sealed', id];

/** Signing keys over the store; private keys are opened once per process and held as key objects. */
export function signingKeys(db: Db, keys: Keyring): SigningKeys {
  const signers = new Map<string, Signer>();

  const signerOf = (id: string, privateKey: KeyObject): Signer => {
    const header = Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'JWT', kid: id })).toString('base64url');
    const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return {
      id,
      jws(payload) {
        const signing = `${header}.${Buffer.from(payload, 'utf8').toString('base64url')}`;
        return `${signing}.${sign('sha256', Buffer.from(signing, 'latin1'), key).toString('base64url')}`;
      },
      sign: (bytes) => sign('sha256', bytes, key).toString('base64url'),
    };
  };

  const read = async (tenantId: string): Promise<Signer | undefined> => {
    const [row] = await db.query(
      'SELECT * FROM signing_keys WHERE tenant_id = @tenant AND retired_at IS NULL ORDER BY created_at, id LIMIT 1',
      { tenant: tenantId },
    );
    if (row === undefined) return undefined;
    await keys.load([String(row['sealed_by'])]);
    const der = keys.open(
      String(row['sealed_by']),
      tenantId,
      signingIdentity(String(row['id'])),
      row['sealed'] as Uint8Array,
    );
    const signer = signerOf(
      String(row['id']),
      createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }),
    );
    der.fill(0);
    signers.set(tenantId, signer);
    return signer;
  };

  return {
    async signer(tenantId) {
      const known = signers.get(tenantId) ?? (await read(tenantId));
      if (known !== undefined) return known;
      await keys.ready(tenantId);
      const id = `sig_${randomBytes(9).toString('base64url')}`;
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const der = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
      const { sealed, keyId } = keys.seal(tenantId, signingIdentity(id), der);
      await db.commit(tenantId, [
        {
          sql: `INSERT INTO signing_keys (id, tenant_id, public_jwk, sealed, sealed_by, created_at, retired_at)
                SELECT @id, @tenant, @jwk, @sealed, @sealedBy, @now, NULL WHERE NOT EXISTS (SELECT 1 FROM signing_keys WHERE tenant_id = @tenant AND retired_at IS NULL)`,
          rows: 'any',
          values: {
            id,
            tenant: tenantId,
            jwk: JSON.stringify(pair.publicKey.export({ format: 'jwk' })),
            sealed,
            sealedBy: keyId,
          },
        },
      ]);
      const made = await read(tenantId);
      if (made === undefined) throw new Error(`tenant ${tenantId} has no signing key`);
      return made;
    },
    async privateJwks(tenantId) {
      await this.signer(tenantId);
      const rows = await db.query(
        'SELECT * FROM signing_keys WHERE tenant_id = @tenant AND retired_at IS NULL ORDER BY created_at DESC, id',
        { tenant: tenantId },
      );
      const found: Record<string, unknown>[] = [];
      for (const row of rows) {
        const id = String(row['id']);
        await keys.load([String(row['sealed_by'])]);
        const der = keys.open(String(row['sealed_by']), tenantId, signingIdentity(id), row['sealed'] as Uint8Array);
        const key = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
        der.fill(0);
        found.push({ ...key.export({ format: 'jwk' }), kid: id, alg: 'ES256', use: 'sig' });
      }
      return found;
    },
    async jwks() {
      const rows: Row[] = await db.query('SELECT id, public_jwk FROM signing_keys ORDER BY created_at, id', {});
      return rows.map((row) => ({
        ...(JSON.parse(String(row['public_jwk'])) as object),
        kid: String(row['id']),
        alg: 'ES256',
        use: 'sig',
      }));
    },
  };
}
