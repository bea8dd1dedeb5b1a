// Every guarded write as SQL, one row each, by room.
import type { Write, WriteNamed, WriteOp } from '../core/commit.ts';
import type { Db, Step } from './sql.ts';
import { ACCOUNT_WRITES } from './writes/accounts.ts';
import { APP_PASSWORD_WRITES } from './writes/app-passwords.ts';
import { APPROVAL_WRITES } from './writes/approvals.ts';
import { AUTHENTICATOR_WRITES } from './writes/authenticators.ts';
import { BULK_WRITES } from './writes/bulk.ts';
import { CASE_WRITES } from './writes/cases.ts';
import { CHALLENGE_WRITES } from './writes/challenges.ts';
import { ENROLMENT_WRITES } from './writes/enrolment.ts';
import { OPERATOR_WRITES } from './writes/operators.ts';
import { REGISTRY_WRITES } from './writes/registry.ts';
import { ROLLOUT_WRITES } from './writes/rollout.ts';
import type { Rows, SealFor } from './writes/row.ts';
import { SEARCH_WRITES } from './writes/search.ts';
import { SESSION_WRITES } from './writes/sessions.ts';
import { TRUST_WRITES } from './writes/trust.ts';
import { WECHAT_WRITES } from './writes/wechat.ts';

const WRITES: Rows<WriteOp> = {
  ...CHALLENGE_WRITES,
  ...AUTHENTICATOR_WRITES,
  ...APPROVAL_WRITES,
  ...CASE_WRITES,
  ...ACCOUNT_WRITES,
  ...ENROLMENT_WRITES,
  ...REGISTRY_WRITES,
  ...APP_PASSWORD_WRITES,
  ...SEARCH_WRITES,
  ...SESSION_WRITES,
  ...TRUST_WRITES,
  ...WECHAT_WRITES,
  ...ROLLOUT_WRITES,
  ...BULK_WRITES,
  ...OPERATOR_WRITES,
};

/** Each write's SQL once, in a fixed order: PostgreSQL makes its commit function from them. */
export const WRITE_STATEMENTS: readonly { readonly op: string; readonly sql: string; readonly rows: Step['rows'] }[] =
  Object.entries(WRITES).map(([op, { sql, rows }]) => ({ op, sql, rows }));

/** A write as the step that carries it out. */
function stepOf<O extends WriteOp>(write: WriteNamed<O>, dialect: Db['dialect'], seal: SealFor): Step {
  const { sql, rows, values, onSqlite } = WRITES[write.op];
  const given = values(write, seal);
  return dialect === 'postgres' || onSqlite === undefined
    ? { sql, rows, values: given }
    : { sql: onSqlite.sql, rows, values: given, spends: onSqlite.spends(write) };
}

export const stepsOf = (writes: readonly Write[], dialect: Db['dialect'], seal: SealFor): Step[] =>
  writes.map((write) => stepOf(write as WriteNamed<WriteOp>, dialect, seal));
