// Approvals: begun within limits, claimed by the first phone of their owner, decided once.
import { type Rows, subscriptionIdentity } from './row.ts';

const phoneHolds = `EXISTS (SELECT 1 FROM phones p WHERE p.id = @phone AND p.account_id = @account AND p.status = 'active')`;

export const APPROVAL_WRITES: Rows<
  | 'insert-approval'
  | 'claim-approval'
  | 'decide-approval'
  | 'close-approvals'
  | 'alert-approval'
  | 'refuse-challenge'
  | 'put-subscription'
  | 'drop-subscription'
> = {
  'insert-approval': {
    sql: `INSERT INTO approvals (id, tenant_id, account_id, challenge_id, kind, status, token_hash, number, phone_id, trust, alerted, created_at, claim_until, expires_at)
          SELECT @id, @tenant, @account, @challenge, @kind, 'waiting', @token, @number, @phone, 0, 0, @now, CAST(@claimUntil AS BIGINT), CAST(@expiresAt AS BIGINT)
          WHERE EXISTS (SELECT 1 FROM challenges c WHERE c.id = @challenge AND c.account_id = @account AND c.status = 'pending' AND c.verified = @verified AND c.expires_at > @now)
            AND (@kind = 'scan' OR (SELECT count(*) FROM approvals WHERE account_id = @account AND kind = 'push' AND status <> 'approved'
                  AND created_at >= CAST(@since AS BIGINT)) = CAST(@pushes AS BIGINT))`,
    rows: 'one',
    values: ({ approval: a, tokenHash, verified, since, pushes }) => ({
      id: a.id,
      tenant: a.tenantId,
      account: a.accountId,
      challenge: a.challengeId,
      kind: a.kind,
      token: tokenHash,
      number: a.number,
      phone: a.phoneId,
      claimUntil: a.claimUntil,
      expiresAt: a.expiresAt,
      verified,
      since,
      pushes,
    }),
  },
  'claim-approval': {
    sql: `UPDATE approvals SET status = 'claimed', phone_id = @phone
          WHERE id = @id AND account_id = @account AND kind = 'scan' AND status = 'waiting' AND claim_until > @now AND expires_at > @now AND ${phoneHolds}`,
    rows: 'one',
    values: (w) => ({ id: w.id, account: w.accountId, phone: w.phoneId }),
  },
  'decide-approval': {
    sql: `UPDATE approvals SET status = @to, phone_id = @phone, trust = @trust, signature = @signature, decided_at = @now
          WHERE id = @id AND account_id = @account AND status = @from AND coalesce(phone_id, @phone) = @phone AND expires_at > @now AND ${phoneHolds}`,
    rows: 'one',
    values: (w) => ({
      id: w.id,
      account: w.accountId,
      phone: w.phoneId,
      from: w.from,
      to: w.to,
      trust: w.trust ? 1 : 0,
      signature: w.signature,
    }),
  },
  'close-approvals': {
    sql: `UPDATE approvals SET status = 'closed' WHERE challenge_id = @challenge AND id <> @except AND status IN ('waiting', 'claimed')`,
    rows: 'any',
    values: (w) => ({ challenge: w.challengeId, except: w.except }),
  },
  'alert-approval': {
    sql: `UPDATE approvals SET alerted = 1 WHERE id = @id AND alerted = 0`,
    rows: 'one',
    values: (w) => ({ id: w.id }),
  },
  'put-subscription': {
    sql: `INSERT INTO push_subscriptions (phone_id, tenant_id, account_id, sealed, sealed_by, created_at)
          SELECT @phone, @tenant, @account, @sealed, @sealedBy, @now WHERE ${phoneHolds}
          ON CONFLICT (phone_id) DO UPDATE SET sealed = excluded.sealed, sealed_by = excluded.sealed_by, created_at = excluded.created_at`,
    rows: 'one',
    values: (w, seal) => {
      const text = Buffer.from(JSON.stringify(w.subscription), 'utf8');
      const { sealed, keyId } = seal(w.tenantId, subscriptionIdentity(w.accountId, w.phoneId), text);
      return { phone: w.phoneId, tenant: w.tenantId, account: w.accountId, sealed, sealedBy: keyId };
    },
  },
  'drop-subscription': {
    sql: `DELETE FROM push_subscriptions WHERE phone_id = @phone`,
    rows: 'any',
    values: (w) => ({ phone: w.phoneId }),
  },
  'refuse-challenge': {
    sql: `UPDATE challenges SET status = 'refused', closed_at = @now WHERE id = @id AND account_id = @account AND status = 'pending' AND verified = @from`,
    rows: 'one',
    values: (w) => ({ id: w.id, account: w.accountId, from: w.from }),
  },
};
