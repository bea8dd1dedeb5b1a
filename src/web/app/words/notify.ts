// What the app says of being woken when somebody asks.
import type { Words } from '../../words/say.ts';

export const NOTIFY = {
  title: ['登录提醒', '登入提示', 'Sign-in alerts'],
  text: [
    '有登录等待您确认时，手机会收到提醒。提醒里没有账号和验证码，确认仍要在应用里操作。',
    '有登入等待閣下確認時，手機會收到提示。提示內沒有帳戶及驗證碼，確認仍須在應用程式內進行。',
    'Your phone alerts you when a sign-in asks for you. The alert holds no account and no code; you still answer in the app.',
  ],
  on: ['已开启', '已開啟', 'On'],
  turnOn: ['开启提醒', '開啟提示', 'Turn on'],
  turnOff: ['关闭提醒', '關閉提示', 'Turn off'],
  denied: [
    '浏览器已禁止本应用发送通知。请在手机的系统设置中允许。',
    '瀏覽器已禁止本應用程式發送通知。請於手機的系統設定中容許。',
    'Notifications are blocked for this app. Allow them in your phone’s settings.',
  ],
  failed: [
    '暂时无法开启，请稍后再试。应用打开时仍会显示请求。',
    '暫時無法開啟，請稍後再試。應用程式開啟時仍會顯示請求。',
    'It cannot be turned on right now. Try later; requests still show while the app is open.',
  ],
} as const satisfies Record<string, Words>;
