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
  /**
   * Another key signs from now on: here at once, on every other node within half a minute. What the one before signed can still be checked, for its
   * public half stays published.
   */
  rotate(tenantId: string, actor: string): Promise<{ readonly id: string; readonly retired: string }>;
  /**
   * The tenant's private keys as JWKs, the one that signs first: for the OpenID provider, which signs by itself. Those retired within a day are
   * among them, so that it publishes them while anything they signed is good. Made on first use.
   */
  privateJwks(tenantId: string): Promise<readonly Record<string, unknown>[]>;
  /** Public keys of every tenant, current and retired, as JWKs. */
  jwks(): Promise<readonly Record<string, unknown>[]>;
}

/** Another node's rotation is followed after this long. */
const FRESH_MS = 30_000;
/** ID tokens live minutes, cookies of a login under way half an hour. */
const PUBLISHED_MS = 24 * 3600 * 1000;

/** What binds a sealed signing key to its row. */
export const signingIdentity = (id: string): readonly string[] => ['signing_keys.sealed', id];

const INSERT = `INSERT INTO signing_keys (id, tenant_id, public_jwk, sealed, sealed_by, created_at, retired_at)
  SELECT @id, @tenant, @jwk, @sealed, @sealedBy, @now, NULL WHERE NOT EXISTS (SELECT 1 FROM signing_keys WHERE tenant_id = @tenant AND retired_at IS NULL)`;

/** Signing keys over the store; private keys are opened once per process and held as key objects. */
export function signingKeys(db: Db, keys: Keyring): SigningKeys {
  const signers = new Map<string, { readonly signer: Signer; readonly at: number }>();

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
    signers.set(tenantId, { signer, at: performance.now() });
    return signer;
  };

  /** A fresh key, sealed, with what puts it in. */
  const fresh = async (tenantId: string): Promise<{ id: string; values: Record<string, string | Uint8Array> }> => {
    await keys.ready(tenantId);
    const id = `sig_${randomBytes(9).toString('base64url')}`;
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const der = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
    const { sealed, keyId } = keys.seal(tenantId, signingIdentity(id), der);
    der.fill(0);
    const jwk = JSON.stringify(pair.publicKey.export({ format: 'jwk' }));
    return { id, values: { id, tenant: tenantId, jwk, sealed, sealedBy: keyId } };
  };

  return {
    async signer(tenantId) {
      const known = signers.get(tenantId);
      if (known !== undefined && performance.now() - known.at < FRESH_MS) return known.signer;
      const found = await read(tenantId);
      if (found !== undefined) return found;
      const { values } = await fresh(tenantId);
      await db.commit(tenantId, [{ sql: INSERT, rows: 'any', values }]);
      const made = await read(tenantId);
      if (made === undefined) throw new Error(`tenant ${tenantId} has no signing key`);
      return made;
    },
    async rotate(tenantId, actor) {
      for (;;) {
        signers.delete(tenantId);
        const { id: retired } = await this.signer(tenantId);
        const { id, values } = await fresh(tenantId);
        const data = JSON.stringify({ key: id, retired });
        const conflict = await db.commit(tenantId, [
          {
            sql: `UPDATE signing_keys SET retired_at = @now WHERE id = @retired AND tenant_id = @tenant AND retired_at IS NULL`,
            rows: 'one',
            values: { retired, tenant: tenantId },
          },
          { sql: INSERT, rows: 'one', values },
          {
            sql: `INSERT INTO audit_events (tenant_id, at, account_id, event, actor, data) VALUES (@tenant, @now, NULL, 'signing-key.rotated', @actor, @data)`,
            rows: 'one',
            values: { tenant: tenantId, actor, data },
          },
        ]);
        signers.delete(tenantId);
        if (conflict === -1) return { id, retired };
      }
    },
    async privateJwks(tenantId) {
      await this.signer(tenantId);
      const rows = await db.query(
        `SELECT * FROM signing_keys WHERE tenant_id = @tenant AND (retired_at IS NULL OR retired_at > CAST(@now AS BIGINT) - ${PUBLISHED_MS})
         ORDER BY CASE WHEN retired_at IS NULL THEN 0 ELSE 1 END, created_at DESC, id`,
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
