// Codes that a problem's detail names, as people call them: by code of the problem, then by value.
import { ROLLOUT_VALUES } from './rollout.ts';

type Words = readonly [zhCN: string, zhHK: string, en: string];

const NEXT_CODE: Words = ['请等下一个验证码再试。', '請待下一個驗證碼再試。', 'Wait for the next code and try again. '];
const AGAIN: Words = ['请再试一次。', '請再試一次。', 'Try again. '];

export const VALUES: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  ...ROLLOUT_VALUES,
  // What helps after a wrong output depends on where the right one comes from: nobody sends a next code by itself.
  'verification-failed': {
    totp: NEXT_CODE,
    app: NEXT_CODE,
    sms: [
      '请查看最新一条短信，或重新发送。',
      '請查看最新一則短訊，或重新發送。',
      'Look at the newest message, or have a code sent again. ',
    ],
    email: [
      '请查看最新一封邮件，或重新发送。',
      '請查看最新一封電郵，或重新發送。',
      'Look at the newest mail, or have a code sent again. ',
    ],
    'recovery-code': [
      '请核对恢复码，每个只能用一次。',
      '請核對備用驗證碼，每個只可使用一次。',
      'Check the recovery code: each works one time. ',
    ],
    'bypass-code': ['请核对临时通行码。', '請核對臨時通行碼。', 'Check the temporary code. '],
    passkey: AGAIN,
    wechat: AGAIN,
  },
};
