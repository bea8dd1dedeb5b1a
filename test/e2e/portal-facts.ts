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
  'POST /login/verify': { body: { status: 'satisfied' } },
  'POST /login/scan': async () => ({ status: 201, body: await scanOf() }),
  'POST /login/push': () => ({
    status: 201,
    body: { id: 'apv_2', number: '47', sentTo: 'iPhone 15', expiresAt: inSeconds(60) },
  }),
  'POST /login/finish': { body: { status: 'satisfied' } },
  'DELETE /login': { status: 204 },
});
