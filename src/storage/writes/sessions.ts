// Visits and sessions.
import type { SessionWrite } from '../../core/session/writes.ts';
import type { Rows } from './row.ts';

export const SESSION_WRITES: Rows<SessionWrite['op']> = {
  'insert-visit': {
    sql: `INSERT INTO visits (hash, tenant_id, account_id, challenge_id, session_id, created_at, expires_at, ended_at)
          VALUES (@hash, @tenant, @account, @challenge, @session, @now, @expiresAt, NULL)`,
    rows: 'one',
    values: ({ visit: v }) => ({
      hash: v.hash,
      tenant: v.tenantId,
      account: v.accountId,
      challenge: v.challengeId,
      session: v.sessionId,
      expiresAt: v.expiresAt,
    }),
  },
  'end-visit': {
    sql: `UPDATE visits SET ended_at = @now WHERE hash = @hash AND ended_at IS NULL AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({ hash: w.hash }),
  },
  'expect-satisfied': {
    sql: `SELECT 1 AS held FROM challenges WHERE id = @id AND status = 'satisfied'`,
    rows: 'one',
    values: (w) => ({ id: w.id }),
  },
  'cancel-challenge': {
    sql: `UPDATE challenges SET status = 'refused', closed_at = @now WHERE id = @id AND status = 'pending'`,
    rows: 'any',
    values: (w) => ({ id: w.id }),
  },
  'insert-session': {
    sql: `INSERT INTO sessions (id, hash, tenant_id, account_id, login_id, client_id, verified, trust_id, ip, user_agent, created_at, seen_at, auth_at, proof_id, expires_at, ended_at)
          VALUES (@id, @hash, @tenant, @account, @login, @client, @verified, @trust, @ip, @userAgent, @now, @now, @now, NULL, @expiresAt, NULL)`,
    rows: 'one',
    values: ({ session: s }) => ({
      id: s.id,
      hash: s.hash,
      tenant: s.tenantId,
      account: s.accountId,
      login: s.loginId,
      client: s.clientId,
      verified: s.verified.join(' '),
      trust: s.trustId,
      ip: s.ip,
      userAgent: s.userAgent,
      expiresAt: s.expiresAt,
    }),
  },
  'renew-session': {
    sql: `UPDATE sessions SET hash = @hash, proof_id = @proof, verified = trim(verified || ' ' || @verified), auth_at = @now, seen_at = @now WHERE id = @id AND ended_at IS NULL AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({ id: w.id, hash: w.hash, proof: w.proofId, verified: w.verified.join(' ') }),
  },
  'strengthen-session': {
    sql: `UPDATE sessions SET verified = @verified, auth_at = @now, seen_at = @now WHERE id = @id AND ended_at IS NULL AND expires_at > @now`,
    rows: 'one',
    values: (w) => ({ id: w.id, verified: w.verified.join(' ') }),
  },
  'see-session': {
    sql: `UPDATE sessions SET seen_at = @now WHERE id = @id AND ended_at IS NULL`,
    rows: 'any',
    values: (w) => ({ id: w.id }),
  },
  'end-session': {
    sql: `UPDATE sessions SET ended_at = @now WHERE hash = @hash AND ended_at IS NULL`,
    rows: 'any',
    values: (w) => ({ hash: w.hash }),
  },
  'end-sessions': {
    sql: `UPDATE sessions SET ended_at = @now WHERE account_id = @account AND id <> @except AND ended_at IS NULL`,
    rows: 'any',
    values: (w) => ({ account: w.accountId, except: w.except }),
  },
};
