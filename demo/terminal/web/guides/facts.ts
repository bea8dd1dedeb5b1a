// What the guides speak about: the authenticators, the clients, and which presets have which clients.
import type { Words } from '../words/say.ts';

export type Preset = 'star-rollout' | 'star-desktop-bind';
export type ClientId = 'star-9.5' | 'star-9.3' | 'estar-x';
export type AuthenticatorId = 'tencent' | 'microsoft' | 'google';
/** How the person signs in today: by SMS still (coexist), or straight from the password into binding (TOTP-only). */
export type Start = 'sms' | 'direct';

export const AUTHENTICATORS: Readonly<Record<AuthenticatorId, { name: Words; where: Words }>> = {
  tencent: {
    name: ['腾讯身份验证器', '腾讯身份验证器', 'Tencent Authenticator 腾讯身份验证器'],
    where: ['微信小程序，无需安装', '微信小程式，毋須安裝', 'WeChat mini-program, nothing to install'],
  },
  microsoft: {
    name: ['Microsoft Authenticator', 'Microsoft Authenticator', 'Microsoft Authenticator'],
    where: ['手机应用，iOS 与安卓', '手機應用程式，iOS 及 Android', 'Phone app, iOS and Android'],
  },
  google: {
    name: ['Google Authenticator', 'Google Authenticator', 'Google Authenticator'],
    where: ['手机应用，简要步骤', '手機應用程式，簡要步驟', 'Phone app, the steps in brief'],
  },
};

export interface ClientFacts {
  readonly kind: 'desktop' | 'phone';
  readonly minimumVersion: string;
}
export const CLIENTS: Readonly<Record<ClientId, ClientFacts>> = {
  'star-9.5': { kind: 'desktop', minimumVersion: '9.5.8.5' },
  'star-9.3': { kind: 'desktop', minimumVersion: '9.3.43.1175' },
  'estar-x': { kind: 'phone', minimumVersion: '3.6.21' },
};

export const CLIENTS_OF: Readonly<Record<Preset, readonly ClientId[]>> = {
  'star-rollout': ['star-9.5', 'star-9.3', 'estar-x'],
  'star-desktop-bind': ['star-9.3', 'estar-x'],
};
