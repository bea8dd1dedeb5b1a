// What the small parts say on every page.
import type { Words } from './say.ts';

export const COMMON = {
  language: ['语言', '語言', 'Language'],
  close: ['关闭', '關閉', 'Close'],
  back: ['返回', '返回', 'Back'],
  cancel: ['取消', '取消', 'Cancel'],
  continue: ['继续', '繼續', 'Continue'],
  done: ['完成', '完成', 'Done'],
  later: ['以后再说', '稍後再說', 'Not now'],
  retry: ['重试', '再試', 'Try again'],
  loading: ['正在载入', '載入中', 'Loading'],
  copy: ['复制', '複製', 'Copy'],
  copied: ['已复制', '已複製', 'Copied'],
  copyFailed: ['请手动选中复制', '請手動選取複製', 'Select and copy it'],
  download: ['下载', '下載', 'Download'],
  showPassword: ['显示密码', '顯示密碼', 'Show password'],
  hidePassword: ['隐藏密码', '隱藏密碼', 'Hide password'],
  codeLabel: ['{n} 位验证码', '{n} 位驗證碼', '{n}-digit code'],
  codeEmpty: ['请输入 {n} 位数字。', '請輸入 {n} 位數字。', 'Enter the {n} digits.'],
  newCodeIn: ['{left} 秒后换新码', '{left} 秒後更新', 'New code in {left} s'],
  neverAsk: [
    '我们不会致电、发短信或邮件索取验证码。',
    '本公司不會以電話、短訊或電郵索取閣下的驗證碼。',
    'We never ask for this code by phone, SMS or e-mail.',
  ],
  notUnbound: [
    '仅在手机上删除令牌不会解除绑定。',
    '自行在手機刪除令牌，並不會解除綁定。',
    'Deleting the entry on the phone does not unlink it.',
  ],

  qrAlt: ['二维码，请用手机扫描', 'QR 圖碼，請用手機掃瞄', 'QR code to scan with your phone'],
  qrWaiting: ['等待扫码', '等候掃碼', 'Waiting for the scan'],
  qrLeft: ['剩余 {left}', '尚餘 {left}', '{left} left'],
  qrScanned: ['扫描成功，请在手机上确认', '掃瞄成功，請於手機上確認', 'Scanned. Confirm on your phone'],
  qrScannedBy: [
    '{phone} 已扫描，请在手机上确认',
    '{phone} 已掃瞄，請於手機上確認',
    'Scanned by {phone}. Confirm there',
  ],
  qrDone: ['已确认', '已確認', 'Confirmed'],
  qrExpired: ['二维码已失效', 'QR 圖碼已到期', 'This code has expired'],
  qrRefresh: ['获取新的二维码', '重新申請', 'Get a new one'],
  qrMaking: ['正在生成二维码', '正在產生 QR 圖碼', 'Preparing the QR code'],
} as const satisfies Record<string, Words>;
