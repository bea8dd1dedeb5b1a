// What the app says while an account is added.
import type { Words } from '../../words/say.ts';

export const ADD = {
  welcome: ['添加您的账号', '新增閣下的帳戶', 'Add your account'],
  welcomeText: [
    '准备好注册邮件或网页上的二维码。',
    '請準備好註冊電郵或網頁上的 QR 圖碼。',
    'Have the QR code from your registration e-mail or web page ready.',
  ],
  title: ['添加账号', '新增帳戶', 'Add an account'],
  ways: ['添加方式', '新增方式', 'Ways to add it'],
  scan: ['扫码', '掃碼', 'Scan the code'],
  scanText: ['用相机扫描二维码', '用相機掃瞄 QR 圖碼', 'Point the camera at the QR code'],
  picture: ['从相册选择', '從相簿選取', 'From a picture'],
  pictureText: ['邮件就在这台手机上时', '電郵就在此手機上時', 'When the e-mail is on this phone'],
  type: ['手动输入', '手動輸入', 'Type it in'],
  typeText: ['输入账号和激活码', '輸入帳戶號碼及激活碼', 'Account and activation code'],

  primer: [
    '接下来会请求使用相机，只用来读取二维码，画面不会离开本机。',
    '接着會要求使用相機，只用作讀取 QR 圖碼，畫面不會離開本機。',
    'Next your phone asks to use the camera. It only reads the QR code; no picture leaves this phone.',
  ],
  openCamera: ['打开相机', '開啟相機', 'Open the camera'],
  aim: ['将二维码放入框内', '請將 QR 圖碼放入框內', 'Hold the QR code inside the frame'],
  starting: ['正在打开相机', '正在開啟相機', 'Opening the camera'],
  noCamera: ['无法使用相机', '無法使用相機', 'The camera cannot be used'],
  noCameraText: [
    '请在手机设置中允许本应用使用相机，或改用图片或手动输入。',
    '請於手機設定中容許本應用程式使用相機，或改用相片或手動輸入。',
    'Allow the camera for this app in the phone’s settings, or use a picture or type the code.',
  ],
  noneInPicture: [
    '图片里没有可读的二维码',
    '相片內沒有可讀取的 QR 圖碼',
    'There is no readable QR code in that picture',
  ],
  noneInPictureText: [
    '请选择清晰、完整的截图。',
    '請選擇清晰、完整的截圖。',
    'Choose a sharp picture with the whole code.',
  ],
  reading: ['正在读取图片', '正在讀取相片', 'Reading the picture'],
  foreign: ['这个二维码属于 {host}', '此 QR 圖碼屬於 {host}', 'This code belongs to {host}'],
  foreignText: [
    '它不是本服务的注册码，没有打开。如果有人请您扫它，请先向客服核实。',
    '它並非本服務的註冊碼，沒有開啟。如有人要求閣下掃瞄，請先向客戶服務部核實。',
    'It is not one of ours and was not opened. If somebody asked you to scan it, check with customer service first.',
  ],
  otherKind: ['这不是 Hufu 的二维码', '這不是 Hufu 的 QR 圖碼', 'This is not a Hufu code'],
  otherKindText: [
    '请扫描注册邮件、绑定页或登录页上的二维码。',
    '請掃瞄註冊電郵、綁定頁或登入頁上的 QR 圖碼。',
    'Scan the one in your registration e-mail, or on the set-up or sign-in page.',
  ],
  again: ['重新扫码', '重新掃碼', 'Scan again'],

  account: ['账号', '帳戶號碼', 'Account'],
  code: ['激活码', '激活碼', 'Activation code'],
  codeHint: [
    '印在二维码下方，形如 ABCDE-12345',
    '印於 QR 圖碼下方，例如 ABCDE-12345',
    'Printed under the QR code, like ABCDE-12345',
  ],
  needAccount: ['请输入账号。', '請輸入帳戶號碼。', 'Enter your account.'],
  needCode: ['请输入 10 位激活码。', '請輸入 10 位激活碼。', 'Enter the 10 characters of the activation code.'],
  next: ['继续', '繼續', 'Continue'],

  opening: ['正在核对', '正在核對', 'Checking'],
  confirmTitle: ['注册账号 {account}', '註冊帳戶 {account}', 'Register {account}'],
  phoneName: ['这台手机的名称', '此手機的名稱', 'This phone’s name'],
  phoneNameHint: ['在绑定的手机列表中显示', '顯示於已綁定的手機列表', 'Shown in your list of phones'],
  needName: ['请输入名称。', '請輸入名稱。', 'Enter a name.'],
  first: [
    '这是该账号的第一台手机，下一步请设置 PIN。',
    '此為該帳戶的首部手機，下一步請設定 PIN。',
    'This is the account’s first phone. Next you choose a PIN.',
  ],
  further: [
    '该账号已有手机。注册后请输入首台手机设置的 PIN 进行同步。',
    '該帳戶已有手機。註冊後請輸入首部手機所設的 PIN 以同步。',
    'The account has a phone already. After registering, enter the PIN set on the first one.',
  ],
  slots: ['还可注册 {n} 台手机', '尚可註冊 {n} 部手機', '{n} more phones can register'],
  until: ['{time} 前有效', '{time} 前有效', 'Valid until {time}'],
  register: ['注册', '註冊', 'Register'],
  needsLogin: [
    '请先输入该账号的登录密码。',
    '請先輸入該帳戶的登入密碼。',
    'First enter the account’s sign-in password.',
  ],
  password: ['登录密码', '登入密碼', 'Password'],
  needPassword: ['请输入登录密码。', '請輸入登入密碼。', 'Enter the password.'],
  doneMain: ['主账号已登记', '主帳戶已登記', 'Main account registered'],
  doneMainText: [
    '账号 {account} 可以在这台手机上产生验证码了。',
    '帳戶 {account} 現可在此手機產生一次性密碼。',
    'This phone can now make codes for {account}.',
  ],
  doneSub: ['子账号已登记', '子帳戶已登記', 'Sub-account registered'],
  doneSubText: [
    '账号 {account} 尚未同步。输入首台手机设置的 PIN 后即可使用。',
    '帳戶 {account} 尚未同步。輸入首部手機所設的 PIN 後即可使用。',
    '{account} is not synced yet. Enter the PIN set on your first phone to use it.',
  ],
  syncNow: ['现在同步', '現在同步', 'Sync now'],
} as const satisfies Record<string, Words>;
