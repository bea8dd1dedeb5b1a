// Labels inside the drawings. Short: drawn text does not wrap. Names of other makers' buttons stay as their screens have them.
import type { Words } from '../../words/say.ts';

const same = (text: string): Words => [text, text, text];

export const LABELS = {
  account: ['交易账号', '交易帳號', 'Account'],
  accountShort: ['账号', '帳號', 'Account'],
  password: ['密码', '密碼', 'Password'],
  signIn: ['登录', '登入', 'Sign in'],
  smsCode: ['短信验证码', '短訊驗證碼', 'SMS code'],
  store: ['应用商店', '應用程式商店', 'App store'],
  get: ['获取', '取得', 'Get'],
  free: ['免费', '免費', 'Free'],
  wechat: ['微信', '微信', 'WeChat'],
  miniProgram: ['小程序', '小程式', 'Mini-program'],
  open: ['打开', '開啟', 'Open'],
  microsoft: same('Microsoft Authenticator'),
  google: same('Google Authenticator'),
  tencent: same('腾讯身份验证器'),
  authenticator: ['身份验证器', '身份驗證器', 'Authenticator'],
  addAccount: ['添加帐户', '新增帳戶', 'Add account'],
  personal: ['个人帐户', '個人帳戶', 'Personal account'],
  work: ['工作或学校帐户', '公司或學校帳戶', 'Work or school'],
  other: ['其他帐户', '其他帳戶', 'Other account'],
  tencentScan: same('二维码激活'),
  tencentType: same('手动输入'),
  googleScan: ['扫描二维码', '掃描 QR 圖碼', 'Scan a QR code'],
  googleType: ['输入设置密钥', '輸入設定密鑰', 'Enter a setup key'],
  entryName: ['帐户名', '帳戶名稱', 'Account name'],
  entryKey: ['密钥', '密鑰', 'Secret key'],
  paste: ['粘贴', '貼上', 'Paste'],
  add: ['添加', '新增', 'Add'],
  accounts: ['多账号登录', '多帳戶登入', 'Multi-account'],
  on: ['已登录', '已登入', 'Signed in'],
  quotes: ['行情', '報價', 'Quotes'],
  orders: ['委托', '委託', 'Orders'],
  bindTitle: ['绑定身份验证器', '綁定身份驗證器', 'Set up authenticator'],
  bindShort: ['绑定', '綁定', 'Set up'],
  activation: ['激活码', '激活碼', 'Activation code'],
  copy: ['复制', '複製', 'Copy'],
  copied: ['已复制', '已複製', 'Copied'],
  menu: ['菜单', '選單', 'Menu'],
  trading: ['交易相关', '交易相關', 'Trading'],
  settings: ['设置', '設定', 'Settings'],
  about: ['关于', '關於', 'About'],
  totp: same('TOTP'),
  typeCode: ['输入 6 位验证码', '輸入 6 位驗證碼', 'Enter 6-digit code'],
  link: ['完成绑定', '完成綁定', 'Finish'],
  verify: ['验证', '驗證', 'Verify'],
  linked: ['已绑定', '已綁定', 'Set up'],
  desktopFirst: ['请先在电脑上绑定', '請先在電腦上綁定', 'Set up on desktop first'],
  useClient: ['极星 9.3', '極星 9.3', 'Star 9.3'],
  devices: ['手机', '手機', 'Phones'],
  thisPhone: ['我的手机', '我的手機', 'My phone'],
  otherPhone: ['备用手机', '備用手機', 'Spare phone'],
  new: ['新', '新', 'New'],
  justNow: ['刚刚', '剛剛', 'Just now'],
  yesterday: ['昨天', '昨天', 'Yesterday'],
} as const satisfies Record<string, Words>;

/** What each picture shows, for those who hear it instead: the drawing's accessible name. */
export const TITLES = {
  'get-tencent': [
    '手机微信中搜索到小程序“腾讯身份验证器”，点“打开”',
    '手機微信中搜尋到小程式「腾讯身份验证器」，按「開啟」',
    'A phone in WeChat has found the mini-program 腾讯身份验证器; the Open button is marked',
  ],
  'get-microsoft': [
    '手机应用商店中找到 Microsoft Authenticator，点“获取”',
    '手機應用程式商店中找到 Microsoft Authenticator，按「取得」',
    'A phone app store has found Microsoft Authenticator; the Get button is marked',
  ],
  'get-google': [
    '手机应用商店中找到 Google Authenticator，点“获取”',
    '手機應用程式商店中找到 Google Authenticator，按「取得」',
    'A phone app store has found Google Authenticator; the Get button is marked',
  ],
  'sign-in-desktop': [
    '电脑客户端登录窗口，已填交易账号和密码',
    '電腦客戶端登入視窗，已填交易帳號及密碼',
    'The desktop client’s sign-in window with account and password filled in',
  ],
  'sign-in-desktop-sms': [
    '电脑客户端登录窗口，填写短信验证码',
    '電腦客戶端登入視窗，填寫短訊驗證碼',
    'The desktop client’s sign-in window asking for the SMS code',
  ],
  'accounts-95': [
    '极星 9.5 多账号页面，账号右侧的二维码图标被圈出',
    '極星 9.5 多帳號頁面，帳號右側的 QR 圖示被圈出',
    'The multi-account page of Star 9.5; the QR icon at the right of an account is circled',
  ],
  'corner-93': [
    '极星 9.3 主窗口，左下角的二维码图标被圈出',
    '極星 9.3 主視窗，左下角的 QR 圖示被圈出',
    'The main window of Star 9.3; the QR icon in its lower left corner is circled',
  ],
  'qr-opens': [
    '电脑客户端弹出绑定二维码，旁边是可手动输入的激活码',
    '電腦客戶端彈出綁定 QR 圖碼，旁邊是可手動輸入的激活碼',
    'The desktop client shows the binding QR with a typeable activation code beside it',
  ],
  'scan-tencent': [
    '腾讯身份验证器首页，“二维码激活”按钮被圈出',
    '腾讯身份验证器首頁，「二维码激活」按鈕被圈出',
    'The home screen of Tencent Authenticator; the button 二维码激活 (activate by QR) is circled',
  ],
  'scan-microsoft': [
    'Microsoft Authenticator 的添加帐户列表，“其他帐户”被圈出',
    'Microsoft Authenticator 的新增帳戶清單，「其他帳戶」被圈出',
    'Microsoft Authenticator’s list of account kinds; Other account is circled',
  ],
  'scan-google': [
    'Google Authenticator 的添加菜单，“扫描二维码”被圈出',
    'Google Authenticator 的新增選單，「掃描 QR 圖碼」被圈出',
    'Google Authenticator’s add menu; Scan a QR code is circled',
  ],
  scan: [
    '手机取景框对准电脑屏幕上的二维码',
    '手機取景框對準電腦螢幕上的 QR 圖碼',
    'A phone’s viewfinder points at the QR code on a computer screen',
  ],
  'code-desktop': [
    '手机显示 6 位验证码和倒计时，箭头指向电脑客户端的输入框',
    '手機顯示 6 位驗證碼及倒數，箭嘴指向電腦客戶端的輸入框',
    'A phone shows a 6-digit code with a countdown; an arrow leads to the field in the desktop client',
  ],
  done: [
    '盾牌与对勾：身份验证器已绑定',
    '盾牌與剔號：身份驗證器已綁定',
    'A shield with a tick: the authenticator is set up',
  ],
  'sign-in-phone': [
    '手机交易应用的登录页，已填交易账号和密码',
    '手機交易應用程式的登入頁，已填交易帳號及密碼',
    'The phone app’s sign-in page with account and password filled in',
  ],
  'sign-in-phone-sms': [
    '手机交易应用的登录页，填写短信验证码',
    '手機交易應用程式的登入頁，填寫短訊驗證碼',
    'The phone app’s sign-in page asking for the SMS code',
  ],
  'menu-phone': [
    '易星 X 右上角菜单已展开，依次为“交易相关”和“TOTP”',
    '易星 X 右上角選單已展開，依次為「交易相關」及「TOTP」',
    'The menu of EStar X is open: Trading, then TOTP, which is circled',
  ],
  'copy-phone': [
    '手机显示激活码，“复制”按钮被圈出',
    '手機顯示激活碼，「複製」按鈕被圈出',
    'The phone shows the activation code; the Copy button is circled',
  ],
  'paste-phone': [
    '身份验证器的手动添加页，密钥栏里点“粘贴”',
    '身份驗證器的手動新增頁，密鑰欄中按「貼上」',
    'The authenticator’s page for adding by hand; Paste is marked in the key field',
  ],
  'code-phone': [
    '身份验证器中的 6 位验证码填入手机交易应用',
    '身份驗證器中的 6 位驗證碼填入手機交易應用程式',
    'The 6-digit code of the authenticator goes into the phone app’s field',
  ],
  'phone-cannot': [
    '手机提示请先在电脑上绑定，箭头指向电脑客户端',
    '手機提示請先在電腦上綁定，箭嘴指向電腦客戶端',
    'The phone says to set up on the desktop first; an arrow leads to the computer',
  ],
  'phone-listed': [
    '账号的手机列表，新增一部手机',
    '帳戶的手機清單，新增一部手機',
    'The account’s list of phones with the new one at its top',
  ],
} as const satisfies Record<string, Words>;

export type PictureName = keyof typeof TITLES;
export type LabelKey = keyof typeof LABELS;
