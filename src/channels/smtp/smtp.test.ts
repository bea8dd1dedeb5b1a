// Mail through a real SMTP server, read back by a real mail parser.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, describe, expect, it } from 'vitest';
import type { Outgoing } from '../../core/outbox/message.ts';
import { type SmtpServer, smtp } from './smtp.ts';

interface Received {
  readonly raw: string;
  readonly mail: Email;
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly user: unknown;
}

const folder = mkdtempSync(join(tmpdir(), 'hufu-smtp-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function aServer(options: SMTPServerOptions = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key === undefined ? ['STARTTLS'] : [],
    onAuth: ({ username, password }, _session, done) =>
      password === 'right' ? done(null, { user: username }) : done(new Error('no')),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString('utf8');
        void PostalMime.parse(raw).then((mail) => {
          const to = session.envelope.rcptTo.map((one) => one.address);
          received.push({ raw, mail, to, secure: session.secure, user: session.user });
          done();
        });
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    received,
    channel: (more: Partial<SmtpServer> = {}) =>
      smtp({ host: '127.0.0.1', port, tls: 'none', from: 'Hufu 虎符 <no-reply@hufu.test>', timeoutMs: 2000, ...more }),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

const aMail = (more: Partial<Extract<Outgoing, { channel: 'email' }>> = {}): Outgoing => ({
  id: 'msg_1',
  tenantId: 't1',
  channel: 'email',
  to: 'chen@star.example',
  subject: '極星國際：註冊',
  text: '閣下的帳戶',
  ...more,
});

/** The names of the header lines, folded lines joined. */
const headersOf = (raw: string): readonly string[] =>
  (raw.split('\r\n\r\n')[0] ?? '').split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(':')).toLowerCase());

describe('mail by SMTP', () => {
  it('MO-1.1 carries text first, html beside it and its picture inside, marked as sent by a machine', async () => {
    await using server = await aServer();
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
    const sent = await server.channel()(
      aMail({
        html: '<p>閣下</p><img src="cid:qr@hufu">',
        inline: [{ cid: 'qr@hufu', type: 'image/png', bytes: png }],
      }),
    );
    expect(sent).toEqual({ kind: 'sent' });
    const [one] = server.received;
    expect(one?.to).toEqual(['chen@star.example']);
    expect(one?.mail).toMatchObject({
      subject: '極星國際：註冊',
      from: { name: 'Hufu 虎符', address: 'no-reply@hufu.test' },
      messageId: '<msg_1@hufu.test>',
    });
    expect(one?.mail.text?.trim()).toBe('閣下的帳戶');
    expect(one?.mail.html).toContain('cid:qr@hufu');
    expect(one?.mail.headers.find((h) => h.key === 'auto-submitted')?.value).toBe('auto-generated');
    const [picture] = one?.mail.attachments ?? [];
    expect(picture).toMatchObject({ contentId: '<qr@hufu>', mimeType: 'image/png', disposition: 'inline' });
    expect(new Uint8Array(picture?.content as ArrayBuffer)).toEqual(png);
    expect(one?.raw.indexOf('text/plain')).toBeLessThan(one?.raw.indexOf('text/html') ?? -1);
  });

  it('WEB-10 makes one header of a subject with line breaks, and a very long one stays within the line limit', async () => {
    await using server = await aServer();
    const subject = `a\r\nBcc: thief@evil.example\r\n\r\n<script>${'長'.repeat(998)}`;
    await server.channel()(aMail({ subject, text: `x\r\n.\r\nMAIL FROM:<thief@evil.example>\r\n${'y'.repeat(5000)}` }));
    const [one] = server.received;
    expect(one?.to).toEqual(['chen@star.example']);
    expect(headersOf(one?.raw ?? '')).not.toContain('bcc');
    expect(headersOf(one?.raw ?? '').filter((name) => name === 'subject')).toHaveLength(1);
    expect(one?.mail.subject?.startsWith('a Bcc: thief@evil.example <script>長')).toBe(true);
    expect(one?.mail.text).toContain('\nMAIL FROM:<thief@evil.example>');
    for (const line of (one?.raw ?? '').split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998);
  });

  it.each([
    'a@b.example\r\nBcc: thief@evil.example',
    'a@b.example, thief@evil.example',
    'Name <thief@evil.example>',
    '=?utf-8?q?a?=@b@evil.example',
    'nobody',
  ])('WEB-10 sends nothing to what is not one plain address: %j', async (to) => {
    await using server = await aServer();
    expect((await server.channel()(aMail({ to }))).kind).toBe('failed');
    expect(server.received).toEqual([]);
  });

  it('SMS-04 gives up on a final answer, tries again on a passing one, and repeats nothing of what the server said', async () => {
    const answers = [
      [550, 'failed'],
      [452, 'retry'],
      [530, 'retry'],
    ] as const;
    for (const [responseCode, kind] of answers) {
      const onRcptTo: SMTPServerOptions['onRcptTo'] = (_address, _session, done) =>
        done(Object.assign(new Error('no such user chen@star.example'), { responseCode }));
      await using server = await aServer({ onRcptTo });
      const answer = await server.channel()(aMail());
      expect(answer).toEqual({ kind, error: `the mail server answered ${responseCode}` });
    }
  });

  it('tries again while the server is away or refuses our login', async () => {
    const away = smtp({ host: '127.0.0.1', port: 1, tls: 'none', from: 'a@b.example', timeoutMs: 500 });
    expect(await away(aMail())).toMatchObject({ kind: 'retry' });
    await using server = await aServer();
    const answer = await server.channel({ user: 'hufu', password: 'wrong-secret' })(aMail());
    expect(answer).toMatchObject({ kind: 'retry', error: expect.not.stringContaining('secret') });
    expect(server.received).toEqual([]);
  });

  it('logs in and speaks TLS: implicit or STARTTLS, only with a certificate it trusts, and never falls back to clear', async () => {
    const [key, ca] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
      ].concat(['-out', ca, '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']),
      { stdio: 'ignore' },
    );
    const pem = { key: readFileSync(key, 'utf8'), cert: readFileSync(ca, 'utf8') };
    const login = { user: 'hufu', password: 'right', ca: pem.cert };
    await using starttls = await aServer({ ...pem });
    expect(await starttls.channel({ ...login, tls: 'starttls' })(aMail())).toEqual({ kind: 'sent' });
    expect(starttls.received[0]).toMatchObject({ secure: true, user: 'hufu' });
    expect((await starttls.channel({ tls: 'starttls' })(aMail())).kind).toBe('retry');
    await using implicit = await aServer({ ...pem, secure: true });
    expect(await implicit.channel({ ...login, tls: 'implicit' })(aMail())).toEqual({ kind: 'sent' });
    await using clear = await aServer();
    expect((await clear.channel({ tls: 'starttls' })(aMail())).kind).toBe('retry');
    expect([...starttls.received, ...implicit.received, ...clear.received]).toHaveLength(2);
  });
});
