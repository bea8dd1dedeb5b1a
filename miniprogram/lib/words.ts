// What a person reads, in three languages. What is asked of them is said as in the app (src/web/words/purposes.ts).
import { type Locale, type Words as Row, say } from '../../src/web/words/rows.ts';

const WORDS = {
  empty: [
    '还没有账号。请用微信扫描网页上的二维码。',
    '尚未有帳戶。請以微信掃描網頁上的 QR 圖碼。',
    'No account yet. Scan the QR of the page with WeChat.',
  ],
  scan: ['扫一扫', '掃一掃', 'Scan'],
  restore: ['找回我的账号', '取回我的帳戶', 'Get my accounts back'],
  restoreWhy: [
    '更换手机或清理微信后，账号会从这里消失，绑定仍然有效。',
    '更換手機或清理微信後，帳戶會在此消失，綁定仍然有效。',
    'After a new phone or a clean-up of WeChat accounts are gone from here; they are still linked.',
  ],
  left: ['秒后更新', '秒後更新', 's left'],
  joinTitle: ['绑定此账号？', '綁定此帳戶？', 'Link this account?'],
  join: ['确认绑定', '確認綁定', 'Link'],
  cancel: ['取消', '取消', 'Cancel'],
  askLogin: ['正在请求登录，是您本人操作吗？', '正要求登入，是否閣下本人操作？', 'Somebody is signing in. Is it you?'],
  askChange: ['是您本人的操作吗？', '是否閣下本人操作？', 'Is this you?'],
  noPlace: ['地点未知', '地點不詳', 'Place unknown'],
  trust: ['确认授权并信任此设备', '確認授權並信任此裝置', 'Approve and trust this device'],
  once: ['临时登录', '僅此一次登入', 'This time only'],
  confirm: ['确认', '確認', 'Confirm'],
  notMe: ['不是我，拒绝', '並非本人，拒絕', "It wasn't me"],
  number: ['输入网页上的数字', '輸入網頁上的數字', 'Type the number on the page'],
  approved: ['已确认，请回到网页。', '已確認，請返回網頁。', 'Approved. Go back to the page.'],
  denied: [
    '已拒绝。若密码可能泄露，请立即保护账号并更改密码。',
    '已拒絕。如密碼可能外洩，請立即保護帳戶並更改密碼。',
    'Refused. If your password may be known, secure the account and change it.',
  ],
  secure: ['退出所有设备', '登出所有裝置', 'Sign out everywhere'],
  secured: ['所有设备均已退出。', '所有裝置均已登出。', 'Signed out everywhere.'],
  joined: ['已绑定。', '已綁定。', 'Linked.'],
  unbind: ['解绑', '解除綁定', 'Unlink'],
  unbindWhy: [
    '解绑后，登录此账号不再使用微信验证。仅删除小程序不会解绑。',
    '解除綁定後，登入此帳戶不再使用微信驗證。只刪除小程式並不會解除綁定。',
    'WeChat will no longer verify this account. Deleting the mini-program alone does not unlink it.',
  ],
  gone: [
    '以下账号已换绑、解绑，或已在别处找回，因此从这里移除：',
    '以下帳戶已更換或解除綁定，或已在其他地方取回，因此從此處移除：',
    'These accounts were linked elsewhere, unlinked, or given back to another device, and are gone from here:',
  ],
  unbound: ['已解绑。', '已解除綁定。', 'Unlinked.'],
  foreign: ['这不是本服务的二维码。', '這不是本服務的 QR 圖碼。', 'This is not one of our codes.'],
  unknown: [
    '二维码已失效，或不属于您的账号。请刷新后重新扫描。',
    'QR 圖碼已失效，或不屬於閣下的帳戶。請重新整理後再掃描。',
    'The code expired or is not for your account. Refresh it and scan again.',
  ],
  oldScan: [
    '这个二维码是较早前扫描的，没有处理。请重新扫描页面上现在显示的二维码。',
    '此 QR 圖碼是較早前掃描的，並無處理。請重新掃描頁面上現時顯示的 QR 圖碼。',
    'That code was scanned a while ago, and nothing was done. Scan the one the page shows now.',
  ],
  offline: [
    '无法连接服务器。验证码仍可使用。',
    '無法連接伺服器。驗證碼仍可使用。',
    'The server cannot be reached. Codes still work.',
  ],
  remind: ['下次登录时提醒我', '下次登入時提醒我', 'Remind me at the next sign-in'],
  reminded: [
    '下次登录时会在微信提醒您。',
    '下次登入時會於微信提醒閣下。',
    'WeChat will remind you at the next sign-in.',
  ],
  done: ['完成', '完成', 'Done'],
} as const satisfies Record<string, Row>;

export type Words = Readonly<Record<keyof typeof WORDS, string>>;

/** The words in one language. */
export const wordsFor = (locale: Locale): Words =>
  Object.fromEntries(Object.entries(WORDS).map(([key, row]) => [key, say(row, locale)])) as unknown as Words;

/** WeChat's own language setting as ours. */
export const localeFor = (language: string): Locale =>
  /^en/i.test(language) ? 'en' : /HK|TW|Hant/i.test(language) ? 'zh-HK' : 'zh-CN';
