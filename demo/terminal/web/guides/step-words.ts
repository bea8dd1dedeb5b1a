// What each step says. {client}, {app} and {contact} are filled in; the words are ours.
import type { Words } from '../words/say.ts';

type Step = { readonly title: Words; readonly text: Words };

export const STEPS = {
  'get-tencent': {
    title: ['打开小程序', '開啟小程式', 'Open the mini-program'],
    text: [
      '在微信里搜索“腾讯身份验证器”，打开它。它在微信里运行，不用另装应用。',
      '於微信搜尋「腾讯身份验证器」並開啟。它在微信內運作，毋須另裝應用程式。',
      'In WeChat, search for 腾讯身份验证器 and open it. It runs inside WeChat, so there is nothing to install. Its screens are in Chinese; the pictures show which button to tap.',
    ],
  },
  'get-microsoft': {
    title: ['安装验证器', '安裝驗證器', 'Install the app'],
    text: [
      '在应用商店搜索 Microsoft Authenticator，确认开发者为 Microsoft，安装后打开。',
      '於應用程式商店搜尋 Microsoft Authenticator，確認開發者為 Microsoft，安裝後開啟。',
      'Search your app store for Microsoft Authenticator, check that its maker is Microsoft, install it and open it.',
    ],
  },
  'get-google': {
    title: ['安装验证器', '安裝驗證器', 'Install the app'],
    text: [
      '在应用商店搜索 Google Authenticator，安装后打开。',
      '於應用程式商店搜尋 Google Authenticator，安裝後開啟。',
      'Search your app store for Google Authenticator, install it and open it.',
    ],
  },
  'sign-in-desktop': {
    title: ['登录{client}', '登入{client}', 'Sign in to {client}'],
    text: [
      '在电脑上打开{client}，用交易账号和密码登录。账号还没有绑定，所以会直接进入绑定。',
      '於電腦開啟{client}，以交易帳號及密碼登入。帳戶尚未綁定，因此會直接進入綁定。',
      'Open {client} on your computer and sign in with your account and password. As nothing is set up yet, setup starts by itself.',
    ],
  },
  'sign-in-desktop-sms': {
    title: ['照常登录{client}', '如常登入{client}', 'Sign in to {client} as usual'],
    text: [
      '在电脑上打开{client}，用密码和短信验证码登录。',
      '於電腦開啟{client}，以密碼及短訊驗證碼登入。',
      'Open {client} on your computer and sign in with your password and the SMS code.',
    ],
  },
  'accounts-95': {
    title: ['点账号右侧的图标', '按帳號右側的圖示', 'Click the icon beside the account'],
    text: [
      '打开多账号登录页。每个账号一行，点要绑定的那个账号右侧的二维码图标。每个账号要分别绑定。',
      '開啟多帳號登入頁。每個帳號一行，按要綁定的帳號右側的 QR 圖示。每個帳號須分別綁定。',
      'Open the multi-account page. Each account has its own row: click the QR icon at the right of the one you want. Every account is set up separately.',
    ],
  },
  'corner-93': {
    title: ['点左下角的图标', '按左下角的圖示', 'Click the lower left icon'],
    text: [
      '二维码图标在主窗口的左下角。点它，打开绑定窗口。',
      'QR 圖示位於主視窗左下角，按下即開啟綁定視窗。',
      'The QR icon sits in the lower left corner of the main window. It opens the setup window.',
    ],
  },
  'qr-opens': {
    title: ['二维码出现', 'QR 圖碼出現', 'The QR code appears'],
    text: [
      '让它留在屏幕上。旁边的激活码是同一把密钥，无法扫码时可以手动输入。不要截图，也不要发给任何人。',
      '讓它留在螢幕上。旁邊的激活碼是同一密鑰，未能掃碼時可手動輸入。請勿截圖或轉發予任何人。',
      'Leave it on the screen. The activation code beside it is the same secret, for typing when a camera is no use. Do not photograph it or send it to anyone.',
    ],
  },
  'scan-tencent': {
    title: ['选“二维码激活”', '選「二维码激活」', 'Tap 二维码激活'],
    text: [
      '在小程序里点“二维码激活”，允许使用相机。',
      '於小程式按「二维码激活」，並允許使用相機。',
      'In the mini-program tap 二维码激活 (“activate by QR code”) and allow the camera.',
    ],
  },
  'scan-microsoft': {
    title: ['添加其他帐户', '新增其他帳戶', 'Add another account'],
    text: [
      '点加号，选“其他帐户”，再选扫描 QR 代码，允许使用相机。',
      '按加號，選「其他帳戶」，再選掃描 QR 代碼，並允許使用相機。',
      'Tap the plus sign, choose Other account, then scan a QR code, and allow the camera.',
    ],
  },
  'scan-google': {
    title: ['点加号，扫描二维码', '按加號，掃描 QR 圖碼', 'Tap plus, then scan'],
    text: [
      '点右下角的加号，选“扫描二维码”，对准电脑屏幕。列表里会多出您的交易账号。',
      '按右下角的加號，選「掃描 QR 圖碼」，對準電腦螢幕。清單會多出閣下的交易帳號。',
      'Tap the plus sign at the lower right, choose Scan a QR code and point at the computer. Your account joins the list.',
    ],
  },
  scan: {
    title: ['扫描电脑屏幕', '掃描電腦螢幕', 'Scan the computer screen'],
    text: [
      '让二维码填满取景框。列表里会多出一条，写着您的交易账号。',
      '讓 QR 圖碼填滿取景框。清單會多出一項，列明閣下的交易帳號。',
      'Fill the viewfinder with the QR code. A new entry with your account number appears in the list.',
    ],
  },
  'code-desktop': {
    title: ['输入验证码', '輸入驗證碼', 'Enter the code'],
    text: [
      '把验证器里这个账号的 6 位数字输入{client}。如果倒计时快结束了，等下一组。',
      '將驗證器中該帳號的 6 位數字輸入{client}。如倒數將盡，請待下一組。',
      'Type the six digits shown for this account into {client}. If the countdown is almost over, wait for the next ones.',
    ],
  },
  done: {
    title: ['绑定完成', '綁定完成', 'All set'],
    text: [
      '验证码正确才算绑定成功。以后登录都用验证器里的验证码。',
      '驗證碼正確才算綁定成功。日後登入均使用驗證器的驗證碼。',
      'Setup counts only once that code was right. From now on the authenticator gives you the code at sign-in.',
    ],
  },
  'done-sms': {
    title: ['绑定完成', '綁定完成', 'All set'],
    text: [
      '验证码正确才算绑定成功。短信停用之前，登录时两种方式任选其一。',
      '驗證碼正確才算綁定成功。短訊停用之前，登入時可任選其一。',
      'Setup counts only once that code was right. Until SMS codes end, you may use either at sign-in.',
    ],
  },
  'sign-in-phone': {
    title: ['登录{client}', '登入{client}', 'Sign in to {client}'],
    text: [
      '打开{client}，用交易账号和密码登录。账号还没有绑定，所以会直接显示激活码。',
      '開啟{client}，以交易帳號及密碼登入。帳戶尚未綁定，因此會直接顯示激活碼。',
      'Open {client} and sign in with your account and password. As nothing is set up yet, the activation code appears by itself.',
    ],
  },
  'sign-in-phone-sms': {
    title: ['照常登录{client}', '如常登入{client}', 'Sign in to {client} as usual'],
    text: [
      '打开{client}，用密码和短信验证码登录。',
      '開啟{client}，以密碼及短訊驗證碼登入。',
      'Open {client} and sign in with your password and the SMS code.',
    ],
  },
  'menu-phone': {
    title: ['菜单里找到 TOTP', '於選單找到 TOTP', 'Find TOTP in the menu'],
    text: [
      '点右上角的菜单，进入“交易相关”，再点“TOTP”。',
      '按右上角的選單，進入「交易相關」，再按「TOTP」。',
      'Tap the menu at the upper right, open Trading, then tap TOTP.',
    ],
  },
  'copy-phone': {
    title: ['复制激活码', '複製激活碼', 'Copy the activation code'],
    text: [
      '手机扫不了自己的屏幕，所以这里显示激活码。点“复制”。验证器若只要密钥，就复制下面的密钥。',
      '手機未能掃瞄自己的螢幕，因此這裏顯示激活碼。按「複製」。驗證器若只需密鑰，請複製下方的密鑰。',
      'A phone cannot scan its own screen, so it shows an activation code. Tap Copy. If the authenticator wants only the key, copy the key below it.',
    ],
  },
  'paste-tencent': {
    title: ['手动添加', '手動新增', 'Add it by hand'],
    text: [
      '切换到腾讯身份验证器，选手动输入，账号填交易账号，密钥处粘贴。',
      '切換至腾讯身份验证器，選手動輸入，帳號填交易帳號，密鑰處貼上。',
      'Switch to Tencent Authenticator and choose to type it in (手动输入): your account number as the name, then paste the key.',
    ],
  },
  'paste-microsoft': {
    title: ['手动添加', '手動新增', 'Add it by hand'],
    text: [
      '切换到 Microsoft Authenticator：加号，“其他帐户”，手动输入代码。帐户名填交易账号，密钥处粘贴。',
      '切換至 Microsoft Authenticator：加號，「其他帳戶」，手動輸入代碼。帳戶名稱填交易帳號，密鑰處貼上。',
      'Switch to Microsoft Authenticator: plus sign, Other account, enter the code by hand. Your account number is the name; paste the key.',
    ],
  },
  'paste-google': {
    title: ['输入设置密钥', '輸入設定密鑰', 'Enter a setup key'],
    text: [
      '切换到 Google Authenticator：加号，“输入设置密钥”。帐户名填交易账号，密钥处粘贴，类型选“基于时间”。',
      '切換至 Google Authenticator：加號，「輸入設定密鑰」。帳戶名稱填交易帳號，密鑰處貼上，類型選「根據時間」。',
      'Switch to Google Authenticator: plus sign, Enter a setup key. Your account number is the name; paste the key; keep the type “time based”.',
    ],
  },
  'code-phone': {
    title: ['输入验证码', '輸入驗證碼', 'Enter the code'],
    text: [
      '记下验证器里的 6 位数字，回到交易应用输入。如果倒计时快结束了，等下一组。',
      '記下驗證器的 6 位數字，返回交易應用程式輸入。如倒數將盡，請待下一組。',
      'Read the six digits in the authenticator, go back to {client} and type them. If the countdown is almost over, wait for the next ones.',
    ],
  },
  'phone-cannot': {
    title: ['先在电脑上绑定', '先於電腦綁定', 'Set up on the computer first'],
    text: [
      '手机不能绑定。账号未绑定时在手机登录，会提示先到电脑版极星 9.3 完成绑定。已经绑定的，从下一步开始。',
      '手機不能綁定。帳戶未綁定時於手機登入，會提示先到電腦版極星 9.3 完成綁定。已綁定者請由下一步開始。',
      'The phone cannot set anything up. If your account is not set up yet, it sends you to Star 9.3 on the computer. Done that already? Start with the next step.',
    ],
  },
  'phone-sign-in': {
    title: ['在手机上登录', '於手機登入', 'Sign in on the phone'],
    text: [
      '打开{client}，输入交易账号和密码。',
      '開啟{client}，輸入交易帳號及密碼。',
      'Open {client} and enter your account and password.',
    ],
  },
  'phone-code': {
    title: ['输入同一个验证码', '輸入同一組驗證碼', 'Enter the same code'],
    text: [
      '登录也会要 6 位验证码。用电脑绑定时的那个验证器条目，不需要再扫码。',
      '登入同樣要求 6 位驗證碼。使用於電腦綁定時的同一驗證器項目，毋須再掃碼。',
      '{client} asks for six digits too. They come from the entry you made on the computer; there is nothing more to scan.',
    ],
  },
  'phone-listed': {
    title: ['手机随即绑定', '手機隨即綁定', 'The phone is linked as well'],
    text: [
      '第一次输入正确，这部手机就登记到您的账号，出现在手机列表里。手机遗失时，可以在那里移除。',
      '首次輸入正確，此手機即登記於閣下的帳戶，並列於手機清單。手機遺失時，可於該處移除。',
      'The first right code links this phone to your account and adds it to the list of phones. If the phone is lost, remove it there.',
    ],
  },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof STEPS;
