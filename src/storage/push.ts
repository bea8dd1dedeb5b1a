// Where phones are woken, and the key pair push services know us by; both sealed.
import { createECDH } from 'node:crypto';
import type { PushStore } from '../core/approval/store.ts';
import type { Subscription } from '../core/outbox/message.ts';
import type { Keyring } from './keyring.ts';
import type { Db } from './sql.ts';
import { pushKeyIdentity, subscriptionIdentity } from './writes/row.ts';

/** The installation's own pseudo tenant: the key pair belongs to no customer. */
const HOUSE = '';
/** One pair for the house: a subscription is made for one key, and is lost with it. */
const ID = 'vapid';

/** Subscriptions and keys over an open, migrated database. */
export function pushStore(db: Db, keys: Keyring): PushStore {
  let pair: Promise<{ readonly publicKey: string; readonly privateKey: string }> | undefined;

  const read = async (): Promise<{ readonly publicKey: string; readonly privateKey: string } | undefined> => {
    const [row] = await db.query('SELECT * FROM push_keys WHERE id = @id', { id: ID });
    if (row === undefined) return undefined;
    const sealedBy = String(row['sealed_by']);
    await keys.load([sealedBy]);
    const opened = keys.open(sealedBy, HOUSE, pushKeyIdentity(ID), row['sealed'] as Uint8Array);
    const privateKey = Buffer.from(opened).toString('base64url');
    opened.fill(0);
    return { publicKey: String(row['public_key']), privateKey };
  };

  /** Made on first use; two nodes that make one at once keep one. */
  const readOrMake = async (): Promise<{ readonly publicKey: string; readonly privateKey: string }> => {
    const found = await read();
    if (found !== undefined) return found;
    await keys.ready(HOUSE);
    const made = createECDH('prime256v1');
    made.generateKeys();
    // A private key may come without its leading zeros; push services want all 32 bytes.
    const secret = Buffer.from(made.getPrivateKey('hex').padStart(64, '0'), 'hex');
    const { sealed, keyId } = keys.seal(HOUSE, pushKeyIdentity(ID), secret);
    secret.fill(0);
    await db.run([
      {
        sql: `INSERT INTO push_keys (id, public_key, sealed, sealed_by, created_at) VALUES (@id, @publicKey, @sealed, @sealedBy, @now) ON CONFLICT DO NOTHING`,
        rows: 'any',
        values: { id: ID, publicKey: made.getPublicKey('base64url'), sealed, sealedBy: keyId },
      },
    ]);
    const kept = await read();
    if (kept === undefined) throw new Error('the key pair for push services was not kept');
    return kept;
  };

  return {
    keys() {
      pair ??= readOrMake().catch((error: unknown) => {
        pair = undefined;
        throw error;
      });
      return pair;
    },
    async of(accountId) {
      const rows = await db.query('SELECT * FROM push_subscriptions WHERE account_id = @account', {
        account: accountId,
      });
      await keys.load(rows.map((row) => String(row['sealed_by'])));
      return new Map(
        rows.map((row) => {
          const phoneId = String(row['phone_id']);
          const opened = keys.open(
            String(row['sealed_by']),
            String(row['tenant_id']),
            subscriptionIdentity(accountId, phoneId),
            row['sealed'] as Uint8Array,
          );
          return [phoneId, JSON.parse(Buffer.from(opened).toString('utf8')) as Subscription];
        }),
      );
    },
    async drop(phoneId) {
      await db.run([
        { sql: 'DELETE FROM push_subscriptions WHERE phone_id = @phone', rows: 'any', values: { phone: phoneId } },
      ]);
    },
  };
}
