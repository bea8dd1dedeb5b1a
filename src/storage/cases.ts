// Cases and what operators did, read.
import { createHmac } from 'node:crypto';
import { SUSPENDED_BY } from '../core/account/account.ts';
import type { MethodChange } from '../core/authenticator/change.ts';
import type { Act, Case, CaseState } from '../core/operator/case.ts';
import type { CaseStore } from '../core/operator/case-store.ts';
import type { KeyFile } from './key-file.ts';
import { pepperOf } from './pepper.ts';
import type { Db, Row, Values } from './sql.ts';

const numberOf = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

/** What a state means of a row. */
const STATES: Readonly<Record<CaseState, string>> = {
  submitted: `status = 'submitted' AND expires_at > @now`,
  expired: `status = 'submitted' AND expires_at <= @now`,
  executed: `status = 'executed'`,
  failed: `status = 'failed'`,
  returned: `status = 'returned'`,
  withdrawn: `status = 'withdrawn'`,
  vetoed: `status = 'vetoed'`,
};

/** The cases over an open, migrated database. */
export function caseStore(db: Db, file: KeyFile): CaseStore {
  const pepper = pepperOf(db, file);
  return {
    async tagOf(accountId, code) {
      const { key } = await pepper();
      return createHmac('sha256', key).update(`hufu/objection/v2\0${accountId}\0${code}`).digest('base64url');
    },
    async byId(tenantId, id) {
      const [row] = await db.query(
        `SELECT c.*, CAST(@now AS BIGINT) AS now FROM cases c WHERE id = @id AND tenant_id = @tenant`,
        {
          id,
          tenant: tenantId,
        },
      );
      return row === undefined ? undefined : { now: Number(row['now']), case: caseOf(row) };
    },
    async list(tenantId, { state, accountId, after, limit }) {
      const where = [
        'tenant_id = @tenant',
        ...(state === undefined ? [] : [STATES[state]]),
        ...(accountId === undefined ? [] : ['account_id = @account']),
        ...(after === undefined ? [] : ['id < @after']),
      ];
      const values: Values = {
        tenant: tenantId,
        limit,
        ...(accountId === undefined ? {} : { account: accountId }),
        ...(after === undefined ? {} : { after }),
      };
      const [clock] = await db.query('SELECT CAST(@now AS BIGINT) AS now', {});
      const rows = await db.query(
        `SELECT * FROM cases WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT @limit`,
        values,
      );
      return { now: Number(clock?.['now']), items: rows.map(caseOf) };
    },
    async waiting(tenantId) {
      const [row] = await db.query(
        `SELECT count(*) AS n FROM cases WHERE tenant_id = @tenant AND status = 'submitted' AND expires_at > @now`,
        { tenant: tenantId },
      );
      return Number(row?.['n'] ?? 0);
    },
    async acts(accountId, since) {
      const rows = await db.query(
        `SELECT * FROM operator_acts WHERE account_id = @account AND at >= @since ORDER BY at DESC, id DESC LIMIT 100`,
        { account: accountId, since },
      );
      return rows.map(actOf);
    },
    async risksOf(accountId) {
      const [row] = await db.query(
        `SELECT contact_changed_at, password_changed_at, status, suspended_at,
         (SELECT max(used_at) FROM vetoes v WHERE v.account_id = a.id) AS vetoed_at,
         (SELECT count(*) FROM vetoes v WHERE v.account_id = a.id AND used_at IS NOT NULL AND lifted_at IS NULL) AS standing,
         (SELECT max(created_at) FROM challenges c WHERE c.account_id = a.id AND c.purpose = 'caller' AND c.status = 'refused') AS failed_check_at,
         (SELECT max(first_used_at) FROM client_devices d WHERE d.account_id = a.id AND d.revoked_at IS NULL) AS newest_device_at
       FROM accounts a WHERE a.id = @account`,
        { account: accountId },
      );
      return {
        contactChangedAt: numberOf(row?.['contact_changed_at']),
        passwordChangedAt: numberOf(row?.['password_changed_at']),
        vetoedAt: numberOf(row?.['vetoed_at']),
        failedCheckAt: numberOf(row?.['failed_check_at']),
        newestDeviceAt: numberOf(row?.['newest_device_at']),
        isFrozenByVeto: row?.['status'] === 'suspended' && Number(row['standing']) > 0,
        isSuspendedByRelyingParty: numberOf(row?.['suspended_at']) !== null,
      };
    },
    async suspensions(accountId) {
      const standing = `FROM vetoes v WHERE v.account_id = a.id AND v.used_at IS NOT NULL AND v.lifted_at IS NULL AND v.hash`;
      const [row] = await db.query(
        `SELECT suspended_at AS said, (SELECT min(used_at) ${standing} NOT LIKE 'restored/%') AS objected,
           (SELECT min(used_at) ${standing} LIKE 'restored/%') AS restored
         FROM accounts a WHERE a.id = @account AND a.status = 'suspended'`,
        { account: accountId },
      );
      return SUSPENDED_BY.flatMap((by) => {
        const since = numberOf(row?.[{ 'relying-party': 'said', objection: 'objected', restore: 'restored' }[by]]);
        return since === null ? [] : [{ by, since }];
      });
    },
    async madeBy(operatorId) {
      const [row] = await db.query('SELECT created_by, created_at FROM operators WHERE id = @id', { id: operatorId });
      return row === undefined ? undefined : { by: String(row['created_by']), at: Number(row['created_at']) };
    },
    async veto(hash) {
      const [row] = await db.query(
        `SELECT tenant_id, account_id, change FROM vetoes WHERE hash = @hash AND used_at IS NULL AND expires_at > @now`,
        { hash },
      );
      if (row === undefined) return undefined;
      return {
        tenantId: String(row['tenant_id']),
        accountId: String(row['account_id']),
        isChange: row['change'] !== null,
      };
    },
    async open(accountId) {
      const rows = await db.query(
        `SELECT hash, created_at, change FROM vetoes WHERE account_id = @account AND used_at IS NULL AND expires_at > @now ORDER BY created_at`,
        { account: accountId },
      );
      const changes = rows.filter((row) => row['change'] !== null);
      return {
        changes: changes.map((row) => ({
          ...(JSON.parse(String(row['change'])) as MethodChange),
          hash: String(row['hash']),
          at: Number(row['created_at']),
        })),
        acts: rows.length - changes.length,
      };
    },
  };
}

const caseOf = (row: Row): Case => ({
  id: String(row['id']),
  tenantId: String(row['tenant_id']),
  accountId: row['account_id'] as string | null,
  account: row['account'] as string | null,
  action: row['action'] as Case['action'],
  input: JSON.parse(String(row['input'])) as Case['input'],
  reason: String(row['reason']),
  note: row['note'] as string | null,
  callerCheck: JSON.parse((row['caller_check'] as string | null) ?? 'null') as Case['callerCheck'],
  effects: JSON.parse(String(row['effects'])) as Case['effects'],
  riskFlags: String(row['risk_flags'])
    .split(' ')
    .filter((flag) => flag !== '') as unknown as Case['riskFlags'],
  situation: String(row['situation']),
  requester: {
    login: String(row['requester']),
    id: row['requester_id'] as string | null,
    sessionId: row['requester_session'] as string | null,
  },
  via: String(row['via']),
  ip: row['ip'] as string | null,
  status: row['status'] as Case['status'],
  revision: Number(row['revision']),
  createdAt: Number(row['created_at']),
  submittedAt: Number(row['submitted_at']),
  expiresAt: Number(row['expires_at']),
  decidedBy: row['decided_by'] as string | null,
  decidedAt: numberOf(row['decided_at']),
  decisionReason: row['decision_reason'] as string | null,
});

const actOf = (row: Row): Act => ({
  id: String(row['id']),
  tenantId: String(row['tenant_id']),
  accountId: String(row['account_id']),
  action: row['action'] as Act['action'],
  operator: String(row['operator']),
  reason: String(row['reason']),
  callerCheck: row['caller_check'] as Act['callerCheck'],
  caseId: row['case_id'] as string | null,
  at: Number(row['at']),
});
