// Facts the stub server answers with: a mail tenant, an account with everything, and what each call gives when all goes well.
import qrcode from 'qrcode';
import type * as v from '../../src/web/api/views.ts';
import { inSeconds, type Rows } from './stub.ts';

export const TENANT: v.TenantView = {
  id: 'mail',
  name: '云雀邮箱',
  locale: 'zh-CN',
  colours: { accent: '#1F5FBF', onAccent: '#FFFFFF' },
  contact: '400-800-0000',
  account: { label: 'E-mail', inputMode: 'email' },
  captcha: false,
  trustDays: 30,
};

const offered = (type: string, hint: string, sends = false): v.Offered => ({
  id: `aut_${type}_${hint}`,
  type,
  hint,
  sends,
});
export const EVERYTHING: readonly v.Offered[] = [
  offered('app', 'iPhone 15'),
  offered('app', 'Mi 14'),
  offered('totp', 'Microsoft Authenticator'),
  offered('email', 'jgs****@140.example', true),
  { ...offered('sms', '***5678', true), retiresAt: '2026-12-31T00:00:00+08:00' },
];

export const loginOf = (more: Partial<v.LoginView> = {}): v.LoginView => ({
  id: 'lgn_1',
  account: 'wei@lark.example',
  purpose: 'login',
  status: 'challenge',
  authenticators: EVERYTHING,
  recovery: ['recovery-code'],
  codeSeconds: 30,
  help: { way: 'recovery-code', contact: '400-800-0000' },
  expiresAt: inSeconds(300),
  ...more,
});

const svg = (text: string): Promise<string> => qrcode.toString(text, { type: 'svg', margin: 1 });

export const scanOf = async (seconds = 60, id = 'apv_1'): Promise<v.ScanView> => ({
  id,
  url: 'https://hufu.example/s/0f3kq8vt2m6w1z9x4c7b5n0d8h',
  qr: await svg('https://hufu.example/s/0f3kq8vt2m6w1z9x4c7b5n0d8h'),
  expiresAt: inSeconds(600),
  refreshAt: inSeconds(seconds),
});

export const totpBinding = async (): Promise<v.BindingView> => {
  const uri =
    'otpauth://totp/%E4%BA%91%E9%9B%80:wei%40lark.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=%E4%BA%91%E9%9B%80';
  return {
    id: 'aut_new',
    type: 'totp',
    status: 'pending',
    uri,
    key: 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
    qrSvg: await svg(uri),
    expiresAt: inSeconds(600),
  };
};

export const ticketOf = async (used = 0, seconds = 86_281): Promise<v.EnrolmentView> => ({
  id: 'tkt_1',
  url: 'https://hufu.example/s/0f3kq8vt2m6w1z9x4c7b5n0d8h',
  qr: await svg('https://hufu.example/s/0f3kq8vt2m6w1z9x4c7b5n0d8h'),
  account: 'wei@lark.example',
  activationCode: '7K4PX-9M2QD',
  expiresAt: inSeconds(seconds),
  slots: { used, of: 5 },
});

export const CODES = Array.from({ length: 10 }, (_, at) => `K7${at}P-9MQ${at}-X2T${at}`);

/** Every call of the login as it goes when nothing goes wrong. */
export const loginRows = (tenant: Partial<v.TenantView> = {}, login: Partial<v.LoginView> = {}): Rows => ({
  'GET /tenant': { body: { ...TENANT, ...tenant } },
  'POST /login': () => ({ status: 201, body: loginOf(login) }),
  'GET /login': () => ({ body: loginOf(login) }),
  'POST /login/send': () => ({
    status: 202,
    body: { sentTo: 'jgs****@140.example', expiresAt: inSeconds(300), resendAt: inSeconds(60) },
  }),
  'POST /login/verify': { body: { status: 'satisfied', mayTrust: true } },
  'POST /login/scan': async () => ({ status: 201, body: await scanOf() }),
  'POST /login/push': () => ({
    status: 201,
    body: { id: 'apv_2', number: '47', sentTo: ['iPhone 15'], expiresAt: inSeconds(60) },
  }),
  'POST /login/finish': { body: { status: 'satisfied' } },
  'DELETE /login': { status: 204 },
});

const ago = (days: number): string => inSeconds(-86_400 * days);

export const ROWS: readonly v.MethodRow[] = [
  {
    type: 'app',
    state: 'bound',
    items: [
      { id: 'aut_a1', hint: 'iPhone 15', since: ago(18) },
      { id: 'aut_a2', hint: 'Mi 14', since: ago(9) },
    ],
    lastUsedAt: ago(0),
    actions: ['unbind'],
    slots: { used: 2, of: 5 },
  },
  {
    type: 'totp',
    state: 'bound',
    items: [{ id: 'aut_t', hint: 'Microsoft Authenticator', since: ago(30) }],
    lastUsedAt: ago(2),
    actions: ['change', 'unbind'],
  },
  {
    type: 'email',
    state: 'bound',
    items: [{ id: 'aut_e', hint: 'jgs****@140.example', since: ago(12) }],
    actions: ['change', 'unbind'],
  },
  { type: 'wechat', state: 'unbound', items: [], actions: ['bind'] },
  {
    type: 'sms',
    state: 'bound',
    items: [{ id: 'aut_s', hint: '***5678', since: ago(300) }],
    actions: [],
    retiresAt: inSeconds(3_000_000),
  },
  { type: 'passkey', state: 'locked', items: [], actions: [], reason: '400-800-0000' },
  {
    type: 'recovery-code',
    state: 'bound',
    items: [{ id: 'aut_r', hint: '', since: ago(12) }],
    actions: ['renew'],
    codesLeft: 8,
    codesOf: 10,
  },
];

const server = (host: string, port: number, startTls: number): v.MailServer => ({ host, port, startTls });
const MAIL: v.MailSettings = {
  address: 'wei@lark.example',
  user: 'wei@lark.example',
  imap: server('imap.lark.example', 993, 143),
  pop3: server('pop.lark.example', 995, 110),
  smtp: server('smtp.lark.example', 994, 25),
};
const APP_PASSWORDS: v.AppPasswordsView = {
  enabled: true,
  needed: true,
  most: 20,
  settings: MAIL,
  items: [
    {
      id: 'apw_1',
      name: 'Foxmail',
      protocols: ['imap', 'smtp'],
      createdAt: ago(18),
      lastUsed: { at: ago(0), protocol: 'imap', ip: '203.0.113.7' },
    },
    {
      id: 'apw_2',
      name: 'iPhone',
      protocols: ['imap', 'pop3', 'smtp'],
      createdAt: ago(60),
      expiresAt: inSeconds(2_000_000),
      lastUsed: { at: ago(40), protocol: 'smtp' },
    },
    { id: 'apw_3', name: 'Outlook', protocols: ['imap', 'pop3', 'smtp'], createdAt: ago(1) },
  ],
};

export const ME: v.MeView = {
  account: 'wei@lark.example',
  name: 'Wei',
  tenant: 'mail',
  session: {
    amr: ['pwd', 'otp'],
    acr: 'urn:hufu:acr:2',
    at: inSeconds(-60),
    expiresAt: inSeconds(1700),
    trusted: false,
  },
  phase: 'coexist',
  bound: ['app', 'totp', 'email', 'sms', 'recovery-code'],
};

/** Every call of the settings as it goes when nothing goes wrong. */
export const settingsRows = (tenant: Partial<v.TenantView> = {}): Rows => ({
  'GET /tenant': { body: { ...TENANT, methods: ['app', 'totp', 'email', 'recovery-code'], ...tenant } },
  'GET ': { body: ME },
  'POST /logout': { status: 204 },
  'GET /methods': { body: { items: ROWS, next: null } },
  'POST /challenges': () => ({ status: 201, body: loginOf({ purpose: 'unbind' }) }),
  'GET /phones': {
    body: {
      of: 5,
      next: null,
      items: [
        { id: 'phn_1', name: 'iPhone 15', role: 'main', status: 'active', since: ago(18), lastUsedAt: ago(0) },
        { id: 'phn_2', name: 'Mi 14', role: 'sub', status: 'unsynced', since: ago(9) },
      ],
    },
  },
  'GET /trusted-devices': {
    body: {
      next: null,
      items: [
        {
          id: 'tru_1',
          name: 'Chrome · Windows',
          since: ago(3),
          lastUsedAt: ago(0),
          expiresAt: inSeconds(2_000_000),
          isThis: true,
        },
        { id: 'tru_2', name: 'Safari · iPhone', since: ago(9), expiresAt: inSeconds(1_000_000), isThis: false },
      ],
    },
  },
  'GET /activity': {
    body: {
      next: '1.2.~',
      items: [
        {
          id: 'a1',
          at: ago(0),
          event: 'login.satisfied',
          outcome: 'ok',
          type: 'app',
          client: 'Webmail',
          ip: '203.0.113.7',
        },
        { id: 'a2', at: ago(1), event: 'binding.confirmed', outcome: 'ok', type: 'totp' },
        { id: 'a3', at: ago(2), event: 'login.refused', outcome: 'refused', client: 'Webmail', ip: '198.51.100.9' },
        { id: 'a4', at: ago(3), event: 'something.new', outcome: 'failed' },
      ],
    },
  },
  'GET /app-passwords': { body: APP_PASSWORDS },
  'POST /app-passwords': {
    status: 201,
    body: {
      id: 'apw_9',
      name: 'Foxmail',
      protocols: ['imap', 'pop3', 'smtp'],
      createdAt: ago(0),
      password: 'GdGneAF6iFvUg6rB',
      grouped: 'GdGn eAF6 iFvU g6rB',
      settings: MAIL,
      profile: { url: '/mail/profile/x', expiresAt: inSeconds(300) },
    },
  },
  'GET /app-passwords/*': async () => {
    await new Promise((later) => setTimeout(later, 500));
    return { body: { ...APP_PASSWORDS.items[2], id: 'apw_9' } };
  },
  'DELETE /app-passwords/*': { status: 204 },
  'DELETE /app-passwords': { status: 204 },
  'DELETE /authenticators/*': { status: 204 },
  'DELETE /phones/*': { status: 204 },
  'DELETE /trusted-devices/*': { status: 204 },
  'DELETE /trusted-devices': { status: 204 },
  'POST /bindings': async ({ body }) => ({
    status: 201,
    body:
      body['type'] === 'email'
        ? { id: 'aut_new', type: 'email', status: 'pending', sentTo: 'b****@backup.example' }
        : body['type'] === 'recovery-code'
          ? { id: 'aut_r', type: 'recovery-code', status: 'active', codes: CODES }
          : await totpBinding(),
  }),
  'GET /bindings/*': { body: { status: 'pending' } },
  'POST /bindings/*/confirm': { body: { status: 'bound', offerRecoveryCodes: true } },
  'POST /enrolment': async () => ({ status: 201, body: await ticketOf(1) }),
  'POST /login/scan': async () => ({ status: 201, body: await scanOf() }),
  'POST /login/verify': { body: { status: 'satisfied' } },
  'DELETE /login': { status: 204 },
});
