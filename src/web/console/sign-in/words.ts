// What signing in and joining say.
import { words } from '../parts/words.tsx';

export const SIGN_IN = words({
  title: ['登录控制台', '登入控制台', 'Sign in to the console'],
  login: ['登录名', '登入名稱', 'Login'],
  password: ['密码', '密碼', 'Password'],
  showPassword: ['显示密码', '顯示密碼', 'Show the password'],
  next: ['下一步', '下一步', 'Next'],
  or: ['或', '或', 'or'],
  byPasskey: ['使用通行密钥登录', '使用通行密鑰登入', 'Sign in with a passkey'],
  loginFirst: ['请先填写登录名。', '請先填寫登入名稱。', 'Enter your login first.'],
  second: ['第二步验证', '第二步驗證', 'The second step'],
  code: ['身份验证器中的验证码', '身份驗證器中的驗證碼', 'Code from your authenticator app'],
  signIn: ['登录', '登入', 'Sign in'],
  back: ['返回', '返回', 'Back'],
  dismissed: [
    '未使用通行密钥。可以再试一次，或改用密码。',
    '未使用通行密鑰。可以再試一次，或改用密碼。',
    'No passkey was used. Try again, or use the password.',
  ],
  lost: [
    '无法登录？请另一位管理员重置您的登录方式。',
    '無法登入？請另一位管理員重設閣下的登入方式。',
    'Cannot get in? Ask another administrator to reset how you sign in.',
  ],
});

export const JOIN = words({
  title: ['加入控制台', '加入控制台', 'Join the console'],
  as: [
    (login: string) => `您的登录名是 ${login}，请记下。`,
    (login: string) => `閣下的登入名稱是 ${login}，請記下。`,
    (login: string) => `Your login is ${login}. Keep it in mind.`,
  ],
  works: ['您将在这些机构工作', '閣下將於以下機構工作', 'Where you will work'],
  name: ['姓名', '姓名', 'Name'],
  nameHint: ['同事会在记录中看到。', '同事會於紀錄中看到。', 'Colleagues see it in the records.'],
  how: ['以后如何登录', '日後如何登入', 'How you will sign in'],
  byTotp: ['密码加身份验证器', '密碼加身份驗證器', 'Password and authenticator app'],
  byPasskey: ['通行密钥（推荐）', '通行密鑰（建議）', 'Passkey (recommended)'],
  passkeyHint: [
    '用这台设备的指纹、面容或 PIN 登录，不需要密码。',
    '以此裝置的指紋、面容或 PIN 登入，毋須密碼。',
    'Your device’s fingerprint, face or PIN opens the console. No password is needed.',
  ],
  password: ['设置密码', '設定密碼', 'Choose a password'],
  atLeast: [
    (n: number) => `至少 ${n} 个字符。`,
    (n: number) => `最少 ${n} 個字元。`,
    (n: number) => `At least ${n} characters.`,
  ],
  next: ['下一步', '下一步', 'Next'],
  scan: ['扫描此二维码', '掃描此二維碼', 'Scan this QR code'],
  scanHint: [
    '用任意身份验证器扫描，再输入它显示的验证码。',
    '以任何身份驗證器掃描，再輸入其顯示的驗證碼。',
    'Use any authenticator app, then enter the code it shows.',
  ],
  key: ['无法扫描时，手动输入此密钥', '無法掃描時，手動輸入此密鑰', 'If you cannot scan, type this key'],
  qr: ['身份验证器的二维码', '身份驗證器的二維碼', 'QR code for the authenticator app'],
  code: ['显示的验证码', '顯示的驗證碼', 'The code it shows'],
  done: ['完成', '完成', 'Finish'],
  make: ['创建通行密钥', '建立通行密鑰', 'Create the passkey'],
  signIn: ['前往登录', '前往登入', 'Go to sign-in'],
  dismissed: ['未创建通行密钥，请再试一次。', '未建立通行密鑰，請再試一次。', 'No passkey was made. Try again.'],
});
