// Writes a made-up history into the tables that the activity job fills, set by set: the demo's first start, and the bench, must not wait for it.
import { randomBytes } from 'node:crypto';
import type { House } from '../../compose.ts';
import { putPlan } from '../../flows/rollout/plan.ts';
import { rowsOf, type Step, type Value } from '../../storage/sql.ts';
import { authenticatorIdentity } from '../../storage/writes/row.ts';
import { type MadeAccount, type MadeHistory, madeHistory } from './history.ts';

type Kind = 'text' | 'bigint';
type Cells = Readonly<Record<string, Value>>;
const DAY = 24 * 3600_000;
const TOTP = 'SHA1/6/30';

/** One statement for all rows, whatever their number. `hex` columns are bytes. */
function insert(
  house: House,
  table: string,
  columns: Readonly<Record<string, Kind>>,
  rows: readonly Cells[],
  hex = '',
): Step {
  const { dialect } = house.db;
  const bytes = (name: string): string =>
    name !== hex ? `r.${name}` : dialect === 'sqlite' ? `unhex(r.${name})` : `decode(r.${name}, 'hex')`;
  const names = Object.keys(columns);
  return {
    sql: `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map(bytes).join(', ')} FROM ${rowsOf(dialect, '@rows', columns)} r WHERE 1 = 1 ON CONFLICT DO NOTHING`,
    rows: 'any',
    values: { rows: JSON.stringify(rows) },
  };
}

const ACCOUNTS = {
  id: 'text',
  tenant_id: 'text',
  canonical: 'text',
  account: 'text',
  name: 'text',
  phone: 'text',
  email: 'text',
  cohort: 'text',
  locale: 'text',
  status: 'text',
  created_at: 'bigint',
  revision: 'bigint',
} as const;
const AUTHENTICATORS = {
  account_id: 'text',
  id: 'text',
  tenant_id: 'text',
  type: 'text',
  status: 'text',
  params: 'text',
  sealed: 'text',
  sealed_by: 'text',
  created_at: 'bigint',
  bound_at: 'bigint',
} as const;
const ACTIVITY = {
  account_id: 'text',
  tenant_id: 'text',
  cohort: 'text',
  status: 'text',
  bound: 'text',
  last_login_at: 'bigint',
  weight: 'bigint',
  last_client: 'text',
  last_version: 'text',
  reminded_at: 'bigint',
} as const;
const STEPS = {
  account_id: 'text',
  tenant_id: 'text',
  cohort: 'text',
  client: 'text',
  version: 'text',
  step: 'bigint',
  told_at: 'bigint',
  step_at: 'bigint',
} as const;
const DAYS = { tenant_id: 'text', day: 'bigint', cohort: 'text', accounts: 'bigint', bound: 'bigint' } as const;
const HOURS = {
  tenant_id: 'text',
  hour: 'bigint',
  started: 'bigint',
  satisfied: 'bigint',
  by_sms: 'bigint',
  rejected: 'bigint',
  refused: 'bigint',
} as const;
const CAMPAIGNS = {
  id: 'text',
  tenant_id: 'text',
  at: 'bigint',
  cohort: 'text',
  reminded: 'bigint',
  reason: 'text',
  actor: 'text',
} as const;

/** The rows of accounts. Without `isWhole` only what the cockpit reads: no methods are sealed. */
export function accountSteps(house: House, tenant: string, made: readonly MadeAccount[], isWhole: boolean): Step[] {
  const common = { tenant_id: tenant, status: 'active' };
  const authenticators = isWhole ? made.flatMap((one) => methodsOf(house, tenant, one)) : [];
  return [
    insert(
      house,
      'accounts',
      ACCOUNTS,
      made.map((one) => ({
        ...common,
        id: one.id,
        canonical: one.account,
        account: one.account,
        name: one.name,
        phone: one.phone,
        email: one.email,
        cohort: one.cohort,
        locale: one.locale,
        created_at: one.createdAt,
        revision: 1,
      })),
    ),
    ...(isWhole ? [insert(house, 'authenticators', AUTHENTICATORS, authenticators, 'sealed')] : []),
    insert(
      house,
      'account_activity',
      ACTIVITY,
      made.map((one) => ({
        ...common,
        account_id: one.id,
        cohort: one.cohort,
        bound: one.boundAt === null ? 'sms' : 'sms totp',
        last_login_at: one.lastLoginAt,
        weight: one.weight,
        last_client: one.client,
        last_version: one.version,
        reminded_at: one.remindedAt,
      })),
    ),
    insert(
      house,
      'rollout_steps',
      STEPS,
      made
        .filter(({ step }) => step > 0)
        .map((one) => ({
          account_id: one.id,
          tenant_id: tenant,
          cohort: one.cohort,
          client: one.client,
          version: one.version,
          step: one.step,
          told_at: one.remindedAt,
          step_at: one.stepAt,
        })),
    ),
  ];
}

function methodsOf(house: House, tenant: string, one: MadeAccount): Cells[] {
  const row = (id: string, type: string, params: string, secret: Uint8Array, at: number): Cells => {
    const { sealed, keyId } = house.keys.seal(tenant, authenticatorIdentity(one.id, id, type, params), secret);
    return {
      account_id: one.id,
      id,
      tenant_id: tenant,
      type,
      status: 'active',
      params,
      sealed: Buffer.from(sealed).toString('hex'),
      sealed_by: keyId,
      created_at: at,
      bound_at: at,
    };
  };
  return [
    row(one.smsId, 'sms', one.phone, randomBytes(32), one.createdAt),
    ...(one.boundAt === null ? [] : [row(one.totpId, 'totp', TOTP, randomBytes(20), one.boundAt)]),
  ];
}

/** The rows of days, hours and campaigns, of the accounts made so far. */
export const countSteps = (house: House, tenant: string, history: MadeHistory): Step[] => [
  insert(
    house,
    'adoption_days',
    DAYS,
    history.adoption().map((one) => ({ ...one, tenant_id: tenant })),
  ),
  insert(
    house,
    'login_hours',
    HOURS,
    history.hours().map(({ bySms, ...one }) => ({ ...one, by_sms: bySms, tenant_id: tenant })),
  ),
  insert(
    house,
    'campaigns',
    CAMPAIGNS,
    history.campaigns().map((one) => ({ ...one, tenant_id: tenant, actor: 'demo' })),
  ),
];

const MARK = 'demo.history';
const ACCOUNTS_MADE = 3000;

/** Gives a tenant of the demo its history, once: with its mark in one transaction, so a kill leaves all of it or nothing. */
export async function seedHistory(house: House, tenant: string, now = Date.now()): Promise<void> {
  const { db } = house;
  if ((await db.query('SELECT value FROM meta WHERE name = @name', { name: MARK })).length > 0) return;
  const history = madeHistory(now, '81');
  const accounts = history.accounts(1, ACCOUNTS_MADE + 1);
  await db.run([
    ...accountSteps(house, tenant, accounts, true),
    ...countSteps(house, tenant, history),
    {
      sql: 'INSERT INTO meta (name, value) VALUES (@name, @value) ON CONFLICT DO NOTHING',
      rows: 'any',
      values: { name: MARK, value: tenant },
    },
  ]);
  const inWeeks = (weeks: number): string => new Date(now + weeks * 7 * DAY).toISOString().slice(0, 10);
  await putPlan(
    house.ports,
    { tenantId: tenant, actor: 'demo', keyId: 'demo', client: null },
    {
      plan: [
        { date: inWeeks(-6), share: 0.3 },
        { date: inWeeks(-1), share: 0.7 },
        { date: inWeeks(6), share: 0.95 },
      ],
      hotline: { callsPerDay: 120, forced: 0.08, tooOld: 0.35, shutOut: 0.9 },
      reason: 'the plan of the demo',
    },
  );
}
