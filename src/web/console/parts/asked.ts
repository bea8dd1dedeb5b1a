// What pages say of something that waits for a second operator.
import { words } from './words.tsx';

export const ASKED = words({
  askedUntil: [
    (at: string) => `须在 ${at} 前由另一位操作员批准。`,
    (at: string) => `須在 ${at} 前由另一位操作員批准。`,
    (at: string) => `Another operator approves it before ${at}.`,
  ],
  mine: [
    '这是您提交的申请，须由另一位操作员决定。',
    '這是閣下提交的申請，須由另一位操作員決定。',
    'You asked for this; another operator decides.',
  ],
});
