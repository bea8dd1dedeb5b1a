// An account's recent activity, from two places: its challenges say what came of each login, the audit log what else was done. Events that belong
// to a login are left out of the second: they are many, and no index is kept for them.
import type { Happened, History } from '../core/audit/history.ts';
import type { Db, Row } from './sql.ts';

/** The condition of the index `audit_events_of_account`, word for word. */
export const RARE = `event <> 'login.started' AND event <> 'step.verified' AND event <> 'login.satisfied' AND event <> 'login.allowed'
  AND event <> 'code.sent' AND event <> 'challenge.started' AND event <> 'challenge.satisfied'`;

/** These go with a login or step-up that is told by its challenge; not in the index, whose words are written in it. */
export const ALONG = `event <> 'session.started' AND event <> 'session.renewed'`;

const CHALLENGES = `SELECT id, purpose, client_id, ip, status, verified, created_at, expires_at, CAST(@now AS BIGINT) AS now FROM challenges
  WHERE account_id = @account AND tenant_id = @tenant AND id < @id AND created_at <= @at ORDER BY id DESC LIMIT @limit`;
const EVENTS = `SELECT seq, at, event, data FROM audit_events
  WHERE account_id = @account AND tenant_id = @tenant AND ${RARE} AND ${ALONG} AND seq < @seq AND at <= @at ORDER BY seq DESC LIMIT @limit`;

/** A key is the instant and the last challenge and event told so far. */
const keyOf = (at: number, id: string, seq: number): string => `${at}.${seq}.${id}`;
const LAST = { at: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER, id: '~' };

function placeOf(after: string | null): typeof LAST {
  const [, at, seq, id] = /^(\d{1,15})\.(\d{1,16})\.(~|[a-z]{3}_[\w-]+)$/.exec(after ?? '') ?? [];
  return id === undefined ? LAST : { at: Number(at), seq: Number(seq), id };
}

/** The history over an open, migrated database. */
export const historyStore = (db: Db): History => ({
  async of(tenantId, accountId, after, limit) {
    let place = placeOf(after);
    const values = { account: accountId, tenant: tenantId, at: place.at, limit };
    const [challenges, events] = await Promise.all([
      db.query(CHALLENGES, { ...values, id: place.id }),
      db.query(EVENTS, { ...values, seq: place.seq }),
    ]);
    const found = [...challenges.map(ofChallenge), ...events.map(ofEvent)].sort((a, b) => b.at - a.at).slice(0, limit);
    return found.map(({ id, seq, ...one }): Happened => {
      place = { at: one.at, id: id ?? place.id, seq: seq ?? place.seq };
      return { key: keyOf(place.at, place.id, place.seq), ...one };
    });
  },
  async lastUsed(tenantId, accountId) {
    const rows = await db.query(
      `SELECT verified, max(coalesce(closed_at, created_at)) AS at FROM challenges
       WHERE account_id = @account AND tenant_id = @tenant AND status IN ('satisfied', 'used') AND verified <> '' GROUP BY verified`,
      { account: accountId, tenant: tenantId },
    );
    const used = new Map<string, number>();
    for (const row of rows)
      for (const type of String(row['verified']).split(' '))
        used.set(type, Math.max(used.get(type) ?? 0, Number(row['at'])));
    return used;
  },
});

type Found = Omit<Happened, 'key'> & { readonly id?: string; readonly seq?: number };

function ofChallenge(row: Row): Found {
  const status = String(row['status']);
  const verified = String(row['verified']);
  const outcome =
    status === 'satisfied' || status === 'used'
      ? verified === ''
        ? 'allowed'
        : 'satisfied'
      : status === 'refused'
        ? 'refused'
        : Number(row['expires_at']) <= Number(row['now'])
          ? 'expired'
          : 'started';
  return {
    id: String(row['id']),
    at: Number(row['created_at']),
    event: `${row['purpose'] === 'login' ? 'login' : 'challenge'}.${outcome}`,
    type: verified === '' ? null : (verified.split(' ').at(-1) ?? null),
    client: row['client_id'] as string | null,
    ip: row['ip'] as string | null,
  };
}

function ofEvent(row: Row): Found {
  const data = JSON.parse(String(row['data'])) as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    seq: Number(row['seq']),
    at: Number(row['at']),
    event: String(row['event']),
    type: text(data['type']),
    client: text(data['client']),
    ip: null,
  };
}
