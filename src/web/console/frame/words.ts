// The menu and what stands around every page, in three languages.
import { words } from '../parts/words.tsx';

/** The menu, one row for each page in it. */
export const NAV = words({
  customers: ['客户', '客戶', 'Customers'],
  cases: ['待复核', '待覆核', 'Cases'],
  rollout: ['迁移驾驶舱', '遷移駕駛艙', 'Rollout'],
  bulk: ['批量操作', '批量操作', 'Bulk work'],
  policy: ['策略', '政策', 'Policy'],
  integrations: ['接入', '接入', 'Integrations'],
  audit: ['审计', '審計', 'Audit'],
  operators: ['操作员', '操作員', 'Operators'],
});

export const FRAME = words({
  console: ['管理控制台', '管理控制台', 'Console'],
  menu: ['菜单', '選單', 'Menu'],
  openMenu: ['打开菜单', '開啟選單', 'Open the menu'],
  skip: ['跳到内容', '跳到內容', 'Skip to content'],
  tenant: ['机构', '機構', 'Tenant'],
  language: ['语言', '語言', 'Language'],
  signOut: ['退出', '登出', 'Sign out'],
  look: ['浅色或深色', '淺色或深色', 'Light or dark'],
  forYou: [
    (n: number) => `${n} 项可由您决定`,
    (n: number) => `${n} 項可由閣下決定`,
    (n: number) => `${n} for you to decide`,
  ],
  notFound: ['没有此页', '沒有此頁', 'There is no such page'],
  ending: ['即将退出登录', '即將登出', 'Your session is about to end'],
  endsSoon: [
    (seconds: number) => `因长时间未操作，${seconds} 秒后将退出登录。`,
    (seconds: number) => `因長時間未操作，${seconds} 秒後將登出。`,
    (seconds: number) => `Nothing was done for a while: you will be signed out in ${seconds} seconds.`,
  ],
  endsFinally: [
    (minutes: number) => `登录已近 12 小时，${minutes} 分钟后须重新登录。请先完成手上的操作。`,
    (minutes: number) => `登入已近 12 小時，${minutes} 分鐘後須重新登入。請先完成手上的操作。`,
    (minutes: number) =>
      `You have been signed in for nearly twelve hours: in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} you will have to sign in again. Finish what is open first.`,
  ],
  understood: ['知道了', '知道了', 'Understood'],
  leave: ['放弃已填写的内容？', '放棄已填寫的內容？', 'Discard what you filled in?'],
  leaveSays: [
    '尚未提交。离开后，已填写的内容将不保留。',
    '尚未提交。離開後，已填寫的內容將不保留。',
    'It was not submitted yet. If you leave, it is not kept.',
  ],
  keep: ['继续填写', '繼續填寫', 'Keep editing'],
  discard: ['放弃', '放棄', 'Discard'],
  stay: ['继续使用', '繼續使用', 'Stay signed in'],
});
