// The read side of approvals over either database.
import type { Approval } from '../core/approval/approval.ts';
import type { ApprovalStore } from '../core/approval/store.ts';
import { NEWEST_APPROVAL } from './marks.ts';
import type { Db, Row } from './sql.ts';

/** Approvals' reads over an open, migrated database. */
export function approvalStore(db: Db): ApprovalStore {
  const first = async (
    sql: string,
    values: Readonly<Record<string, string | number>>,
  ): Promise<Approval | undefined> => {
    const [row] = await db.query(sql, values);
    return row === undefined ? undefined : approvalOf(row);
  };
  return {
    byToken: (tokenHash) => first('SELECT * FROM approvals WHERE token_hash = @hash', { hash: tokenHash }),
    byId: (id) => first('SELECT * FROM approvals WHERE id = @id', { id }),
    ofChallenge: (challengeId) =>
      first(
        `SELECT a.* FROM approvals a WHERE a.challenge_id = @challenge
         ${NEWEST_APPROVAL}`,
        { challenge: challengeId },
      ),
    async waiting(accountId) {
      const rows = await db.query(
        `SELECT * FROM approvals WHERE account_id = @account AND kind = 'push' AND status = 'waiting' AND expires_at > @now ORDER BY id DESC LIMIT 10`,
        { account: accountId },
      );
      return rows.map(approvalOf);
    },
    async counts(challengeId, accountId, since) {
      const [row] = await db.query(
        `SELECT (SELECT count(*) FROM approvals WHERE challenge_id = @challenge AND kind = 'scan') AS scans,
                (SELECT count(*) FROM approvals WHERE account_id = @account AND kind = 'push' AND status <> 'approved' AND created_at >= @since) AS pushes,
                (SELECT min(created_at) FROM approvals WHERE account_id = @account AND kind = 'push' AND status <> 'approved' AND created_at >= @since) AS first_at`,
        { challenge: challengeId, account: accountId, since },
      );
      const firstAt = row?.['first_at'];
      return {
        scans: Number(row?.['scans']),
        pushes: Number(row?.['pushes']),
        firstAt: firstAt === null || firstAt === undefined ? null : Number(firstAt),
      };
    },
  };
}

const approvalOf = (row: Row): Approval => ({
  id: String(row['id']),
  tenantId: String(row['tenant_id']),
  accountId: String(row['account_id']),
  challengeId: String(row['challenge_id']),
  kind: row['kind'] as Approval['kind'],
  status: row['status'] as Approval['status'],
  number: row['number'] as string | null,
  phoneId: row['phone_id'] as string | null,
  trust: Number(row['trust']) === 1,
  alerted: Number(row['alerted']) === 1,
  createdAt: Number(row['created_at']),
  claimUntil: Number(row['claim_until']),
  expiresAt: Number(row['expires_at']),
  decidedAt: row['decided_at'] === null ? null : Number(row['decided_at']),
});
