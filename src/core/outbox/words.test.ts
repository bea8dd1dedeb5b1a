import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../contract/problems.ts';
import { type Notice, noticeMail, noticeText, SMS_UNITS } from './words.ts';

const CHANGES: readonly Notice[] = [
  'bound',
  'unbound',
  'all-unbound',
  'recovery-codes',
  'recovery-begun',
  'ticket-issued',
  'phone-added',
  'phone-removed',
];
const objection = { code: '7KQ4M-9T2XA', hours: 72, url: null, undoes: true } as const;
const SIGNS = { 'zh-CN': '【云雀邮箱】', 'zh-HK': '【國安證券】', en: 'Lark: ' };

describe('the notice of a change', () => {
  it.each(LOCALES.flatMap((locale) => CHANGES.map((notice) => ({ locale, notice }))))(
    'REB-04 SMS-01 $notice in $locale: the code that takes it back is in the one SMS, however long the rest, and in the mail with its hours',
    ({ locale, notice }) => {
      const values = {
        sign: SIGNS[locale],
        account: 'a.very.long.name@mail.example',
        tel: '客户服务 +86 400-800-0000',
      };
      const text = noticeText(notice, locale, values, objection);
      expect(text.length).toBeLessThanOrEqual(SMS_UNITS);
      expect(text).toContain(objection.code);
      const mail = noticeMail(notice, locale, { issuer: 'Lark', ...values }, objection);
      for (const said of [objection.code, '72', values.account]) expect(mail.text).toContain(said);
      expect(`${mail.subject}${mail.text}`).not.toMatch(/[{}!！]|https?:/);
    },
  );
});
