// The SDK's types are written by hand for people to read; here the compiler proves that they are the contract's.
// A difference fails `npm run check` (types), and the one list that exists at run time is compared when this runs.
import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as sdk from '../../sdk/src/index.ts';
import { Hufu } from '../../sdk/src/index.ts';
import { type BodyOf, ENDPOINTS, type EndpointName, type ReplyOf } from '../../src/contract/endpoints.ts';
import type { Locale, ProblemCode } from '../../src/contract/problems.ts';

/** A body whose operator is named: an API key has to, an operator's session tells it by itself. */
type Named<N extends EndpointName> =
  BodyOf<N> extends infer B
    ? { [K in keyof Omit<B, 'operator'>]: B[K & keyof B] } & { operator: string } extends infer R
      ? { [K in keyof R]: R[K] }
      : never
    : never;

const types = () => {
  expectTypeOf<sdk.ProblemCode>().toEqualTypeOf<ProblemCode>();
  expectTypeOf<sdk.Locale>().toEqualTypeOf<Locale>();
  expectTypeOf<sdk.StartLogin>().toEqualTypeOf<BodyOf<'startLogin'>>();
  expectTypeOf<sdk.Login>().toEqualTypeOf<ReplyOf<'startLogin'>>();
  expectTypeOf<sdk.Login>().toEqualTypeOf<ReplyOf<'getLogin'>>();
  expectTypeOf<sdk.Verify>().toEqualTypeOf<BodyOf<'verify'>>();
  expectTypeOf<sdk.Verified>().toEqualTypeOf<ReplyOf<'verify'>>();
  expectTypeOf<sdk.Send>().toEqualTypeOf<BodyOf<'sendCode'>>();
  expectTypeOf<sdk.Sent>().toEqualTypeOf<ReplyOf<'sendCode'>>();
  expectTypeOf<sdk.Scan>().toEqualTypeOf<ReplyOf<'scanLogin'>>();
  expectTypeOf<sdk.StartPush>().toEqualTypeOf<BodyOf<'pushLogin'>>();
  expectTypeOf<sdk.Push>().toEqualTypeOf<ReplyOf<'pushLogin'>>();
  expectTypeOf<sdk.StartLoginBinding>().toEqualTypeOf<BodyOf<'startLoginBinding'>>();
  expectTypeOf<sdk.Binding>().toEqualTypeOf<ReplyOf<'startLoginBinding'>>();
  expectTypeOf<sdk.ConfirmBinding>().toEqualTypeOf<BodyOf<'confirmLoginBinding'>>();
  expectTypeOf<sdk.BindingConfirmed>().toEqualTypeOf<ReplyOf<'confirmLoginBinding'>>();
  expectTypeOf<sdk.Page<sdk.AccountSummary>>().toEqualTypeOf<ReplyOf<'listAccounts'>>();
  expectTypeOf<sdk.Account>().toEqualTypeOf<ReplyOf<'getAccount'>>();
  expectTypeOf<sdk.PutAccount>().toEqualTypeOf<BodyOf<'putAccount'>>();
  expectTypeOf<sdk.ImportAccounts>().toEqualTypeOf<BodyOf<'importAccounts'>>();
  expectTypeOf<sdk.Imported>().toEqualTypeOf<ReplyOf<'importAccounts'>>();
  expectTypeOf<sdk.StartBinding>().toEqualTypeOf<BodyOf<'startBinding'>>();
  expectTypeOf<sdk.Binding>().toEqualTypeOf<ReplyOf<'startBinding'>>();
  expectTypeOf<sdk.BindingConfirmed>().toEqualTypeOf<ReplyOf<'confirmBinding'>>();
  expectTypeOf<sdk.StartChallenge>().toEqualTypeOf<BodyOf<'startChallenge'>>();
  expectTypeOf<sdk.Page<sdk.ClientDevice>>().toEqualTypeOf<ReplyOf<'listClientDevices'>>();
  expectTypeOf<sdk.AppPasswords>().toEqualTypeOf<ReplyOf<'listAppPasswords'>>();
  expectTypeOf<sdk.AppPassword>().toEqualTypeOf<ReplyOf<'getAppPassword'>>();
  expectTypeOf<sdk.CreateAppPassword>().toEqualTypeOf<BodyOf<'createAppPassword'>>();
  expectTypeOf<sdk.AppPasswordCreated>().toEqualTypeOf<ReplyOf<'createAppPassword'>>();
  expectTypeOf<sdk.Phones>().toEqualTypeOf<ReplyOf<'listPhones'>>();
  expectTypeOf<sdk.StartRegistration>().toEqualTypeOf<BodyOf<'startRegistration'>>();
  expectTypeOf<sdk.Registration>().toEqualTypeOf<ReplyOf<'startRegistration'>>();
  expectTypeOf<sdk.OperatorRegister>().toEqualTypeOf<Named<'operatorRegister'>>();
  expectTypeOf<sdk.RegistrationSent | sdk.CaseOpened>().toEqualTypeOf<ReplyOf<'operatorRegister'>>();
  expectTypeOf<sdk.ChangePerson>().toEqualTypeOf<Named<'operatorChangePerson'>>();
  expectTypeOf<sdk.OperatorUnbind>().toEqualTypeOf<Named<'operatorUnbind'>>();
  expectTypeOf<sdk.OperatorRevokeAppPasswords>().toEqualTypeOf<Named<'operatorRevokeAppPasswords'>>();
  expectTypeOf<sdk.OperatorAct>().toEqualTypeOf<Named<'operatorUnlock'>>();
  expectTypeOf<sdk.IssueBypass>().toEqualTypeOf<Named<'issueBypass'>>();
  expectTypeOf<sdk.BypassIssued | sdk.CaseOpened>().toEqualTypeOf<ReplyOf<'issueBypass'>>();
  expectTypeOf<sdk.Objection>().toEqualTypeOf<BodyOf<'object'>>();
  expectTypeOf<sdk.SwitchPhase>().toEqualTypeOf<BodyOf<'switchPhase'>>();
  expectTypeOf<sdk.Rollout>().toEqualTypeOf<ReplyOf<'getRollout'>>();
  expectTypeOf<ReplyOf<'jwks'>>().toExtend<sdk.Jwks>();
  expectTypeOf<sdk.Jwks>().toExtend<ReplyOf<'jwks'>>();
};

/** The calls of relying parties: those of pages, phones and operators prove themselves otherwise. */
type OfRelyingParties = {
  [N in EndpointName]: (typeof ENDPOINTS)[N] extends
    | { readonly who: 'guest' | 'visitor' | 'person' | 'phone' | 'console' | 'console-visitor' | 'operator' }
    | { readonly scope: null; readonly permission: string }
    ? never
    : N;
}[EndpointName];

/** How each call of the API is reached through the SDK; null: for monitors, not for relying parties. */
const calls: Record<OfRelyingParties, ((hufu: Hufu) => Promise<unknown>) | null> = {
  startLogin: (h) => h.logins.start({ account: 'a', client: { id: 'c' }, firstFactor: 'verified' }),
  getLogin: (h) => h.logins.get('lgn_1'),
  verify: (h) => h.logins.verify('lgn_1', { output: '1' }),
  sendCode: (h) => h.logins.send('lgn_1'),
  scanLogin: (h) => h.logins.scan('lgn_1'),
  pushLogin: (h) => h.logins.push('lgn_1'),
  lookAtScan: null,
  searchCustomers: null,
  getCustomer: null,
  getTimeline: null,
  whyLogin: null,
  listAudit: null,
  exportAudit: null,
  getPushKey: null,
  startLoginBinding: (h) => h.logins.startBinding('lgn_1'),
  confirmLoginBinding: (h) => h.logins.confirmBinding('lgn_1', 'aut_1', { output: '1' }),
  listAccounts: (h) => h.accounts.list(),
  getAccount: (h) => h.accounts.get('a'),
  putAccount: (h) => h.accounts.put('a', {}),
  importAccounts: (h) => h.accounts.import([{ account: 'a' }]),
  startBinding: (h) => h.accounts.startBinding('a', { type: 'totp', client: { id: 'c' } }),
  confirmBinding: (h) => h.accounts.confirmBinding('a', 'aut_1', { output: '1' }),
  startChallenge: (h) => h.accounts.startChallenge('a', { purpose: 'unbind', client: { id: 'c' } }),
  unbind: (h) => h.accounts.unbind('a', 'aut_1'),
  listClientDevices: (h) => h.accounts.clientDevices('a'),
  revokeClientDevice: (h) => h.accounts.revokeClientDevice('a', 'dev_1'),
  listAppPasswords: (h) => h.appPasswords.list('a'),
  createAppPassword: (h) => h.appPasswords.create('a', { name: 'n' }),
  getAppPassword: (h) => h.appPasswords.get('a', 'apw_1'),
  revokeAppPassword: (h) => h.appPasswords.revoke('a', 'apw_1'),
  revokeAppPasswords: (h) => h.appPasswords.revokeAll('a'),
  listPhones: (h) => h.accounts.phones('a'),
  revokePhone: (h) => h.accounts.revokePhone('a', 'phn_1'),
  startRegistration: (h) => h.accounts.startRegistration('a', { client: { id: 'c' } }),
  openTicket: null,
  joinPhone: null,
  joinWechat: null,
  restoreWechat: null,
  operatorRegister: (h) => h.console.register('a', { reason: 'r', operator: 'o' }),
  operatorResetPin: (h) => h.console.resetPin('a', { reason: 'r', operator: 'o' }),
  operatorChangePerson: (h) => h.console.changePerson('a', { reason: 'r', operator: 'o' }),
  operatorRevokePhone: (h) => h.console.revokePhone('a', 'phn_1', { reason: 'r', operator: 'o' }),
  operatorRevokeAppPasswords: (h) => h.console.revokeAppPasswords('a', { reason: 'r', operator: 'o' }),
  operatorUnbind: (h) => h.console.unbind('a', { reason: 'r', operator: 'o' }),
  operatorUnlock: (h) => h.console.unlock('a', { reason: 'r', operator: 'o' }),
  operatorRevokeTrust: (h) => h.console.revokeTrust('a', 'dev_1', { reason: 'r', operator: 'o' }),
  issueBypass: (h) => h.console.bypass('a', { hours: 1, reason: 'r', operator: 'o' }),
  object: (h) => h.console.object({ account: 'a', code: 'c' }),
  getRollout: (h) => h.rollout.get(),
  switchPhase: (h) => h.rollout.switchPhase({ phase: 'coexist' }),
  getCockpit: null,
  previewSwitch: null,
  listAffected: null,
  remindUnbound: null,
  getPolicy: null,
  listPolicyVersions: null,
  getPolicyVersion: null,
  checkPolicy: null,
  editPolicyRules: null,
  publishPolicy: null,
  livez: null,
  readyz: null,
  jwks: (h) => h.jwks(),
};

const filled: Record<string, string> = {
  id: 'lgn_1',
  account: 'a',
  binding: 'aut_1',
  authenticator: 'aut_1',
  device: 'dev_1',
  appPassword: 'apw_1',
  phone: 'phn_1',
  version: '1',
};

describe('IN-1.1 SDK and contract', () => {
  it('IN-1.1 have the same types', () => {
    expect(types).not.toThrow();
  });

  it.each(
    Object.entries(calls).flatMap(([name, call]) => (call === null ? [] : [[name as EndpointName, call] as const])),
  )('IN-1.1 the SDK reaches %s by the method, path and body of the contract', async (name, call) => {
    const row = ENDPOINTS[name];
    const sent: { method: string; path: string; body: unknown }[] = [];
    const fetch = ((url: string, init: RequestInit) => {
      const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
      sent.push({ method: init.method ?? '', path: new URL(url).pathname, body });
      return Promise.resolve(new Response('{}', { status: 200 }));
    }) as typeof globalThis.fetch;
    await call(new Hufu({ baseUrl: 'http://hufu.test', apiKey: 'k', fetch }));
    const path = row.path.replaceAll(/\{(\w+)\}/g, (_, part: string) => filled[part] ?? part);
    expect(sent).toMatchObject([{ method: row.method, path }]);
    if ('body' in row) expect(row.body.safeParse(sent[0]?.body).error).toBeUndefined();
  });
});
