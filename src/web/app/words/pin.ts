// What the app says around the PIN. No row here says that a PIN is wrong: the app does not know.
import type { Words } from '../../words/say.ts';

export const PIN = {
  enter: ['输入 PIN', '輸入 PIN', 'Enter your PIN'],
  length: ['6–20 位数字', '6–20 位數字', '6–20 digits'],
  typed: ['已输入 {n} 位', '已輸入 {n} 位', '{n} digits entered'],
  erase: ['删除一位', '刪除一位', 'Erase one digit'],
  ok: ['确定', '確定', 'OK'],
  working: ['正在计算', '正在計算', 'Working'],
  forgot: ['忘记 PIN？', '忘記 PIN？', 'Forgot your PIN?'],
  forgotTitle: ['忘记 PIN', '忘記 PIN', 'Forgot your PIN'],
  forgotText: [
    '请联系{contact}重置 PIN。重置后，每台手机都会请您设置或输入新的 PIN。',
    '請聯絡{contact}要求重設 PIN。重設後，每部手機均會要求閣下設定或輸入新的 PIN。',
    'Contact {contact} to have it reset. Each of your phones then asks for the new PIN.',
  ],
  desk: ['客服', '客戶服務部', 'customer service'],
  forgotWhy: [
    '没有人能查到您的 PIN，我们的工作人员也不能，请勿告知任何人。',
    '任何人均無法查閱閣下的 PIN，本公司職員亦不能，請勿告知任何人。',
    'Nobody can look up your PIN, our staff included. Never tell it to anyone.',
  ],

  noWebAssembly: ['此浏览器关闭了 WebAssembly', '此瀏覽器已關閉 WebAssembly', 'WebAssembly is off in this browser'],
  noWebAssemblyText: [
    '计算验证码需要它。请为本网站开启（iPhone：在锁定模式中排除本网站），或联系{contact}。',
    '產生一次性密碼需要使用它。請為本網站開啟（iPhone：於封閉模式中排除本網站），或聯絡{contact}。',
    'Codes of this account need it. Allow it for this site (on an iPhone: exclude it from Lockdown Mode), or contact {contact}.',
  ],

  chooseTitle: ['设置 PIN', '設定 PIN', 'Choose a PIN'],
  chooseText: [
    '6–20 位数字。每次产生验证码时使用，所有手机共用。',
    '6–20 位數字。每次產生一次性密碼時使用，所有手機共用。',
    '6–20 digits. You enter it for each code; all your phones use the same one.',
  ],
  againTitle: ['再次输入 PIN', '再次輸入 PIN', 'Enter it again'],
  againText: ['请再输入一次以确认。', '請再輸入一次以確認。', 'Once more, to be sure.'],
  differ: ['两次输入不一致，请重新设置。', '兩次輸入不一致，請重新設定。', 'The two did not match. Choose again.'],
  weakLength: ['请输入 6 至 20 位数字。', '請輸入 6 至 20 位數字。', 'Enter 6 to 20 digits.'],
  weakSame: [
    '不能全部是同一个数字，容易被猜到。请换一个。',
    '不可全為同一數字，容易被猜中。請另選一個。',
    'All digits are the same, which is easy to guess. Choose another.',
  ],
  weakRun: [
    '不能是连续的数字（如 123456），容易被猜到。请换一个。',
    '不可為連續數字（如 123456），容易被猜中。請另選一個。',
    'A run such as 123456 is easy to guess. Choose another.',
  ],
  weakAccount: [
    '不能含有您的账号，容易被猜到。请换一个。',
    '不可含有閣下的帳戶號碼，容易被猜中。請另選一個。',
    'It contains your account number, which is easy to guess. Choose another.',
  ],
  setting: ['正在设置', '正在設定', 'Setting up'],

  syncTitle: ['同步账号 {account}', '同步帳戶 {account}', 'Sync {account}'],
  syncText: [
    '输入首台手机设置的 PIN。连续输错会冻结账号。',
    '輸入首部手機所設的 PIN。連續輸錯會凍結帳戶。',
    'Enter the PIN set on your first phone. Wrong tries count and can lock the account.',
  ],
  syncTextMain: [
    '该账号已设有 PIN，可能就是刚才在这台手机上设的。请输入它。连续输错会冻结账号。',
    '該帳戶已設有 PIN，可能正是剛才於此手機所設。請輸入。連續輸錯會凍結帳戶。',
    'The account has a PIN, maybe the one you just set on this phone. Enter it. Wrong tries count and can lock the account.',
  ],
  syncing: ['正在同步', '正在同步', 'Syncing'],
  synced: ['已同步', '已同步', 'Synced'],
  syncedText: [
    '账号 {account} 可以在这台手机上产生验证码了。',
    '帳戶 {account} 現可在此手機產生一次性密碼。',
    'This phone can now make codes for {account}.',
  ],
  refused: ['服务器未接受这个 PIN', '伺服器未接受此 PIN', 'The server did not take this PIN'],
  refusedText: ['请检查后重新输入。', '請檢查後重新輸入。', 'Check it and try again.'],
  refusedLeft: [
    '请检查后重新输入，还可尝试 {n} 次。',
    '請檢查後重新輸入，尚餘 {n} 次。',
    'Check it and try again. {n} tries left.',
  ],
  needsOnline: ['需要网络', '需要網絡', 'A connection is needed'],
  needsOnlineText: ['请连接网络后重试。', '請連接網絡後再試。', 'Connect, then try again.'],

  oldTitle: ['输入现在的 PIN', '輸入現時的 PIN', 'Enter your present PIN'],
  newTitle: ['设置新的 PIN', '設定新的 PIN', 'Choose a new PIN'],
  changing: ['正在修改', '正在更改', 'Changing'],
  changed: ['PIN 已修改', 'PIN 已更改', 'PIN changed'],
  changedText: [
    '其他手机会显示“未同步”，请在那里输入新的 PIN。',
    '其他手機會顯示「未同步」，請在該處輸入新的 PIN。',
    'Your other phones show “not synced”: enter the new PIN there.',
  ],
  unknown: ['修改尚未得到确认', '更改尚未獲確認', 'The change is not confirmed yet'],
  unknownText: [
    '没有收到服务器的答复。请继续使用旧 PIN；联网后会自动核对，如果已修改，会请您输入新的 PIN。',
    '未收到伺服器的回覆。請繼續使用舊 PIN；連線後會自動核對，如已更改，會要求閣下輸入新的 PIN。',
    'No answer came. Keep using your old PIN. Once online it is checked, and if it was changed you are asked for the new one.',
  ],
  resync: ['PIN 已修改，请再同步一次', 'PIN 已更改，請再同步一次', 'PIN changed. Sync once more'],
  resyncText: [
    '请在这台手机上输入新的 PIN 完成同步。',
    '請在此手機輸入新的 PIN 以完成同步。',
    'Enter the new PIN on this phone to finish.',
  ],
  biometricTitle: ['开启指纹或人脸', '開啟指紋或人臉', 'Turn on fingerprint or face'],
  biometricText: [
    '先输入 PIN，然后按手机的提示操作。',
    '請先輸入 PIN，然後按手機提示操作。',
    'Enter your PIN first, then follow your phone’s prompt.',
  ],
  biometricAlone: [
    '没有网络，无法核对 PIN，请输入两次。如果 PIN 有误，之后的验证码也会有误；关闭后重新开启即可。',
    '沒有網絡，未能核對 PIN，請輸入兩次。如 PIN 有誤，其後的一次性密碼亦會有誤；關閉後重新開啟即可。',
    'Without a network the PIN cannot be checked, so enter it twice. If it is wrong the codes will be wrong too: turn this off and on again.',
  ],
} as const satisfies Record<string, Words>;
