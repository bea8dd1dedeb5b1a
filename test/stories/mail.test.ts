// What a person's mailbox gets: notices in their language, and mails whose picture and html survive the sealed outbox.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDemo } from '../../src/commands/demo-data/server.ts';
import { aHouse, bindTotp, type TestHouse } from '../kit.ts';

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

async function queueMail(h: TestHouse, html: string): Promise<void> {
  const done = await h.house.ports.store.commit('acc_x', [
    {
      op: 'enqueue',
      message: {
        id: 'msg_mail',
        tenantId: h.tenant,
        accountId: 'acc_x',
        channel: 'email',
        to: 'trader@example.com',
        subject: '注册',
        text: '激活码 ABCDE-12345',
        html,
        inline: [{ cid: 'qr@hufu', type: 'image/png', bytes: PNG }],
        purpose: 'notice',
        expiresAt: h.clock.now + 60_000,
      },
    },
  ]);
  expect(done.kind).toBe('done');
}

describe('mail', () => {
  it.each([
    [
      'zh-CN',
      '极星国际：已绑定身份验证器',
      '账号 700001 已绑定身份验证器',
      '我们不会致电、发短信或邮件索取您的验证码。',
    ],
    [
      'zh-HK',
      '极星国际：已綁定身份驗證器',
      '帳戶 700001 已綁定身份驗證器',
      '本公司不會以電話、短訊或電郵索取閣下的驗證碼。',
    ],
    ['en', '极星国际: authenticator linked', '700001: authenticator linked', 'We never ask for your codes'],
  ])(
    'ES-2.5 tells a change by mail beside the SMS, in %s, whole and without a link',
    async (locale, subject, what, never) => {
      await using h = await aHouse();
      await h.account('700001', { email: 'trader@example.com', locale });
      await bindTotp(h, '700001');
      const [sms, mail] = (await h.outbox()).slice(0, 2).sort((a, b) => b.channel.localeCompare(a.channel));
      expect(sms).toMatchObject({ channel: 'sms' });
      expect(mail).toMatchObject({ channel: 'email', to: 'trader@example.com', subject });
      expect(mail?.text).toContain(what);
      expect(mail?.text).toContain(never);
      expect(mail?.text).not.toMatch(/https?:/);
    },
  );

  it('MO-1.1 keeps a mail sealed until it is sent, its html and picture whole, and wipes it after', async () => {
    await using h = await aHouse();
    await queueMail(h, '<p>激活码</p><img src="cid:qr@hufu">');
    const waiting = await h.house.db.query('SELECT text_sealed FROM outbox', {});
    const stored = Buffer.from(waiting[0]?.['text_sealed'] as Uint8Array);
    for (const word of ['ABCDE', '注册', '激活码']) expect(stored.includes(word)).toBe(false);
    const [mail] = await h.outbox();
    expect(mail).toMatchObject({ subject: '注册', text: '激活码 ABCDE-12345' });
    expect(mail?.html).toBe(`<p>激活码</p><img src="data:image/png;base64,${Buffer.from(PNG).toString('base64')}">`);
    const sent = await h.house.db.query('SELECT status, text_sealed FROM outbox', {});
    expect(sent).toEqual([{ status: 'sent', text_sealed: null }]);
  });

  it('MO-1.1 shows a mail on the demo page so that nothing in it can run or reach out', async () => {
    const data = mkdtempSync(join(tmpdir(), 'hufu-demo-'));
    const demo = await openDemo({ data, host: '127.0.0.1', port: 9 });
    try {
      const h = { house: demo.house, tenant: 'star', clock: { now: Date.now() } } as unknown as TestHouse;
      await queueMail(h, '<script>alert(1)</script><img src="cid:qr@hufu">');
      await demo.house.deliver();
      const [listed] = (await demo.app.inject('/demo/outbox.json')).json() as { id: string; html: string }[];
      expect(listed?.html).toContain('data:image/png');
      const page = await demo.app.inject(`/demo/outbox/mail/${listed?.id}`);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'; img-src data:;/);
      expect((await demo.app.inject('/demo/outbox/mail/msg_none')).statusCode).toBe(404);
    } finally {
      await demo.close();
      rmSync(data, { recursive: true });
    }
  });
});
