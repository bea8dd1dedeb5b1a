// What the rollout cockpit says.
import { words } from '../parts/words.tsx';

export const ROLLOUT = words({
  title: ['迁移驾驶舱', '遷移駕駛艙', 'Rollout'],
  hint: [
    (bound: string, accounts: string) => `${accounts} 个账号中已有 ${bound} 完成绑定`,
    (bound: string, accounts: string) => `${accounts} 個帳戶中已有 ${bound} 完成綁定`,
    (bound: string, accounts: string) => `${bound} of ${accounts} accounts have moved off SMS`,
  ],
  cutovers: ['分批切换', '分批切換', 'Cut-overs'],
  rules: ['分组规则', '分組規則', 'Cohort rules'],
  // Phases
  phases: ['阶段', '階段', 'Phases'],
  'sms-only': ['仅短信', '僅短訊', 'SMS only'],
  coexist: ['并存', '並存', 'Coexist'],
  'totp-only': ['仅令牌', '僅令牌', 'Authenticator only'],
  now: ['当前', '目前', 'now'],
  planned: [
    (at: string, who: string) => `${at} 起，${who}`,
    (at: string, who: string) => `${at} 起，${who}`,
    (at: string, who: string) => `from ${at}, ${who}`,
  ],
  everybody: ['全部账号', '全部帳戶', 'everybody'],
  noCohort: ['未分组', '未分組', 'no cohort'],
  since: [(day: string) => `自 ${day} 起`, (day: string) => `自 ${day} 起`, (day: string) => `since ${day}`],
  underWay: ['进行中的分批切换', '進行中的分批切換', 'Cut-overs under way'],
  taken: [
    (who: string, share: string, at: string) => `${who}：自 ${at} 起已切换 ${share}`,
    (who: string, share: string, at: string) => `${who}：自 ${at} 起已切換 ${share}`,
    (who: string, share: string, at: string) => `${who}: ${share} taken since ${at}`,
  ],
  paused: ['已暂停', '已暫停', 'paused'],
  noPlanned: ['没有计划中的切换。', '沒有計劃中的切換。', 'No switch is planned.'],
  // Adoption
  adoption: ['绑定进度', '綁定進度', 'Adoption'],
  cohort: ['分组', '分組', 'Cohort'],
  actual: ['实际', '實際', 'Actual'],
  target: ['计划', '計劃', 'Plan'],
  forecast: ['预测', '預測', 'Forecast'],
  band: ['误差范围', '誤差範圍', 'Margin'],
  day: ['日期', '日期', 'Day'],
  share: ['比例', '比例', 'Share'],
  campaigns: ['提醒批次', '提醒批次', 'Reminders sent'],
  campaign: [
    (at: string, n: number, why: string) => `${at}：提醒 ${n} 个账号（${why}）`,
    (at: string, n: number, why: string) => `${at}：提醒 ${n} 個帳戶（${why}）`,
    (at: string, n: number, why: string) => `${at}: ${n} accounts reminded (${why})`,
  ],
  method: [
    (error: string) =>
      `预测方法：每天有一定比例的未绑定账号完成绑定，取近四周的中位数。用同一方法从一周前预测今天，误差为 ${error}。`,
    (error: string) =>
      `預測方法：每日有一定比例的未綁定帳戶完成綁定，取近四週的中位數。以同一方法由一週前預測今日，誤差為 ${error}。`,
    (error: string) =>
      `Method: each day the same part of those still unbound binds, the median of the last four weeks. The same method, a week ago, missed today by ${error}.`,
  ],
  noForecast: [
    '历史不足八天，暂时无法预测。',
    '歷史不足八日，暫時無法預測。',
    'Fewer than eight days of history: nothing can be foretold yet.',
  ],
  summary: [
    (share: string, when: string, low: string, high: string) => `今天 ${share}；预计到 ${when} 为 ${low}–${high}。`,
    (share: string, when: string, low: string, high: string) => `今日 ${share}；預計到 ${when} 為 ${low}–${high}。`,
    (share: string, when: string, low: string, high: string) =>
      `Today ${share}; by ${when} between ${low} and ${high}.`,
  ],
  planGap: [
    (gap: string) => `比计划落后 ${gap}`,
    (gap: string) => `較計劃落後 ${gap}`,
    (gap: string) => `${gap} behind the plan`,
  ],
  planMet: ['达到计划', '達到計劃', 'On plan'],
  asTable: ['以表格查看', '以表格檢視', 'As a table'],
  chartOf: [
    (what: string) => `${what}的图表；数据见下方表格`,
    (what: string) => `${what}的圖表；數據見下方表格`,
    (what: string) => `Chart of ${what}; the figures are in the table below`,
  ],
  editPlan: ['编辑计划', '編輯計劃', 'Edit the plan'],
  planHelp: [
    '每行一个目标：日期与比例，例如 2026-12-31 95%',
    '每行一個目標：日期與比例，例如 2026-12-31 95%',
    'One target a line: a date and a share, such as 2026-12-31 95%',
  ],
  planWrong: ['无法读取此行：', '無法讀取此行：', 'This line cannot be read: '],
  callsPerDay: ['热线每日可接来电', '熱線每日可接來電', 'Calls the hotline can take a day'],
  // Cohorts
  cohorts: ['分组', '分組', 'Cohorts'],
  phase: ['阶段', '階段', 'Phase'],
  accounts: ['账号', '帳戶', 'Accounts'],
  bound: ['已绑定', '已綁定', 'Bound'],
  often: ['常用未绑定', '常用未綁定', 'Unbound, often'],
  rarely: ['少用未绑定', '少用未綁定', 'Unbound, rarely'],
  never: ['不活跃未绑定', '不活躍未綁定', 'Unbound, inactive'],
  // Funnel
  funnel: ['绑定漏斗', '綁定漏斗', 'Funnel'],
  step: ['步骤', '步驟', 'Step'],
  told: ['已通知', '已通知', 'Told'],
  opened: ['已打开', '已開啟', 'Opened'],
  scanned: ['已扫码', '已掃碼', 'Scanned'],
  verified: ['已验证', '已驗證', 'Verified'],
  used: ['已使用', '已使用', 'Used'],
  ofTold: ['其中经通知', '其中經通知', 'Of those told'],
  all: ['全部', '全部', 'All'],
  kept: ['较上一步', '較上一步', 'Of the step before'],
  client: ['客户端', '客戶端', 'Client'],
  version: ['版本', '版本', 'Version'],
  funnelHelp: [
    '第三方令牌应用自行扫码，首次输入正确动态码时才可见，因此与「已验证」相同。',
    '第三方令牌應用程式自行掃碼，首次輸入正確動態碼時才可見，因此與「已驗證」相同。',
    'An authenticator app scans by itself: it is first seen when its code is right, so it counts as scanned and verified at once.',
  ],
  // Reminders
  remind: ['提醒未绑定账号', '提醒未綁定帳戶', 'Remind the unbound'],
  remindHelp: [
    '通过账号的全部渠道发送。三天内提醒过的账号和不活跃账号不会收到。',
    '透過帳戶的全部渠道發送。三日內提醒過的帳戶及不活躍帳戶不會收到。',
    'Goes to every channel of an account. Those reminded within three days, and inactive ones, are passed over.',
  ],
  most: ['最多', '最多', 'At most'],
  reason: ['原因', '原因', 'Reason'],
  send: ['发送提醒', '發送提醒', 'Send reminders'],
  reminded: [
    (n: number, skipped: number, more: boolean) =>
      `已提醒 ${n} 个账号，略过 ${skipped} 个${more ? '；还有未提醒的账号' : ''}。`,
    (n: number, skipped: number, more: boolean) =>
      `已提醒 ${n} 個帳戶，略過 ${skipped} 個${more ? '；尚有未提醒的帳戶' : ''}。`,
    (n: number, skipped: number, more: boolean) =>
      `${n} accounts reminded, ${skipped} passed over${more ? '; there are more' : ''}.`,
  ],
  // Exceptions
  exceptions: ['例外名单', '例外名單', 'Exceptions'],
  exceptionHelp: [
    '名单内的账号在到期前保持并存，不受任何切换影响。',
    '名單內的帳戶在到期前保持並存，不受任何切換影響。',
    'These accounts stay in coexist until then, whatever is switched.',
  ],
  account: ['账号', '帳戶', 'Account'],
  until: ['到期', '到期', 'Until'],
  letOff: ['加入例外', '加入例外', 'Let off'],
  letOn: ['移出例外', '移出例外', 'End'],
  actions: ['操作', '操作', 'Actions'],
  save: ['保存', '儲存', 'Save'],
});

export const SIMULATOR = words({
  title: ['如果在这一天切换', '如果在這一日切換', 'If we cut over on this date'],
  on: ['切换日期', '切換日期', 'Date'],
  same: ['照常登录', '照常登入', 'Log in as today'],
  forced: ['下次登录须绑定', '下次登入須綁定', 'Led into binding'],
  'too-old': ['客户端过旧被拒', '客戶端過舊被拒', 'Refused: client too old'],
  'shut-out': ['无法登录', '無法登入', 'Shut out'],
  whom: ['影响', '影響', 'Effect'],
  accounts: ['账号', '帳戶', 'Accounts'],
  often: ['常用账号', '常用帳戶', 'Often'],
  week: ['一周内遇到', '一週內遇到', 'Within a week'],
  list: ['导出名单', '匯出名單', 'Export the list'],
  hotline: ['热线来电预测', '熱線來電預測', 'Calls to the hotline'],
  perDay: [
    (peak: string, capacity: string) => `首周最高一天约 ${peak} 通；每日可接 ${capacity} 通。`,
    (peak: string, capacity: string) => `首週最高一日約 ${peak} 通；每日可接 ${capacity} 通。`,
    (peak: string, capacity: string) =>
      `About ${peak} calls on the busiest day of the first week; the desk can take ${capacity}.`,
  ],
  perDayAlone: [
    (peak: string) => `首周最高一天约 ${peak} 通。未填写热线每日可接电话数，无法判断能否接完；请在计划中填写。`,
    (peak: string) => `首週最高一日約 ${peak} 通。未填寫熱線每日可接來電數目，無法判斷能否接完；請在計劃中填寫。`,
    (peak: string) =>
      `About ${peak} calls on the busiest day of the first week. How many the desk can take is not stated: put it into the plan.`,
  ],
  method: [
    (forced: string, old: string, out: string, error: string) =>
      `方法：每个账号在切换后的首次登录遇到变化，时间按其登录频率和过去四周每小时的登录分布推算；其中须绑定者 ${forced}、客户端过旧者 ${old}、无法登录者 ${out} 会来电。上周登录量与同一分布相差 ${error}。`,
    (forced: string, old: string, out: string, error: string) =>
      `方法：每個帳戶在切換後的首次登入遇到變化，時間按其登入頻率及過去四週每小時的登入分佈推算；其中須綁定者 ${forced}、客戶端過舊者 ${old}、無法登入者 ${out} 會來電。上週登入量與同一分佈相差 ${error}。`,
    (forced: string, old: string, out: string, error: string) =>
      `Method: each account meets the change at its first login after it, at an hour that follows from how often it logs in and from four weeks of logins by hour of the week. Of those led into binding ${forced} call, of those with an old client ${old}, of those shut out ${out}. Last week’s logins lay ${error} off the same profile.`,
  ],
  remaining: [
    (share: string, low: string, high: string) =>
      `到那天，目前未绑定的账号预计还有 ${share} 未绑定（${low}–${high}）。`,
    (share: string, low: string, high: string) =>
      `到那日，目前未綁定的帳戶預計尚有 ${share} 未綁定（${low}–${high}）。`,
    (share: string, low: string, high: string) => `By then ${share} of those unbound today still are (${low}–${high}).`,
  ],
  limit: [
    (limit: string) => `策略允许一次影响最多 ${limit} 个账号。`,
    (limit: string) => `政策允許一次影響最多 ${limit} 個帳戶。`,
    (limit: string) => `The policy lets a switch meet at most ${limit} accounts.`,
  ],
  busiest: ['最忙的一小时', '最忙的一小時', 'Busiest hour'],
  inThatHour: ['该小时来电', '該小時來電', 'Calls in it'],
  calls: ['来电', '來電', 'Calls'],
  oldClients: ['过旧的客户端', '過舊的客戶端', 'Old clients'],
  prepare: ['准备分批切换', '準備分批切換', 'Prepare a cut-over'],
});
