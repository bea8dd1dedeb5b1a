// Words that every page says.
import { words } from './words.tsx';

export const COMMON = words({
  loading: ['载入中', '載入中', 'Loading'],
  retry: ['重试', '重試', 'Try again'],
  more: ['更多', '更多', 'More'],
  cancel: ['取消', '取消', 'Cancel'],
  confirm: ['确定', '確定', 'Confirm'],
  close: ['关闭', '關閉', 'Close'],
  failed: ['未能载入', '未能載入', 'This could not be loaded'],
  refused: ['未能完成', '未能完成', 'This was not done'],
  moved: ['内容已有变化', '內容已有變更', 'It changed meanwhile'],
  movedSays: [
    '您看到的已不是最新内容，未作任何操作。请关闭后查看最新内容，再作决定。',
    '閣下看到的已非最新內容，未作任何操作。請關閉後查看最新內容，再作決定。',
    'What you were shown is no longer so, and nothing was done. Close this, look again, then decide.',
  ],
  offline: [
    '无法连接服务器。请检查网络后重试。',
    '無法連接伺服器。請檢查網絡後重試。',
    'The server could not be reached. Check the network and try again.',
  ],
  nothing: ['没有内容', '沒有內容', 'Nothing here'],
  forbidden: [
    '您的角色不含此权限。请联系管理员。',
    '閣下的角色不含此權限。請聯絡管理員。',
    'Your role does not include this. Ask an administrator.',
  ],
  copy: ['复制', '複製', 'Copy'],
  copied: ['已复制', '已複製', 'Copied'],
  sortedBy: [
    (column: string) => `按「${column}」排序`,
    (column: string) => `按「${column}」排序`,
    (column: string) => `Sort by ${column}`,
  ],
});
