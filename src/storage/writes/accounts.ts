// Accounts, and what goes with every change of one: messages and the audit.
import type { WriteNamed } from '../../core/commit.ts';
import { sealedBody } from '../message-body.ts';
import type { Values } from '../sql.ts';
import { OBJECTED } from './cases.ts';
import { messageIdentity, type Rows } from './row.ts';

/** What the relying party says, or said where it says nothing now. */
const SAID = `CAST(@status AS TEXT)`;
const SUSPENDED_AT = `CASE ${SAID} WHEN 'active' THEN NULL WHEN 'suspended' THEN coalesce(suspended_at, CAST(@now AS BIGINT)) ELSE suspended_at END`;

/** Where it says nothing of the status, it stays: never is an account opened that stands suspended for a reason this version does not know. */
const STATUS = `CASE WHEN ${SAID} IS NULL THEN status WHEN ${SAID} = 'suspended' OR ${OBJECTED('@id')} THEN 'suspended' ELSE 'active' END`;

export const ACCOUNT_WRITES: Rows<'insert-account' | 'update-account' | 'enqueue' | 'cap-notices' | 'audit'> = {
  'insert-account': {
    sql: `INSERT INTO accounts (id, tenant_id, canonical, account, name, phone, email, cohort, locale, status, password_hash, created_at, revision, suspended_at)
          VALUES (@id, @tenant, @canonical, @account, @name, @phone, @email, @cohort, @locale, coalesce(${SAID}, 'active'), @password, @now, 1,
            CASE ${SAID} WHEN 'suspended' THEN CAST(@now AS BIGINT) END) ON CONFLICT DO NOTHING`,
    rows: 'one',
    values: (w) => accountValues(w.account),
  },
  'update-account': {
    sql: `UPDATE accounts SET name = @name, phone = @phone, email = @email, cohort = @cohort, locale = @locale,
            suspended_at = ${SUSPENDED_AT}, status = ${STATUS},
            contact_changed_at = CASE WHEN coalesce(phone, '') <> coalesce(@phone, '') OR coalesce(email, '') <> coalesce(@email, '') THEN @now ELSE contact_changed_at END,
            password_changed_at = CASE WHEN coalesce(password_hash, '') <> coalesce(@password, '') THEN @now ELSE password_changed_at END,
            password_hash = @password, revision = revision + 1 WHERE id = @id AND tenant_id = @tenant AND revision = @revision`,
    rows: 'one',
    values: (w) => ({ ...accountValues(w.account), revision: w.revision }),
  },
  enqueue: {
    sql: `INSERT INTO outbox (id, tenant_id, account_id, channel, sent_to, text_sealed, sealed_by, purpose, status, attempts, next_at, created_at, expires_at)
          VALUES (@id, @tenant, @account, @channel, @to, @sealed, @sealedBy, @purpose, 'waiting', 0, @now, @now, @expiresAt)`,
    rows: 'one',
    values: ({ message: m }, seal) => {
      const { sealed, keyId } = seal(m.tenantId, messageIdentity(m.id), sealedBody(m));
      return {
        id: m.id,
        tenant: m.tenantId,
        account: m.accountId,
        channel: m.channel,
        to: m.to,
        sealed,
        sealedBy: keyId,
        purpose: m.purpose,
        expiresAt: m.expiresAt,
      };
    },
  },
  'cap-notices': {
    sql: `DELETE FROM outbox WHERE id = @id AND account_id = @account AND (SELECT count(*) FROM outbox
            WHERE account_id = @account AND channel = 'sms' AND purpose = (SELECT purpose FROM outbox WHERE id = @id) AND created_at > CAST(@now AS BIGINT) - 3600000) > CAST(@most AS BIGINT)`,
    rows: 'any',
    values: (w) => ({ id: w.id, account: w.accountId, most: w.most }),
  },
  audit: {
    sql: `INSERT INTO audit_events (tenant_id, at, account_id, event, actor, data) VALUES (@tenant, @now, @account, @event, @actor, @data)`,
    rows: 'one',
    values: ({ event: e }) => ({
      tenant: e.tenantId,
      account: e.accountId,
      event: e.event,
      actor: e.actor,
      data: JSON.stringify(e.data),
    }),
  },
};

function accountValues(a: WriteNamed<'insert-account'>['account']): Values {
  return {
    id: a.id,
    tenant: a.tenantId,
    canonical: a.canonical,
    account: a.account,
    name: a.name,
    phone: a.phone,
    email: a.email,
    cohort: a.cohort,
    locale: a.locale,
    status: a.status,
    password: a.passwordHash,
  };
}
