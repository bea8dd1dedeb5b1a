// Every refusal the API can make, one row each (RFC 9457). Codes are permanent; `title` and `detail` are for people, in three languages.
// `{name}` in a detail is filled from the problem's own members of that name.
import { DESK_PROBLEMS } from './problems/desk.ts';
import { ENROLMENT_PROBLEMS } from './problems/enrolment.ts';
import { OPERATOR_PROBLEMS } from './problems/operators.ts';
import { PAGE_PROBLEMS } from './problems/pages.ts';
import { POLICY_PROBLEMS } from './problems/policy.ts';
import { ROLLOUT_PROBLEMS } from './problems/rollout.ts';
import { VALUES } from './problems/values.ts';
import { WECHAT_PROBLEMS } from './problems/wechat.ts';
import { WIRE_PROBLEMS } from './problems/wire.ts';

/** The languages people read. */
export const LOCALES = ['zh-CN', 'zh-HK', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

type Words = readonly [zhCN: string, zhHK: string, en: string];
type Row = { readonly status: number; readonly title: Words; readonly detail?: Words };

export const PROBLEMS = {
  ...WIRE_PROBLEMS,
  'account-unknown': {
    status: 404,
    title: ['没有这个账号', '沒有此帳戶', 'No such account'],
    detail: ['请先创建该账号。', '請先建立該帳戶。', 'Create the account first (PUT /v1/accounts/{account}).'],
  },
  'account-suspended': {
    status: 403,
    title: ['账号已停用', '帳戶已停用', 'The account is suspended'],
    detail: ['请联系 {contact}。', '請聯絡 {contact}。', 'Contact {contact}.'],
  },
  'first-factor-failed': {
    status: 403,
    title: ['账号或密码不正确', '帳戶或密碼不正確', 'Wrong account or password'],
    detail: ['请检查后重试。', '請檢查後再試。', 'Check both and try again.'],
  },
  'first-factor-not-accepted': {
    status: 403,
    title: ['不接受这种首要验证方式', '不接受此種首要驗證方式', 'That kind of first factor is not accepted'],
    detail: [
      '策略要求 firstFactor 为 {accepts}。',
      '政策要求 firstFactor 為 {accepts}。',
      'The policy accepts firstFactor: {accepts}.',
    ],
  },
  'client-unknown': {
    status: 422,
    title: ['未登记的客户端', '未登記的客戶端', 'Unknown client'],
    detail: [
      '策略中没有登记客户端 {client}。',
      '政策中沒有登記客戶端 {client}。',
      'The policy registers no client {client}.',
    ],
  },
  'client-mismatch': {
    status: 403,
    title: ['客户端与 API 密钥不符', '客戶端與 API 密鑰不符', 'The API key belongs to another client'],
    detail: ['此密钥属于 {client}。', '此密鑰屬於 {client}。', 'This key speaks for {client}.'],
  },
  'version-malformed': {
    status: 422,
    title: ['版本号格式不正确', '版本號格式不正確', 'Malformed client version'],
    detail: [
      '版本号是以点分隔的数字，例如 9.5.8.5。',
      '版本號為以點分隔的數字，例如 9.5.8.5。',
      'A version is numbers joined by dots, such as 9.5.8.5.',
    ],
  },
  'client-too-old': {
    status: 403,
    title: ['客户端版本过低', '客戶端版本過低', 'The client is too old'],
    detail: [
      '当前版本 {installed}，需要 {required} 或更高版本。下载：{download}',
      '目前版本 {installed}，需要 {required} 或更高版本。下載：{download}',
      'Installed {installed}; {required} or later is needed. Download: {download}',
    ],
  },
  'bind-elsewhere': {
    status: 403,
    title: ['请先在电脑客户端上绑定', '請先在電腦客戶端上綁定', 'Set up on the desktop client first'],
    detail: [
      '此客户端不能绑定身份验证器。请先在以下客户端登录并绑定：{where}',
      '此客戶端不能綁定身份驗證器。請先在以下客戶端登入並綁定：{where}',
      'This client cannot set up an authenticator. Sign in first on: {where}',
    ],
  },
  'no-method': {
    status: 403,
    title: ['没有可用的验证方式', '沒有可用的驗證方式', 'No verification method is available'],
    detail: ['请联系 {contact}。', '請聯絡 {contact}。', 'Contact {contact}.'],
  },
  'device-revoked': {
    status: 403,
    title: ['此手机已被移除', '此手機已被移除', 'This phone was removed'],
    detail: [
      '该设备已从账号中移除。如有疑问请联系 {contact}。',
      '該裝置已從帳戶移除。如有疑問請聯絡 {contact}。',
      'The device was removed from the account. Contact {contact}.',
    ],
  },
  'device-required': {
    status: 422,
    title: ['缺少设备标识', '缺少裝置識別碼', 'The request names no device'],
    detail: [
      '此客户端的请求须带 client.deviceId。请更新客户端。',
      '此客戶端的請求須帶 client.deviceId。請更新客戶端。',
      'On this client the policy keeps a list of devices: send client.deviceId.',
    ],
  },
  frozen: {
    status: 403,
    title: ['验证已冻结', '驗證已凍結', 'Sign-in is locked'],
    detail: [
      '错误次数过多。如需解锁请联系 {contact}。',
      '錯誤次數過多。如需解鎖請聯絡 {contact}。',
      'Too many wrong codes. To unlock, contact {contact}.',
    ],
  },
  'verification-failed': {
    status: 422,
    title: ['验证码不正确或已过期', '驗證碼不正確或已過期', 'Wrong or expired code'],
    detail: [
      '{authenticatorType}还可尝试 {attemptsLeft} 次。',
      '{authenticatorType}尚可再試 {attemptsLeft} 次。',
      '{authenticatorType}{attemptsLeft} tries left.',
    ],
  },
  throttled: {
    status: 429,
    title: ['请稍后再试', '請稍後再試', 'Wait before the next try'],
    detail: ['请在 {retryAfter} 秒后重试。', '請於 {retryAfter} 秒後再試。', 'Try again in {retryAfter} seconds.'],
  },
  'too-many-waiting': {
    status: 429,
    title: ['同时等待的请求过多', '同時等候的請求過多', 'Too many are waiting'],
    detail: [
      '请在 {retryAfter} 秒后重试，或不带 wait 查询。',
      '請於 {retryAfter} 秒後再試，或不帶 wait 查詢。',
      'Ask again in {retryAfter} seconds, or without wait.',
    ],
  },
  'method-not-offered': {
    status: 403,
    title: ['当前不能使用这种验证方式', '目前不能使用此種驗證方式', 'That method is not offered now'],
    detail: ['请使用：{offered}。', '請使用：{offered}。', 'Use one of: {offered}.'],
  },
  expired: {
    status: 410,
    title: ['已过期', '已過期', 'Expired'],
    detail: ['请重新开始。', '請重新開始。', 'Start again.'],
  },
  closed: {
    status: 409,
    title: ['已经结束', '已經結束', 'Already over'],
    detail: [
      '这次验证已经结束，请重新开始。',
      '此次驗證已經結束，請重新開始。',
      'It has been answered already. Start again.',
    ],
  },
  'resend-too-soon': {
    status: 429,
    title: ['发送过于频繁', '發送過於頻繁', 'Sent a moment ago'],
    detail: [
      '请在 {retryAfter} 秒后再获取验证码。',
      '請於 {retryAfter} 秒後再獲取驗證碼。',
      'Ask for another code in {retryAfter} seconds.',
    ],
  },
  'not-sendable': {
    status: 422,
    title: ['这种方式不发送验证码', '此種方式不發送驗證碼', 'That method sends no code'],
    detail: ['请打开身份验证器查看验证码。', '請開啟身份驗證器查看驗證碼。', 'Read the code in the authenticator app.'],
  },
  'sending-paused': {
    status: 429,
    title: ['验证码发送已达上限', '驗證碼發送已達上限', 'The sending limit is reached'],
    detail: [
      '请在 {retryAfter} 秒后重试，或使用其他方式。',
      '請於 {retryAfter} 秒後再試，或使用其他方式。',
      'Try again in {retryAfter} seconds, or use another method.',
    ],
  },
  'channel-missing': {
    status: 422,
    title: ['无法发送验证码', '無法發送驗證碼', 'No code can be sent this way'],
    detail: [
      '请使用其他方式。如没有其他方式，请联系 {contact}。',
      '請使用其他方式。如沒有其他方式，請聯絡 {contact}。',
      'Use another method. If there is none, contact {contact}.',
    ],
  },
  'binding-not-allowed': {
    status: 403,
    title: ['现在不能在此绑定', '目前不能在此綁定', 'Setting up is not allowed here'],
    detail: [
      '策略不允许此客户端现在绑定该方式。',
      '政策不允許此客戶端現在綁定該方式。',
      'The policy does not let this client set up that method now.',
    ],
  },
  'mailbox-protected': {
    status: 422,
    title: ['备用邮箱不能是受保护的邮箱', '後備電郵不能是受保護的郵箱', 'A mailbox cannot be its own backup'],
    detail: [
      '请填写另一个您能登录的邮箱。',
      '請填寫另一個閣下能登入的郵箱。',
      'Name another mailbox that you can open without this login.',
    ],
  },
  'login-required': {
    status: 401,
    title: ['请先登录', '請先登入', 'Sign in first'],
    detail: [
      '该账号须先在此客户端完成登录。',
      '該帳戶須先在此客戶端完成登入。',
      'The account must first complete a login on this client.',
    ],
  },
  'already-bound': {
    status: 409,
    title: ['已绑定', '已綁定', 'Already set up'],
    detail: ['如需更换，请先解绑。', '如需更換，請先解除綁定。', 'Unlink it first to replace it.'],
  },
  superseded: {
    status: 409,
    title: ['已有新的绑定流程', '已有新的綁定流程', 'A newer set-up replaced this one'],
    detail: [
      '请使用最新的二维码或激活码。',
      '請使用最新的 QR 圖碼或激活碼。',
      'Use the newest QR code or activation code.',
    ],
  },
  'proof-required': {
    status: 401,
    title: ['需要再次验证', '需要再次驗證', 'Verify again first'],
    detail: [
      '请先完成用途为 {purpose} 的验证，并在 proof 中给出其编号。',
      '請先完成用途為 {purpose} 的驗證，並在 proof 中給出其編號。',
      'Complete a challenge for {purpose} first and name it in proof.',
    ],
  },
  'cooling-off': {
    status: 403,
    title: ['现在还不能更改验证方式', '目前尚不能更改驗證方式', 'Methods cannot be changed yet'],
    detail: [
      '为保护账号，请在 {hours} 小时后再更改验证方式。如急需更改，请联系 {contact}。',
      '為保護帳戶，請於 {hours} 小時後再更改驗證方式。如急需更改，請聯絡 {contact}。',
      'To protect the account, wait {hours} hours before changing how it signs in. If it is urgent, contact {contact}.',
    ],
  },
  'unbind-by-operator': {
    status: 403,
    title: ['只能由工作人员解绑', '只能由職員解除綁定', 'Only staff can unlink it'],
    detail: [
      '请联系 {contact}。自行删除令牌不会解绑。',
      '請聯絡 {contact}。自行刪除令牌並不會解除綁定。',
      'Contact {contact}. Deleting the entry in the app does not unlink it.',
    ],
  },
  'last-authenticator': {
    status: 409,
    title: ['不能移除最后一种验证方式', '不能移除最後一種驗證方式', 'The last method cannot be removed'],
    detail: ['请先绑定另一种方式。', '請先綁定另一種方式。', 'Set up another method first.'],
  },
  ...ENROLMENT_PROBLEMS,
  ...DESK_PROBLEMS,
  ...WECHAT_PROBLEMS,
  ...POLICY_PROBLEMS,
  ...ROLLOUT_PROBLEMS,
  ...PAGE_PROBLEMS,
  ...OPERATOR_PROBLEMS,
  conflict: {
    status: 409,
    title: ['对象刚被更改', '物件剛被更改', 'It changed meanwhile'],
    detail: ['请读取最新内容后重试。', '請讀取最新內容後再試。', 'Read it again and retry.'],
  },
  unavailable: {
    status: 503,
    title: ['服务暂不可用', '服務暫不可用', 'Temporarily unavailable'],
    detail: [
      '请稍后重试。没有任何内容被放行。',
      '請稍後再試。沒有任何內容被放行。',
      'Try again shortly. Nothing was let in.',
    ],
  },
  internal: {
    status: 500,
    title: ['内部错误', '內部錯誤', 'Internal error'],
    detail: ['已记录。请稍后重试。', '已記錄。請稍後再試。', 'It was logged. Try again shortly.'],
  },
} as const satisfies Record<string, Row>;

export type ProblemCode = keyof typeof PROBLEMS;

/** Where a problem's `type` leads; documentation pages bear the same names. */
export const problemType = (code: ProblemCode): string => `https://hufu.dev/problems/${code}`;

/** Whether there is a problem of that code. */
export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);

/** A problem's words in one language, with `{name}` filled from `members`. Unknown names stay empty. */
export function problemWords(
  code: ProblemCode,
  locale: Locale,
  members: Readonly<Record<string, unknown>>,
): { title: string; detail: string } {
  const row: Row = PROBLEMS[code];
  const at = LOCALES.indexOf(locale);
  const called = (value: unknown): string => VALUES[code]?.[String(value)]?.[at] ?? String(value);
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = members[name];
      return typeof value === 'string' || typeof value === 'number'
        ? called(value)
        : Array.isArray(value)
          ? value.map(called).join(at === 2 ? ', ' : '、')
          : '';
    });
  return { title: row.title[at] ?? row.title[2], detail: fill(row.detail?.[at] ?? row.detail?.[2] ?? '') };
}
