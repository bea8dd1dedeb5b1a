// Every row of the endpoint table that relying parties or anybody may call, as a request that would do something, for tests that then spoil it.
// Pages and phones prove themselves before anything else is looked at; their stories spoil their calls.
import { z } from 'zod';
import { ENDPOINTS, type Endpoint, type EndpointName, whoCalls } from '../../src/contract/endpoints.ts';
import { EXAMPLES } from '../../src/contract/examples.ts';
import type { Scope } from '../../src/contract/scopes.ts';
import { aLogin, bindTotp, presetText, STAR_95, type TestHouse } from '../kit.ts';

export interface Door {
  readonly name: EndpointName;
  readonly method: Endpoint['method'];
  readonly url: string;
  readonly template: string;
  readonly scope: Scope | null;
  readonly body: Record<string, unknown> | undefined;
  /** JSON Schema of the body. */
  readonly schema: JsonSchema | undefined;
}

export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly minItems?: number;
}

export const BODIES: Readonly<Partial<Record<EndpointName, Record<string, unknown>>>> = {
  startLogin: { account: '700001', client: STAR_95, firstFactor: 'verified' },
  verify: { output: '000000' },
  sendCode: {},
  startLoginBinding: { type: 'totp' },
  confirmLoginBinding: { output: '000000' },
  putAccount: { name: 'Somebody Else' },
  importAccounts: { accounts: [{ account: '700009' }] },
  startBinding: { type: 'totp', client: STAR_95 },
  confirmBinding: { output: '000000' },
  startChallenge: { purpose: 'confirm', client: STAR_95 },
  createAppPassword: { name: 'Foxmail' },
  startRegistration: { client: STAR_95 },
  openTicket: { token: '00000000000000000000000000' },
  joinPhone: EXAMPLES.joinPhone as Record<string, unknown>,
  joinWechat: EXAMPLES.joinWechat as Record<string, unknown>,
  restoreWechat: EXAMPLES.restoreWechat as Record<string, unknown>,
  operatorUnbind: { reason: 'lost', operator: 'desk' },
  operatorRevokeAppPasswords: { reason: 'lost', operator: 'desk' },
  operatorRegister: { reason: 'new phone', operator: 'desk' },
  operatorResetPin: { reason: 'forgotten', operator: 'desk' },
  operatorRevokePhone: { reason: 'lost', operator: 'desk' },
  operatorChangePerson: { reason: 'changed', operator: 'desk' },
  operatorUnlock: { reason: 'asked', operator: 'desk' },
  switchPhase: { phase: 'sms-only' },
  checkPolicy: { document: presetText('star-rollout') },
  editPolicyRules: { document: presetText('star-rollout'), list: 'login', rules: [] },
  publishPolicy: { document: presetText('star-rollout'), base: 1, reason: 'changed' },
};

/** A house with a bound account, an open login and a pending binding; and a request for every endpoint that names them. */
export async function doors(
  h: TestHouse,
): Promise<{ readonly doors: readonly Door[]; readonly ids: Readonly<Record<string, string>> }> {
  await h.account('700001');
  const { id: authenticator } = await bindTotp(h, '700001');
  h.pass(30);
  const login = await aLogin(h, '700001', { ...STAR_95, deviceId: 'pc-1', name: 'PC' });
  await h.account('700002');
  const other = await aLogin(h, '700002');
  await h.call('POST', `/v1/logins/${other.id}/send`, {});
  await h.call('POST', `/v1/logins/${other.id}/verify`, { output: await h.smsCode() });
  const pending = await h.call('POST', '/v1/accounts/700002/bindings', { type: 'totp', client: STAR_95 });
  const ids = {
    id: login.id,
    account: '700001',
    binding: pending.body.id,
    authenticator,
    device: 'pc-1',
    appPassword: 'apw_1',
    phone: 'phn_1',
    version: '1',
  };
  return {
    ids,
    doors: (Object.entries(ENDPOINTS) as [EndpointName, Endpoint][])
      .filter(([, e]) => ['key', 'anyone'].includes(whoCalls(e)))
      .map(([name, e]) => ({
        name,
        method: e.method,
        template: e.path,
        scope: e.scope,
        url: e.path.replace(/\{(\w+)\}/g, (_, key: string) => (ids as Record<string, string>)[key] ?? ''),
        body: BODIES[name] ?? (EXAMPLES[name] as Record<string, unknown> | undefined),
        schema:
          e.body === undefined
            ? undefined
            : (z.toJSONSchema(e.body, {
                io: 'input',
                reused: 'inline',
                metadata: z.registry(),
                unrepresentable: 'any',
              }) as JsonSchema),
      })),
  };
}

/** How many rows each table holds, but for the audit and what remembers requests. */
export async function rowCounts(h: TestHouse): Promise<Readonly<Record<string, number>>> {
  const tables = await h.house.db.query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", {});
  const counts: Record<string, number> = {};
  for (const table of tables.map((row) => String(row['name']))) {
    if (table === 'audit_events' || table === 'idempotency') continue;
    const [row] = await h.house.db.query(`SELECT COUNT(*) AS n FROM ${table}`, {});
    counts[table] = Number(row?.['n']);
  }
  return counts;
}
