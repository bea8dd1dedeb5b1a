// What the doctor says of a policy, in three languages: the risk of each rule that found something, and what to set instead.
import type { Words } from '../locale.ts';

/** What a finding risks, and what to set instead. */
export interface RuleWords {
  readonly risk: Words;
  readonly instead: Words;
}

export const POLICY_WORDS = {
  'password-alone-binds': {
    risk: {
      'zh-CN': '仅凭密码即可绑定首个验证器：盗得密码者可绑定自己的手机，账号持有人反被拒之门外。',
      'zh-HK': '單憑密碼即可綁定首個驗證器：盜取密碼者可綁定自己的手機，帳戶持有人反而無法登入。',
      en: "A password alone is enough to bind the first authenticator: who has stolen it binds their own phone, and the account's owner is locked out.",
    },
    instead: {
      'zh-CN': '在要求绑定的登录规则中同时加上 `challenge`，例如 `challenge: [sms]`，使已登记的手机先行验证。',
      'zh-HK': '在要求綁定的登入規則中同時加上 `challenge`，例如 `challenge: [sms]`，由已登記的手機先行驗證。',
      en: 'Give the login rule that enrols a `challenge` too, such as `challenge: [sms]`, so that the registered phone answers first.',
    },
  },
  'password-alone-logs-in': {
    risk: {
      'zh-CN': '未绑定任何方式的账号仅凭密码即可登录。',
      'zh-HK': '未綁定任何方式的帳戶單憑密碼即可登入。',
      en: 'An account that has bound nothing logs in with its password alone.',
    },
    instead: {
      'zh-CN': '以两步验证（`challenge`）或要求绑定（`enrol`）代替 `allow`，或计划在哪次切换之后改为如此。',
      'zh-HK': '以雙重驗證（`challenge`）或要求綁定（`enrol`）代替 `allow`，或計劃在哪次切換後改為如此。',
      en: 'Ask for a second step (`challenge`) or for a binding (`enrol`) instead of `allow`, or plan the switch after which you do.',
    },
  },
  'sms-beside-totp': {
    risk: {
      'zh-CN': '已绑定验证器的账号仍可用短信登录：SIM 卡被调换或短信被转接即可登录。',
      'zh-HK': '已綁定驗證器的帳戶仍可用短訊登入：SIM 卡被調換或短訊被轉接即可登入。',
      en: 'Accounts that have bound an authenticator can still log in by SMS: a swapped SIM card or a redirected message gets in.',
    },
    instead: {
      'zh-CN': '对已绑定的账号要求 `challenge: [totp]`，并以 `recovery: [recovery-code]` 作为出路。',
      'zh-HK': '對已綁定的帳戶要求 `challenge: [totp]`，並以 `recovery: [recovery-code]` 作為出路。',
      en: 'Ask bound accounts for `challenge: [totp]`, with `recovery: [recovery-code]` as the way out.',
    },
  },
  'sms-removes-totp': {
    risk: {
      'zh-CN': '以短信登录者即可移除验证器：较弱的方式能取走较强的方式（如 CVE-2026-3429）。',
      'zh-HK': '以短訊登入者即可移除驗證器：較弱的方式能取走較強的方式（如 CVE-2026-3429）。',
      en: 'Who has logged in by SMS may remove the authenticator: the weaker method takes away the stronger (as in CVE-2026-3429).',
    },
    instead: {
      'zh-CN': '`by: step-up`，并为 `purpose: [unbind, change, confirm]` 设登录规则，要求 `[totp]`，可用恢复码。',
      'zh-HK': '`by: step-up`，並為 `purpose: [unbind, change, confirm]` 設登入規則，要求 `[totp]`，可用恢復碼。',
      en: '`by: step-up`, with a login rule for `purpose: [unbind, change, confirm]` that asks for `[totp]` and takes a recovery code.',
    },
  },
  'new-number-serves-at-once': {
    risk: {
      'zh-CN': '刚刚更改的手机号码即可绑定或移除验证器：谁能使号码更改，谁就立即掌握该账号。',
      'zh-HK': '剛剛更改的手機號碼即可綁定或移除驗證器：誰能使號碼更改，誰便立即掌握該帳戶。',
      en: 'A phone number that was changed a minute ago can bind or remove an authenticator: who gets the number changed owns the account at once.',
    },
    instead: {
      'zh-CN': '`times: { contactCoolingSeconds: 86400 }`：新号码可以登录，一天之后才能更改验证方式。',
      'zh-HK': '`times: { contactCoolingSeconds: 86400 }`：新號碼可以登入，一天之後才能更改驗證方式。',
      en: '`times: { contactCoolingSeconds: 86400 }`: the new number logs in, and changes methods a day later.',
    },
  },
  'recovery-removes-at-once': {
    risk: {
      'zh-CN': '一张纸上的一个恢复码即可立刻移除验证器：拾得者在持有人获知之前已掌握账号。',
      'zh-HK': '一張紙上的一個恢復碼即可立刻移除驗證器：拾獲者在持有人得悉之前已掌握帳戶。',
      en: 'One code from a sheet of paper removes the authenticator, at once: who finds the sheet owns the account before its owner hears of it.',
    },
    instead: {
      'zh-CN':
        '在 `purpose: [unbind, change, confirm]` 的规则中设 `recovery: [recovery-code, sms]`、`recoveryNeeds: 2`，以及 `times: { recoveryCoolingSeconds: 86400 }`。',
      'zh-HK':
        '在 `purpose: [unbind, change, confirm]` 的規則中設 `recovery: [recovery-code, sms]`、`recoveryNeeds: 2`，以及 `times: { recoveryCoolingSeconds: 86400 }`。',
      en: 'In the rule for `purpose: [unbind, change, confirm]`: `recovery: [recovery-code, sms]`, `recoveryNeeds: 2`, and `times: { recoveryCoolingSeconds: 86400 }`.',
    },
  },
  'login-removes': {
    risk: {
      'zh-CN': '先前的登录已足以移除验证器：接管了未退出会话的人也一样。',
      'zh-HK': '先前的登入已足以移除驗證器：接管了未登出工作階段的人亦然。',
      en: 'A login done earlier is enough to remove the authenticator: so it is for whoever takes over an open session.',
    },
    instead: {
      'zh-CN': '`by: step-up`：须由将被移除的方式给出新的验证码。',
      'zh-HK': '`by: step-up`：須由將被移除的方式提供新的驗證碼。',
      en: '`by: step-up`: a fresh code from what is to be removed.',
    },
  },
  'operator-removes': {
    risk: {
      'zh-CN': '电话另一端只有一名操作员，可能被说服而移除绑定。',
      'zh-HK': '電話另一端只有一名操作員，可能被說服而移除綁定。',
      en: 'A single person on the telephone can be talked into removing a binding.',
    },
    instead: {
      'zh-CN':
        '由第二名操作员先复核（`console: { secondOperator: [unbind, change-person], callerCheck: required }`），由客户自行办理（`by: step-up`，配合恢复码），并只把 `console:write` 授予少数密钥。',
      'zh-HK':
        '由第二名操作員先覆核（`console: { secondOperator: [unbind, change-person], callerCheck: required }`），由客戶自行辦理（`by: step-up`，配合恢復碼），並只把 `console:write` 授予少數密鑰。',
      en: 'Let a second operator look first (`console: { secondOperator: [unbind, change-person], callerCheck: required }`), let owners do it themselves (`by: step-up`, with recovery codes), and give `console:write` to few keys.',
    },
  },
  'stale-login-proves': {
    risk: {
      'zh-CN': '数小时前的登录仍可更改绑定：未退出或被接管的会话即已足够。',
      'zh-HK': '數小時前的登入仍可更改綁定：未登出或被接管的工作階段已經足夠。',
      en: 'A login from hours ago still allows changing what is bound: a session left open or taken over is enough.',
    },
    instead: {
      'zh-CN': '`times: { freshLoginSeconds: 900 }` 或更短，或 `proof: step-up`。',
      'zh-HK': '`times: { freshLoginSeconds: 900 }` 或更短，或 `proof: step-up`。',
      en: '`times: { freshLoginSeconds: 900 }` or less, or `proof: step-up`.',
    },
  },
  'last-may-go': {
    risk: {
      'zh-CN': '持有人或冒充者可移除最后一种方式，账号此后只靠密码。',
      'zh-HK': '持有人或冒充者可移除最後一種方式，帳戶其後只靠密碼。',
      en: 'An owner, or whoever acts for them, may remove the last method, and the account stands with its password alone.',
    },
    instead: {
      'zh-CN': '`keepAtLeast: 1`。',
      'zh-HK': '`keepAtLeast: 1`。',
      en: '`keepAtLeast: 1`.',
    },
  },
  stranded: {
    risk: {
      'zh-CN': '尚未绑定的账号在所有客户端都被拒绝：既不能登录，也不能绑定。',
      'zh-HK': '尚未綁定的帳戶在所有客戶端都被拒絕：既不能登入，亦不能綁定。',
      en: 'An account that has bound nothing is refused on every client: it can neither log in nor bind.',
    },
    instead: {
      'zh-CN': '让一个客户端具有 `binds: [totp]`，并设一条在该处要求绑定的登录规则。',
      'zh-HK': '讓一個客戶端具有 `binds: [totp]`，並設一條在該處要求綁定的登入規則。',
      en: 'Give one client `binds: [totp]` and a login rule that enrols there.',
    },
  },
  'wide-window': {
    risk: {
      'zh-CN': '同时有更多验证码正确：每多一步，猜中更容易，被看见的验证码也更久有效。',
      'zh-HK': '同時有更多驗證碼正確：每多一步，猜中更容易，被看見的驗證碼亦更久有效。',
      en: 'More codes are right at once: each further step makes guessing easier, and an overseen code stays good for longer.',
    },
    instead: {
      'zh-CN': '`window: { back: 1, forward: 1 }`；请提示客户把手机设为自动对时。',
      'zh-HK': '`window: { back: 1, forward: 1 }`；請提示客戶把手機設為自動對時。',
      en: '`window: { back: 1, forward: 1 }`; tell people to set their phone to automatic time.',
    },
  },
  'long-codes': {
    risk: {
      'zh-CN':
        '验证码有效时间超过 OWASP ASVS 6.5.5 的要求（30 秒），且部分验证器应用无论二维码如何都显示 30 秒的验证码。',
      'zh-HK':
        '驗證碼有效時間超過 OWASP ASVS 6.5.5 的要求（30 秒），而部分驗證器應用程式不論二維碼如何都顯示 30 秒的驗證碼。',
      en: 'A code lives longer than OWASP ASVS 6.5.5 wants (30 s), and some authenticator apps show 30-second codes whatever the QR says.',
    },
    instead: {
      'zh-CN': '`periodSeconds: 30`。',
      'zh-HK': '`periodSeconds: 30`。',
      en: '`periodSeconds: 30`.',
    },
  },
  'late-delay': {
    risk: {
      'zh-CN': '可一次连续猜测五次以上。',
      'zh-HK': '可一次連續猜測五次以上。',
      en: 'More than five guesses can be made in one go.',
    },
    instead: {
      'zh-CN': '`freezeAfter: 5`，或从第四次起逐步加长等待：`delaysSeconds: [0, 0, 0, 30, 60, 120, 300, 900, 3600]`。',
      'zh-HK': '`freezeAfter: 5`，或由第四次起逐步加長等候：`delaysSeconds: [0, 0, 0, 30, 60, 120, 300, 900, 3600]`。',
      en: '`freezeAfter: 5`, or delays that grow from the fourth on: `delaysSeconds: [0, 0, 0, 30, 60, 120, 300, 900, 3600]`.',
    },
  },
  'freeze-ends-soon': {
    risk: {
      'zh-CN': '数分钟后自动解除的冻结，使猜测可以整天继续。',
      'zh-HK': '數分鐘後自動解除的凍結，使猜測可以整天繼續。',
      en: 'A freeze that ends by itself after minutes lets guessing go on all day.',
    },
    instead: {
      'zh-CN': '至少 `unfreezeSeconds: 3600`，或不设定：由操作员解除。',
      'zh-HK': '至少 `unfreezeSeconds: 3600`，或不設定：由操作員解除。',
      en: 'At least `unfreezeSeconds: 3600`, or none: then an operator ends it.',
    },
  },
  'freezes-account': {
    risk: {
      'zh-CN': '知道密码的人只要输入错误验证码，就能使持有人无法使用任何方式。',
      'zh-HK': '知道密碼的人只要輸入錯誤驗證碼，就能令持有人無法使用任何方式。',
      en: 'Who knows a password can keep its owner out of every method by typing wrong codes.',
    },
    instead: {
      'zh-CN': '`scope: authenticator`：其他方式和恢复码仍可使用。',
      'zh-HK': '`scope: authenticator`：其他方式和恢復碼仍可使用。',
      en: '`scope: authenticator`: the other methods, and recovery codes, stay open.',
    },
  },
  'password-freeze-stays': {
    risk: {
      'zh-CN': '任何知道账号的人都能以错误密码永久锁住它，直到操作员协助。',
      'zh-HK': '任何知道帳戶的人都能以錯誤密碼永久鎖住它，直至操作員協助。',
      en: 'Anyone who knows an account name can lock its owner out for good with wrong passwords, until an operator helps.',
    },
    instead: {
      'zh-CN': '`passwordThrottle: { …, unfreezeSeconds: 3600 }`。',
      'zh-HK': '`passwordThrottle: { …, unfreezeSeconds: 3600 }`。',
      en: '`passwordThrottle: { …, unfreezeSeconds: 3600 }`.',
    },
  },
  'silent-changes': {
    risk: {
      'zh-CN': '验证方式更改时无人收到通知：资金被转走后才发现盗用。',
      'zh-HK': '驗證方式更改時無人收到通知：資金被轉走後才發現盜用。',
      en: 'Nobody is told when their methods change: a theft is noticed when the money is gone.',
    },
    instead: {
      'zh-CN': '`notices: true`。',
      'zh-HK': '`notices: true`。',
      en: '`notices: true`.',
    },
  },
  'no-minimum-version': {
    risk: {
      'zh-CN': '其他客户端设有最低版本，这些没有：它们的任何旧版本都算足够新。',
      'zh-HK': '其他客戶端設有最低版本，這些沒有：它們的任何舊版本都算足夠新。',
      en: 'Other clients have a minimum version and these have none: any old copy of them counts as new enough.',
    },
    instead: {
      'zh-CN': "为每个客户端设 `minimumVersion: '…'`。",
      'zh-HK': "為每個客戶端設 `minimumVersion: '…'`。",
      en: "`minimumVersion: '…'` on each.",
    },
  },
  'past-switch': {
    risk: {
      'zh-CN': '时间表中有已生效的切换：`rollout.phase` 已不代表当前阶段。',
      'zh-HK': '時間表中有已生效的切換：`rollout.phase` 已不代表目前階段。',
      en: 'The schedule holds switches that are already in force: `rollout.phase` no longer says what phase it is.',
    },
    instead: {
      'zh-CN': '把现行阶段写入 `rollout.phase`（或 `cohorts`）并删除该项；`hufu policy phase` 会同时完成两者。',
      'zh-HK': '把現行階段寫入 `rollout.phase`（或 `cohorts`）並刪除該項；`hufu policy phase` 會同時完成兩者。',
      en: 'Write the phase in force into `rollout.phase` (or `cohorts`) and drop the entry; `hufu policy phase` does both.',
    },
  },
  'unlimited-switch': {
    risk: {
      'zh-CN': '一次调用即可把所有人切换到 totp-only：数以千计未绑定的客户会在下次开市时遇到。',
      'zh-HK': '一次呼叫即可把所有人切換到 totp-only：數以千計未綁定的客戶會在下次開市時遇到。',
      en: 'One call switches everyone to totp-only: thousands who have bound nothing meet it at the next market opening.',
    },
    instead: {
      'zh-CN': '`rollout: { …, limitAffected: 1000 }`：更大的切换须说明原因并越过上限。',
      'zh-HK': '`rollout: { …, limitAffected: 1000 }`：更大的切換須說明原因並越過上限。',
      en: '`rollout: { …, limitAffected: 1000 }`: a larger switch then needs a reason and an override.',
    },
  },
  'many-sms': {
    risk: {
      'zh-CN': '机器人可用它们获利的号码推高短信费用，长期有效的验证码也容易被骗取。',
      'zh-HK': '機械人可用它們獲利的號碼推高短訊費用，長期有效的驗證碼亦容易被騙取。',
      en: 'Bots can run up your SMS bill on numbers they are paid for, and long-lived codes can be talked out of people.',
    },
    instead: {
      'zh-CN': '`sms: { codeSeconds: 180, perAccountPerHour: 5, countries: [仅客户所在的国家或地区] }`。',
      'zh-HK': '`sms: { codeSeconds: 180, perAccountPerHour: 5, countries: [只限客戶所在的國家或地區] }`。',
      en: '`sms: { codeSeconds: 180, perAccountPerHour: 5, countries: [only where your people are] }`.',
    },
  },
  'slow-binding': {
    risk: {
      'zh-CN': '二维码有效时间超过 NIST SP 800-63B-4 §4.1.2.2 的十分钟：被看见的二维码仍可使用。',
      'zh-HK': '二維碼有效時間超過 NIST SP 800-63B-4 §4.1.2.2 的十分鐘：被看見的二維碼仍可使用。',
      en: 'A QR code stays good for longer than the ten minutes of NIST SP 800-63B-4 §4.1.2.2: an overseen one can still be used.',
    },
    instead: {
      'zh-CN': '`times: { bindingSeconds: 600 }`。',
      'zh-HK': '`times: { bindingSeconds: 600 }`。',
      en: '`times: { bindingSeconds: 600 }`.',
    },
  },
  'device-joins-silently': {
    risk: {
      'zh-CN': '新设备首次输入正确验证码即加入账号：看见一个验证码的人便可加入自己的设备。',
      'zh-HK': '新裝置首次輸入正確驗證碼即加入帳戶：看見一個驗證碼的人便可加入自己的裝置。',
      en: 'The first right code from a new device adds it to the account: who oversees one code adds their own.',
    },
    instead: {
      'zh-CN': '如果正是您所要的，无需更改：持有人会在设备列表中看到并收到通知。否则设 `bindOnFirstCode: false`。',
      'zh-HK': '如正是閣下所要的，毋須更改：持有人會在裝置清單中看到並收到通知。否則設 `bindOnFirstCode: false`。',
      en: 'Nothing, if this is what you want: its owner sees it in the device list and is told. Otherwise `bindOnFirstCode: false`.',
    },
  },
  'nameless-devices': {
    risk: {
      'zh-CN': '已移除的设备只要不报设备编号就能再次使用。',
      'zh-HK': '已移除的裝置只要不報裝置編號就能再次使用。',
      en: 'A device that was removed comes back by naming no device at all.',
    },
    instead: {
      'zh-CN': '`required: true`，或不写：待所有在用版本的客户端都发送 `deviceId` 之后。',
      'zh-HK': '`required: true`，或不寫：待所有使用中版本的客戶端都傳送 `deviceId` 之後。',
      en: '`required: true`, or leave it out: once every version of your client in use sends `deviceId`.',
    },
  },
  'no-recovery': {
    risk: {
      'zh-CN': '遗失手机的客户必须致电客服。',
      'zh-HK': '遺失手機的客戶必須致電客戶服務部。',
      en: 'Whoever loses their phone has to call you.',
    },
    instead: {
      'zh-CN': '`recoveryCodes: { offer: true }`。',
      'zh-HK': '`recoveryCodes: { offer: true }`。',
      en: '`recoveryCodes: { offer: true }`.',
    },
  },
  'sms-at-all': {
    risk: {
      'zh-CN': '未绑定的账号依赖短信，NIST SP 800-63B-4 §3.1.3.3 对此设限：号码可被携转，短信可被转接。',
      'zh-HK': '未綁定的帳戶依賴短訊，NIST SP 800-63B-4 §3.1.3.3 對此設限：號碼可被轉攜，短訊可被轉接。',
      en: 'Accounts that have bound nothing rest on SMS, which NIST SP 800-63B-4 §3.1.3.3 restricts: numbers are ported and messages redirected.',
    },
    instead: {
      'zh-CN': '计划切换：`hufu policy phase totp-only --at …`，逐批进行。',
      'zh-HK': '計劃切換：`hufu policy phase totp-only --at …`，逐批進行。',
      en: 'Plan the switch: `hufu policy phase totp-only --at …`, cohort by cohort.',
    },
  },
  'mailbox-logs-in': {
    risk: {
      'zh-CN':
        '邮件验证码证明的是另一个密码，不是设备（NIST SP 800-63B-4 §3.1.3.1）：两个密码都有的人即可登录，再无其他步骤。',
      'zh-HK':
        '電郵驗證碼證明的是另一個密碼，不是裝置（NIST SP 800-63B-4 §3.1.3.1）：兩個密碼都有的人即可登入，再無其他步驟。',
      en: 'A code by mail proves another password, not a device (NIST SP 800-63B-4 §3.1.3.1): who has both passwords is in, and has no other step to take.',
    },
    instead: {
      'zh-CN': '`challenge` 中不要 `email`；或保留，并在重要之处要求 `acr` 为 `urn:hufu:aal2`。',
      'zh-HK': '`challenge` 中不要 `email`；或保留，並在重要之處要求 `acr` 為 `urn:hufu:aal2`。',
      en: 'Leave `email` out of `challenge`; or keep it, and ask for `acr` `urn:hufu:aal2` where it matters.',
    },
  },
  'short-push-number': {
    risk: {
      'zh-CN': '随手输入第一个想到的数字，一百次中会有一次批准陌生人的登录。',
      'zh-HK': '隨手輸入第一個想到的數字，一百次中會有一次批准陌生人的登入。',
      en: 'Who types the first number that comes to mind approves a stranger’s login once in a hundred times.',
    },
    instead: {
      'zh-CN':
        '`approvals: { numberDigits: 6 }`，即 NIST SP 800-63B-4 §3.1.3.2 的要求；或 `push: false`：扫码不需要数字。',
      'zh-HK':
        '`approvals: { numberDigits: 6 }`，即 NIST SP 800-63B-4 §3.1.3.2 的要求；或 `push: false`：掃碼不需要數字。',
      en: '`approvals: { numberDigits: 6 }`, as NIST SP 800-63B-4 §3.1.3.2 asks; or `push: false`: a QR needs no number.',
    },
  },
  'mailed-registration': {
    risk: {
      'zh-CN': '任何打开登记邮件的人都能登记自己的手机（NIST SP 800-63B-4 §4.1.2.2 不允许以邮件寄送用于绑定的代码）。',
      'zh-HK': '任何打開登記電郵的人都能登記自己的手機（NIST SP 800-63B-4 §4.1.2.2 不容許以電郵寄送用於綁定的代碼）。',
      en: 'Whoever opens the registration mail can register a phone of their own with it (NIST SP 800-63B-4 §4.1.2.2 lets no code that binds go by mail).',
    },
    instead: {
      'zh-CN': '`enrolment: { firstFactor: true, activationSeconds: 600 }`：须以密码打开，每次一部手机。',
      'zh-HK': '`enrolment: { firstFactor: true, activationSeconds: 600 }`：須以密碼打開，每次一部手機。',
      en: '`enrolment: { firstFactor: true, activationSeconds: 600 }`: the password opens it, for one phone at a time.',
    },
  },
  'links-in-mail': {
    risk: {
      'zh-CN': '邮件带链接会使人习惯点击链接：假冒邮件也就有人相信。',
      'zh-HK': '電郵帶連結會使人習慣點擊連結：假冒電郵亦有人相信。',
      en: 'Mails with links teach people to follow links: who sends a false one is believed.',
    },
    instead: {
      'zh-CN': '`enrolment: { links: false }`：二维码是邮件中的图片，代码可以手动输入。',
      'zh-HK': '`enrolment: { links: false }`：二維碼是電郵中的圖片，代碼可以手動輸入。',
      en: '`enrolment: { links: false }`: the QR is a picture in the mail, and the code can be typed.',
    },
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
export type PolicyRuleName = keyof typeof POLICY_WORDS;
