// The words of the demo's outbox, in three languages.
import type { Words } from '../words/say.ts';

export const OUTBOX_WORDS = {
  title: ['演示收件箱', '示範收件箱', 'Demo inbox'],
  lead: [
    '演示不会真的发送任何消息。它“发出”的短信和邮件都在这里，最新的在最上面。',
    '示範不會真正發送任何訊息。它「發出」的短訊及電郵都在這裏，最新的在最上面。',
    'The demo sends nothing for real. Every text message and e-mail it “sent” lands here, newest first.',
  ],
  filter: ['收件人', '收件人', 'Recipient'],
  everyone: ['全部', '全部', 'Everyone'],
  emptyTitle: ['还没有消息', '尚未有訊息', 'No messages yet'],
  empty: [
    '在任一客户端登录并选短信验证码，消息几秒内出现在这里。',
    '於任一客戶端登入並選短訊驗證碼，訊息數秒內在此出現。',
    'Sign in on any client and ask for an SMS code. It shows up here within seconds.',
  ],
  loading: ['正在读取…', '正在讀取…', 'Reading…'],
  lost: ['连接中断，正在重试。', '連線中斷，正在重試。', 'Connection lost. Trying again.'],
  arrived: ['新消息，收件人 {to}', '新訊息，收件人 {to}', 'New message for {to}'],
  'channel.sms': ['短信', '短訊', 'SMS'],
  'channel.email': ['邮件', '電郵', 'E-mail'],
  'channel.other': ['消息', '訊息', 'Message'],
  asText: ['纯文本', '純文字', 'Text part'],
  copy: ['复制', '複製', 'Copy'],
  copyCode: ['复制验证码 {code}', '複製驗證碼 {code}', 'Copy the code {code}'],
  copied: ['已复制', '已複製', 'Copied'],
  selected: ['已选中，请按复制键', '已選取，請按複製鍵', 'Selected. Press your copy key'],
} as const satisfies Record<string, Words>;
