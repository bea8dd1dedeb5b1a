// The words of the audit page.
import { words } from '../parts/words.tsx';

export const AUDIT = words({
  title: ['审计', '審計', 'Audit'],
  hint: [
    '只可追加、逐条相连的记录。用 hufu audit verify 可在离线环境证明无人改动。',
    '只可追加、逐條相連的紀錄。以 hufu audit verify 可在離線環境證明無人改動。',
    'Append-only, each entry chained to the one before. hufu audit verify proves offline that nobody changed it.',
  ],
  filter: ['筛选', '篩選', 'Filter'],
  event: ['事件', '事件', 'Event'],
  eventHint: ['名称或其开头，如 binding.', '名稱或其開頭，如 binding.', 'A name or its beginning, such as binding.'],
  actor: ['操作者', '操作者', 'Who'],
  actorHint: ['如 operator:mei.lam', '如 operator:mei.lam', 'Such as operator:mei.lam'],
  account: ['账号', '帳號', 'Account'],
  from: ['自', '自', 'From'],
  to: ['至', '至', 'Until'],
  apply: ['应用', '套用', 'Apply'],
  clear: ['清除', '清除', 'Clear'],
  list: ['审计记录', '審計紀錄', 'Audit entries'],
  number: ['编号', '編號', 'No.'],
  at: ['时间', '時間', 'Time'],
  details: ['内容', '內容', 'Details'],
  none: ['没有符合的记录', '沒有符合的紀錄', 'No entry fits'],
  noneYet: [
    '以上部分没有符合的记录，可继续查找更早的。',
    '以上部分沒有符合的紀錄，可繼續搜尋更早的。',
    'None fits so far. Look further back.',
  ],
  further: ['继续查找更早的', '繼續搜尋更早的', 'Look further back'],
  exportJsonl: ['导出 JSON Lines', '匯出 JSON Lines', 'Export as JSON Lines'],
  exportCsv: ['导出 CSV', '匯出 CSV', 'Export as CSV'],
  exporting: ['正在导出', '正在匯出', 'Exporting'],
  exportSays: [
    '按当前筛选导出。导出本身会记入审计。',
    '按目前篩選匯出。匯出本身會記入審計。',
    'Exports what the filter shows. The export itself is on record.',
  ],
});
