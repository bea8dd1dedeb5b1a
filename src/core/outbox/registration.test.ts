import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../contract/problems.ts';
import { type RegistrationMail, registrationMail } from './registration.ts';

const mail: RegistrationMail = {
  issuer: '國安證券',
  account: '700004',
  code: '7KQ4M-9T2XA',
  expiresAt: Date.UTC(2026, 10, 21, 6, 5),
  timeZone: 'Asia/Hong_Kong',
  slots: 5,
  tel: '852-2700 0000',
  pin: { minDigits: 6, maxDigits: 20 },
  asksPassword: false,
  appUrl: null,
  qr: new Uint8Array([1, 2, 3]),
};

describe('the registration mail', () => {
  it.each(LOCALES)(
    'MO-1.1 NF-1 in %s: account, code, expiry with its zone, phones, steps and whom to call; nothing left to fill in',
    (locale) => {
      const { subject, text, html, inline } = registrationMail(locale, mail);
      for (const said of ['700004', '7KQ4M-9T2XA', '14:05', '5', '852-2700 0000', '1. ', '3. '])
        expect(text).toContain(said);
      expect(text).toMatch(/香港标准时间|香港標準時間|Hong Kong Standard Time/);
      expect(`${subject}${text}`).not.toMatch(/[{}!！]|undefined/);
      expect(`${subject}${text}${html}`).not.toMatch(/https?:/);
      expect(subject).toMatch(/國安證券.*14:05/);
      expect(html).toContain(`cid:${inline?.[0]?.cid}`);
      expect(inline?.[0]).toMatchObject({ type: 'image/png', bytes: mail.qr });
    },
  );

  it.each(LOCALES)(
    'MO-1.1 in %s: the password step stands there only where the app asks for it, the address only where links may',
    (locale) => {
      const { text } = registrationMail(locale, { ...mail, asksPassword: true, appUrl: 'https://otp.example/app/' });
      expect(text).toContain('https://otp.example/app/');
      expect(text).toContain('4. ');
      expect(registrationMail(locale, mail).text).not.toContain('4. ');
    },
  );

  it('WEB-10 names with markup in them stay names', () => {
    const { html } = registrationMail('en', { ...mail, issuer: '<script>x</script>', account: '"><img src=x>' });
    expect(html).not.toMatch(/<script|<img src=x/);
    expect(html).toContain('&lt;img src=x&gt;');
  });

  it('ux 1.1 prints the zone the policy names', () => {
    expect(registrationMail('en', { ...mail, timeZone: 'Asia/Tokyo' }).text).toMatch(/15:05 Japan Standard Time/);
  });
});
