// What somebody is asked to agree to on a phone, by the server's word for it: in the app and in the mini-program alike.
import type { Words } from './rows.ts';

const PURPOSES: ReadonlyMap<string, Words> = new Map(
  Object.entries<Words>({
    login: ['登录', '登入', 'Sign in'],
    caller: ['向客服核实身份', '向客戶服務員核實身份', 'Show an agent who you are'],
    confirm: ['确认安全设置', '確認保安設定', 'Confirm a security setting'],
    // Not of one method: a further one is set up, an app password or a registration made.
    change: ['更改安全设置', '更改保安設定', 'Change the security settings'],
    'change-app': ['更换手机', '更換手機', 'Change a phone'],
    'change-totp': ['更换身份验证器', '更換身份驗證器', 'Change the authenticator app'],
    'change-passkey': ['更换通行密钥', '更換通行密鑰', 'Change a passkey'],
    'change-wechat': ['换绑微信', '更換綁定的微信', 'Change to another WeChat'],
    'change-email': ['更换备用邮箱', '更換備用電郵', 'Change the backup e-mail'],
    'change-sms': ['更换短信验证号码', '更換短訊驗證號碼', 'Change the number for SMS codes'],
    'change-recovery-code': ['重新生成恢复码', '重新產生備用驗證碼', 'Make new recovery codes'],
    unbind: ['解绑验证方式', '解除綁定驗證方式', 'Remove a method'],
    'unbind-app': ['移除一台手机', '移除一部手機', 'Remove a phone'],
    'unbind-totp': ['解绑身份验证器', '解除綁定身份驗證器', 'Remove the authenticator app'],
    'unbind-passkey': ['移除通行密钥', '移除通行密鑰', 'Remove a passkey'],
    'unbind-wechat': ['解绑微信', '解除綁定微信', 'Remove WeChat'],
    'unbind-email': ['解绑备用邮箱', '解除綁定備用電郵', 'Remove the backup e-mail'],
    'unbind-sms': ['解绑短信验证', '解除綁定短訊驗證', 'Remove SMS codes'],
    'unbind-recovery-code': ['移除恢复码', '移除備用驗證碼', 'Remove the recovery codes'],
  }),
);

/** The words of a purpose (`unbind-email`); of its verb where its method has none here; a verb we do not know is shown as it is. */
export const purposeWords = (purpose: string): Words =>
  PURPOSES.get(purpose) ?? PURPOSES.get(purpose.split('-')[0] ?? '') ?? [purpose, purpose, purpose];
