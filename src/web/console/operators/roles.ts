// The four roles as people read them.
import { words } from '../parts/words.tsx';

export const ROLES = ['viewer', 'support', 'security', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE = words({
  viewer: ['查看', '檢視', 'Viewer'],
  support: ['客服', '客戶服務', 'Support'],
  security: ['安全', '保安', 'Security'],
  administrator: ['管理员', '管理員', 'Administrator'],
});

/** What each may do, for whoever gives it. */
export const ROLE_HINT = words({
  viewer: [
    '查看客户与迁移进度，不能操作。',
    '檢視客戶與遷移進度，不可操作。',
    'Sees customers and the rollout, changes nothing.',
  ],
  support: [
    '查看客户，办理解锁、重发绑定、解绑等。',
    '檢視客戶，辦理解鎖、重發綁定、解除綁定等。',
    'Sees customers and acts for them: unlock, re-issue, unbind.',
  ],
  security: [
    '另可复核、切换阶段、发布策略、批量操作、导出审计。',
    '另可覆核、切換階段、發佈政策、批量操作、匯出審計。',
    'Also approves, switches phases, publishes policies, runs bulk work, exports the audit log.',
  ],
  administrator: [
    '管理操作员与接入，不能查看客户。',
    '管理操作員與接入，不可檢視客戶。',
    'Manages operators and integrations, and sees no customers.',
  ],
});
