// What the page of operators says.
import { words } from '../parts/words.tsx';

export const OPERATORS = words({
  title: ['操作员', '操作員', 'Operators'],
  hint: [
    '谁可在此机构工作，以及可做什么。任何人都不能更改自己的权限。',
    '誰可於此機構工作，以及可做甚麼。任何人不可更改自己的權限。',
    'Who works for this tenant, and what they may do. Nobody changes their own rights.',
  ],
  invite: ['邀请操作员', '邀請操作員', 'Invite an operator'],
  name: ['姓名', '姓名', 'Name'],
  login: ['登录名', '登入名稱', 'Login'],
  loginHint: ['登录时输入，例如 mei.lam。', '登入時輸入，例如 mei.lam。', 'What they sign in with, such as mei.lam.'],
  roles: ['角色', '角色', 'Roles'],
  methods: ['登录方式', '登入方式', 'Signs in by'],
  seen: ['最近使用', '最近使用', 'Last seen'],
  actions: ['操作', '操作', 'Actions'],
  never: ['从未', '從未', 'Never'],
  you: ['您本人', '閣下本人', 'You'],
  invited: ['等待加入', '等待加入', 'Invited'],
  disabled: ['已停用', '已停用', 'Disabled'],
  totp: ['密码与验证器', '密碼與驗證器', 'Password and app'],
  passkey: ['通行密钥', '通行密鑰', 'Passkey'],
  change: ['更改角色', '更改角色', 'Change roles'],
  reset: ['重置登录方式', '重設登入方式', 'Reset sign-in'],
  remove: ['移出本机构', '移出本機構', 'Remove from this tenant'],
  send: ['生成链接', '產生連結', 'Make the link'],
  save: ['保存', '儲存', 'Save'],
  pick: ['请至少选择一个角色。', '請最少選擇一個角色。', 'Choose at least one role.'],
  link: ['一次性链接', '一次性連結', 'One-time link'],
  linkHint: [
    (until: string) => `请只交给本人。只能使用一次，${until} 前有效，关闭后不再显示。`,
    (until: string) => `請只交予本人。只可使用一次，${until} 前有效，關閉後不再顯示。`,
    (until: string) => `Give it to that person alone. It works once, until ${until}, and is not shown again.`,
  ],
  already: [
    '此人已加入，现在起也拥有这些角色，不需要链接。',
    '此人已加入，由現在起亦擁有這些角色，毋須連結。',
    'They have joined already, and have these roles from now on. No link is needed.',
  ],
  copy: ['复制链接', '複製連結', 'Copy the link'],
  copied: ['已复制', '已複製', 'Copied'],
  done: ['完成', '完成', 'Done'],
  resetText: [
    (who: string) => `${who} 现有的密码、验证器和通行密钥将立即失效，并退出登录。您会得到一个新的一次性链接。`,
    (who: string) => `${who} 現有的密碼、驗證器和通行密鑰將即時失效，並登出。閣下會得到一個新的一次性連結。`,
    (who: string) =>
      `The password, authenticator and passkeys of ${who} stop working at once, and they are signed out. You get a new one-time link.`,
  ],
  removeText: [
    (who: string) => `${who} 将立即失去在本机构的所有角色。`,
    (who: string) => `${who} 將即時失去在本機構的所有角色。`,
    (who: string) => `${who} loses every role in this tenant at once.`,
  ],
});
