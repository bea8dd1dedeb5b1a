// The mail doors on the wire: what nginx, Dovecot and Postfix send, byte by byte, and what they are told. The real programs are in test/peers.
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAuth, readLine, readPlain, writeLine } from '../../src/protocols/mail/dovecot/lines.ts';
import { aHouse, presetText, type TestHouse } from '../kit.ts';
import { anAppPassword, bindInWebmail, MAIN_PASSWORD } from '../mail-kit.ts';

const KEY = 'a-shared-key-of-the-proxy';
const WEI = 'wei@lark.example';
const BACKENDS = `
  backends:
    imap: { host: 127.0.0.1, port: 10143 }
    pop3: { host: 127.0.0.1, port: 10110 }
    smtp: { host: '::1', port: 10025 }
`;
let h: TestHouse & AsyncDisposable;
beforeEach(async () => {
  h = await aHouse({ policy: presetText('mail') + BACKENDS, mail: { key: KEY, backendPassword: 'behind the proxy' } });
  await h.account(WEI, { password: MAIN_PASSWORD });
});
afterEach(() => h.close());

/** A question as nginx asks it: bytes in headers, only space, percent and control characters escaped. */
const raw = (text: string): string =>
  Array.from(Buffer.from(text, 'utf8'), (byte) =>
    byte <= 0x20 || byte === 0x25 ? `%${byte.toString(16).padStart(2, '0').toUpperCase()}` : String.fromCharCode(byte),
  ).join('');
async function ask(
  user: string,
  password: string,
  more: Readonly<Record<string, string>> = {},
  url = '/mail/nginx/t1',
  on: TestHouse = h,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await on.app.inject({
    method: 'GET',
    url,
    headers: {
      'x-auth-key': KEY,
      'auth-method': 'plain',
      'auth-user': raw(user),
      'auth-pass': raw(password),
      'auth-protocol': 'imap',
      'auth-login-attempt': '1',
      'auth-ssl': 'on',
      'client-ip': '203.0.113.7',
      ...more,
    },
  });
  expect(response.body).toBe('');
  return { status: response.statusCode, ...response.headers };
}

describe('IN-1.4 nginx auth_http', () => {
  it('IN-1.4 CM-5.4 sends who is let in to the back end of the protocol, with the password of the back end', async () => {
    const { password } = await anAppPassword(h, WEI);
    const ok = { status: 200, 'auth-status': 'OK', 'auth-user': WEI, 'auth-pass': 'behind the proxy' };
    expect(await ask(WEI, MAIN_PASSWORD)).toMatchObject({ ...ok, 'auth-server': '127.0.0.1', 'auth-port': '10143' });
    await bindInWebmail(h, WEI);
    expect(await ask(WEI, password, { 'auth-protocol': 'pop3' })).toMatchObject({ ...ok, 'auth-port': '10110' });
    expect(await ask(WEI, password, { 'auth-protocol': 'smtp' })).toMatchObject({ ...ok, 'auth-server': '::1' });
    // The domain of the name tells whose mailbox it is, where the address of the door does not.
    expect(await ask(WEI.toUpperCase(), password, {}, '/mail/nginx')).toMatchObject(ok);
  });

  it('IN-1.4 CM-5.4 tells who is refused what to do, in a line of ASCII with the code of each protocol', async () => {
    await bindInWebmail(h, WEI);
    const line =
      'Wrong name or password. If two-step verification is on, use an app password: Settings > Security > Client logins';
    expect(await ask(WEI, MAIN_PASSWORD)).toMatchObject({
      status: 200,
      'auth-status': `[AUTHENTICATIONFAILED] ${line}`,
      'auth-wait': '1',
    });
    expect(await ask(WEI, MAIN_PASSWORD, { 'auth-protocol': 'pop3' })).toMatchObject({
      'auth-status': `[AUTH] ${line}`,
    });
    const smtp = await ask(WEI, MAIN_PASSWORD, { 'auth-protocol': 'smtp', 'auth-login-attempt': '8' });
    expect(smtp).toMatchObject({ 'auth-status': line, 'auth-error-code': '535 5.7.8' });
    // Enough on this connection: without a wait nginx closes it.
    expect(smtp).not.toHaveProperty('auth-wait');
    for (const told of [smtp['auth-status'], smtp['auth-error-code']]) expect(told).toMatch(/^[ -~]+$/);
    expect(smtp).not.toHaveProperty('auth-server');
    expect(await ask('nobody@lark.example', 'x', {}, '/mail/nginx')).toMatchObject({
      'auth-status': `[AUTHENTICATIONFAILED] ${line}`,
    });
    for (const [user, url] of [
      ['wei@other.example', '/mail/nginx'],
      ['no-domain', '/mail/nginx'],
      ['', '/mail/nginx/t1'],
      [WEI, '/mail/nginx/t2'],
      [`${'a'.repeat(400)}@lark.example`, '/mail/nginx'],
    ] as const)
      expect((await ask(user, 'x', {}, url))['auth-status']).toMatch(
        /^\[AUTHENTICATIONFAILED\] Wrong name or password/,
      );
  });

  it('CM-5.5 APW-04 tells the holder of a right one what is wrong with it', async () => {
    const reads = await anAppPassword(h, WEI, { protocols: ['imap'], expiresAt: '2026-11-21T00:00:00Z' });
    expect(await ask(WEI, reads.password, { 'auth-protocol': 'smtp' })).toMatchObject({
      'auth-status': 'This app password is not for SMTP. Make one that is: Settings > Security > Client logins',
      'auth-error-code': '535 5.7.8',
    });
    h.pass(86_400);
    expect((await ask(WEI, reads.password))['auth-status']).toMatch(/^\[EXPIRED\] This app password has expired\./);
    await h.house.db.run([{ sql: `UPDATE accounts SET status = 'suspended'`, rows: 'any', values: {} }]);
    expect(await ask(WEI, MAIN_PASSWORD)).toMatchObject({
      'auth-status': '[CONTACTADMIN] This account is suspended. Contact your administrator 400-800-0000.',
    });
  });

  it('APW-08 takes nothing in clear: 143, 110 and 25 without STARTTLS are refused before the password is read', async () => {
    const { password } = await anAppPassword(h, WEI);
    for (const ssl of ['off', '', 'On ']) {
      expect((await ask(WEI, password, { 'auth-ssl': ssl }))['auth-status']).toMatch(
        /^\[PRIVACYREQUIRED\] Turn on TLS/,
      );
      expect(await ask(WEI, password, { 'auth-ssl': ssl, 'auth-protocol': 'smtp' })).toMatchObject({
        'auth-error-code': '538 5.7.11',
      });
    }
    expect((await h.audit()).filter((e) => e.event === 'mail.refused')).toEqual([]);
    expect((await ask(WEI, password))['auth-status']).toBe('OK');
  });

  it('IN-1.4 reads names and passwords of every kind as the program sent them', async () => {
    const passwords = ['pass word', '100%25', 'a+b&c=d;e', '口令 很长', 'señor€', '%', '\u0001tab\tend', 'ünï%20code'];
    for (const [i, password] of passwords.entries()) {
      const account = `人${i}@lark.example`;
      await h.account(account, { password });
      expect((await ask(account, password))['auth-status'], password).toBe('OK');
      expect((await ask(account, `${password}x`))['auth-status'], password).not.toBe('OK');
    }
  });

  it('IN-1.4 takes PLAIN and LOGIN only, knows three protocols, and answers nobody without the key', async () => {
    const { password } = await anAppPassword(h, WEI);
    for (const method of ['apop', 'cram-md5', 'external', 'none'])
      expect((await ask(WEI, password, { 'auth-method': method }))['auth-status']).toMatch(/Use PLAIN or LOGIN/);
    expect((await ask(WEI, password, { 'auth-protocol': 'sieve' }))['auth-status']).toMatch(/IMAP, POP3 or SMTP/);
    for (const key of ['', `${KEY}x`, KEY.slice(1), KEY.toUpperCase()]) {
      const told = await ask(WEI, password, { 'x-auth-key': key });
      expect(told['status']).toBe(403);
      expect(told).not.toHaveProperty('auth-status');
    }
    await using closed = await aHouse({ preset: 'mail' });
    const answer = await closed.app.inject({ method: 'GET', url: '/mail/nginx', headers: { 'x-auth-key': '' } });
    expect(answer.statusCode).toBe(404);
  });

  it('IN-1.4 NF-4 lets nobody in while the store is broken, or where the policy names no back end', async () => {
    const { password } = await anAppPassword(h, WEI);
    await using bare = await aHouse({ preset: 'mail', mail: { key: KEY } });
    await bare.account(WEI, { password: MAIN_PASSWORD });
    const told = await ask(WEI, MAIN_PASSWORD, {}, '/mail/nginx/t1', bare);
    expect(told['auth-status']).toMatch(/^\[UNAVAILABLE\] Temporarily unavailable/);
    expect(await ask(WEI, MAIN_PASSWORD, {}, '/mail/dovecot/t1', bare)).toMatchObject({
      'auth-status': 'OK',
      'auth-user': WEI,
    });
    await h.house.db.run([{ sql: 'DROP TABLE app_password_uses', rows: 'any', values: {} }]);
    expect(await ask(WEI, password, { 'auth-protocol': 'smtp' })).toMatchObject({
      'auth-status': 'Temporarily unavailable. Try again shortly.',
      'auth-error-code': '454 4.7.0',
    });
  });

  it('APW-06 no refusal comes sooner than any other', async () => {
    await bindInWebmail(h, WEI);
    for (const [user, password] of [
      [WEI, MAIN_PASSWORD],
      ['nobody@lark.example', 'x'],
      ['x@other.example', 'x'],
    ] as const) {
      const began = performance.now();
      await ask(user, password, {}, '/mail/nginx');
      expect(performance.now() - began).toBeGreaterThanOrEqual(95);
    }
  });
});

describe('IN-1.4 the Dovecot authentication protocol', () => {
  let server: Server;
  beforeEach(async () => {
    server = h.house.mail.dovecot(null);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  /** A client: sends lines, and waits for the reply that begins with `until`. */
  const client = async (): Promise<{
    send(...lines: string[]): void;
    reply(until: RegExp): Promise<string>;
    closed: Promise<void>;
    socket: Socket;
  }> => {
    let text = '';
    let wake = (): void => {};
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      wake();
    });
    const reply = async (until: RegExp): Promise<string> => {
      for (;;) {
        const found = text
          .split('\n')
          .slice(0, -1)
          .find((line) => until.test(line));
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    };
    await reply(/^DONE$/);
    return { send: (...lines) => void socket.write(lines.map((l) => `${l}\n`).join('')), reply, closed, socket };
  };
  const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
  const HELLO = ['VERSION\t1\t1', 'CPID\t4711'];
  const FROM = 'service=smtp\tnologin\tlip=127.0.0.1\trip=203.0.113.7\tsecured';

  it('IN-1.4 CM-5.4 greets, takes PLAIN with and without a first response and LOGIN, and says who it is', async () => {
    const { password } = await anAppPassword(h, WEI);
    const c = await client();
    expect(await c.reply(/^VERSION/)).toBe('VERSION\t1\t2');
    expect(await c.reply(/^MECH\tPLAIN/)).toBe('MECH\tPLAIN\tplaintext');
    expect(await c.reply(/^MECH\tLOGIN/)).toBe('MECH\tLOGIN\tplaintext');
    expect(await c.reply(/^COOKIE/)).toMatch(/^COOKIE\t[0-9a-f]{32}$/);
    c.send(...HELLO, `AUTH\t1\tPLAIN\t${FROM}\tresp=${base64(`\0${WEI}\0${password}`)}`);
    expect(await c.reply(/^OK\t1\t/)).toBe(`OK\t1\tuser=${WEI}`);
    c.send(`AUTH\t2\tPLAIN\t${FROM}`);
    expect(await c.reply(/^CONT\t2/)).toBe('CONT\t2\t');
    c.send(`CONT\t2\t${base64(`${WEI}\0${WEI}\0${password}`)}`);
    expect(await c.reply(/^OK\t2/)).toBe(`OK\t2\tuser=${WEI}`);
    c.send(`AUTH\t3\tLOGIN\t${FROM}`);
    expect(await c.reply(/^CONT\t3/)).toBe(`CONT\t3\t${base64('Username:')}`);
    c.send(`CONT\t3\t${base64(WEI)}`, `CONT\t3\t${base64(password)}`);
    expect(await c.reply(/^OK\t3/)).toBe(`OK\t3\tuser=${WEI}`);
    c.socket.destroy();
  });

  it('IN-1.4 CM-5.4 refuses with a reason that says what to do; acting as another, in clear, or by another mechanism included', async () => {
    await bindInWebmail(h, WEI);
    const c = await client();
    c.send(...HELLO, `AUTH\t1\tPLAIN\t${FROM}\tresp=${base64(`\0${WEI}\0${MAIN_PASSWORD}`)}`);
    expect(await c.reply(/^FAIL\t1/)).toBe(
      `FAIL\t1\tuser=${WEI}\treason=Wrong name or password. If two-step verification is on, use an app password: Settings > Security > Client logins`,
    );
    const { password } = await anAppPassword(h, WEI);
    c.send(`AUTH\t2\tPLAIN\t${FROM}\tresp=${base64(`other@lark.example\0${WEI}\0${password}`)}`);
    expect(await c.reply(/^FAIL\t2/)).toContain('Wrong name or password');
    c.send(`AUTH\t3\tPLAIN\tservice=smtp\trip=203.0.113.7\tresp=${base64(`\0${WEI}\0${password}`)}`);
    expect(await c.reply(/^FAIL\t3/)).toContain('reason=Turn on TLS');
    c.send(`AUTH\t4\tCRAM-MD5\t${FROM}`);
    expect(await c.reply(/^FAIL\t4/)).toContain('Use PLAIN or LOGIN');
    await h.house.db.run([{ sql: 'DROP TABLE app_password_uses', rows: 'any', values: {} }]);
    c.send(`AUTH\t5\tPLAIN\t${FROM}\tresp=${base64(`\0${WEI}\0${password}`)}`);
    expect(await c.reply(/^FAIL\t5/)).toMatch(/\treason=Temporarily unavailable.*\ttemp\tcode=temp_fail$/);
    c.socket.destroy();
  });

  it.each([
    ['a line without end', `AUTH\t1\tPLAIN\t${'x'.repeat(20_000)}`],
    ['another protocol', 'GET / HTTP/1.1\n'],
    ['another version', 'VERSION\t2\t0\n'],
    ['an answer to nothing', 'CONT\t9\tAAAA\n'],
    ['the same login twice', `AUTH\t1\tPLAIN\t${FROM}\nAUTH\t1\tPLAIN\t${FROM}\n`],
  ])('IN-1.4 closes on %s, and serves the next', async (_, bytes) => {
    const c = await client();
    c.socket.write(bytes);
    await c.closed;
    const next = await client();
    next.send(...HELLO, `AUTH\t1\tPLAIN\t${FROM}\tresp=${base64(`\0${WEI}\0${MAIN_PASSWORD}`)}`);
    expect(await next.reply(/^OK\t1/)).toBe(`OK\t1\tuser=${WEI}`);
    next.socket.destroy();
  });

  it('IN-1.4 escapes and reads fields as the protocol says', () => {
    for (const field of ['plain', 'a\tb', '\x01', 'line\r\nend', '\0', '\x01t'])
      expect(readLine(writeLine('X', field).slice(0, -1))).toEqual(['X', field]);
    expect(readAuth(readLine('AUTH\tx\tPLAIN'))).toBeUndefined();
    expect(readAuth(readLine('AUTH\t1\tplain\tsecured=tls\tservice=imap'))).toMatchObject({
      mechanism: 'PLAIN',
      secured: true,
      service: 'imap',
      remote: null,
    });
    expect(readPlain('a\0b')).toBeUndefined();
    expect(readPlain('\0a\0b\0c')).toBeUndefined();
  });
});

describe('CM-5.5 setting up with one tap', () => {
  const get = (url: string, host = 'hufu.test') => h.app.inject({ method: 'GET', url, headers: { host } });

  it('CM-5.5 Thunderbird is told where mail is, the same for every address of the domain', async () => {
    const first = await get('/mail/config-v1.1.xml?emailaddress=wei%40lark.example');
    expect(first.statusCode).toBe(200);
    expect(first.headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(first.body).toContain('<clientConfig version="1.1">');
    for (const part of [
      '<domain>lark.example</domain>',
      '<displayName>云雀邮箱</displayName>',
      '<incomingServer type="imap">\n      <hostname>imap.lark.example</hostname>\n      <port>993</port>\n      <socketType>SSL</socketType>\n      <authentication>password-cleartext</authentication>\n      <username>%EMAILADDRESS%</username>',
      '<port>143</port>\n      <socketType>STARTTLS</socketType>',
      '<outgoingServer type="smtp">\n      <hostname>smtp.lark.example</hostname>\n      <port>994</port>',
    ])
      expect(first.body).toContain(part);
    const others = [
      await get('/mail/config-v1.1.xml?emailaddress=nobody@LARK.example'),
      await get('/mail/config-v1.1.xml', 'autoconfig.lark.example'),
      await get('/.well-known/autoconfig/mail/config-v1.1.xml', 'lark.example:443'),
      await get('/.well-known/mail-v1.xml?emailaddress=a@lark.example'),
    ];
    for (const other of others) expect(other.body).toBe(first.body);
    expect((await get('/mail/config-v1.1.xml?emailaddress=a@other.example')).statusCode).toBe(404);
    expect((await get('/mail/config-v1.1.xml?emailaddress=a@x&emailaddress=b@y')).statusCode).toBe(404);
  });

  it('CM-5.5 Outlook is told ports with TLS from the first byte, and its questions are never XML to us', async () => {
    const ask = (payload: string, url = '/autodiscover/autodiscover.xml') =>
      h.app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'text/xml' } });
    const question = (address: string) =>
      `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>${address}</EMailAddress></Request></Autodiscover>`;
    const told = await ask(question('we"i@lark.example'), '/Autodiscover/Autodiscover.xml');
    expect(told.statusCode).toBe(200);
    expect(told.body.match(/<Type>\w+<\/Type>|<Port>\d+<\/Port>|<SSL>\w+<\/SSL>/g)).toEqual([
      '<Type>IMAP</Type>',
      '<Port>993</Port>',
      '<SSL>on</SSL>',
      '<Type>POP3</Type>',
      '<Port>995</Port>',
      '<SSL>on</SSL>',
      '<Type>SMTP</Type>',
      '<Port>994</Port>',
      '<SSL>on</SSL>',
    ]);
    expect(told.body).toContain('<LoginName>we&#34;i@lark.example</LoginName>');
    for (const [body, status] of [
      ['', 400],
      [question('&e;@lark.example'), 400],
      [question('a@other.example'), 404],
      ['x'.repeat(20_000), 413],
    ] as const)
      expect((await ask(body)).statusCode).toBe(status);
  });

  it('CM-5.5 APW-03 an iPhone takes a profile with the new app password from a link: once, within five minutes, and not by looking', async () => {
    const made = await anAppPassword(h, WEI, { name: 'iPhone <邮件>', protocols: ['imap', 'smtp'], profile: true });
    expect(made.profile).toMatchObject({
      url: expect.stringMatching(/^https:\/\/hufu\.test\/mail\/profile\/[\w-]{22}$/),
      expiresAt: '2026-11-20T01:05:00.000Z',
    });
    const url = new URL(made.profile!.url).pathname;
    const look = await get(url);
    const nowhere = await get(`${url.slice(0, -1)}_`);
    expect([look.statusCode, look.body]).toEqual([200, nowhere.body]);
    expect(look.headers['content-security-policy']).toContain("default-src 'none'");
    expect(look.body).not.toContain(made.password);
    const post = (at = url) =>
      h.app.inject({
        method: 'POST',
        url: at,
        payload: '',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'zh-HK' },
      });
    const both = await Promise.all([post(), post()]);
    expect(both.map((answer) => answer.statusCode).sort()).toEqual([200, 410]);
    const taken = both.find((answer) => answer.statusCode === 200)!;
    expect(taken.headers).toMatchObject({
      'content-type': 'application/x-apple-aspen-config',
      'cache-control': 'no-store',
    });
    for (const part of [
      '<string>com.apple.mail.managed</string>',
      `<key>IncomingPassword</key>\n      <string>${made.password}</string>`,
      '<key>IncomingMailServerPortNumber</key>\n      <integer>993</integer>',
      '<key>IncomingMailServerUseSSL</key>\n      <true/>',
      '<key>OutgoingMailServerPortNumber</key>\n      <integer>994</integer>',
      '<key>OutgoingPasswordSameAsIncomingPassword</key>\n      <true/>',
      '<string>云雀邮箱 (iPhone &#60;邮件&#62;)</string>',
    ])
      expect(taken.body).toContain(part);
    expect((await post()).body).toContain('連結已失效');
    // One that nobody opened in time is as good as none, and its row goes.
    const late = await anAppPassword(h, WEI, { profile: true });
    h.pass(300);
    expect((await post(new URL(late.profile!.url).pathname)).statusCode).toBe(410);
    await h.house.prune();
    expect(await h.house.db.query('SELECT token_hash FROM mail_profiles', {})).toEqual([]);
    expect((await h.call('GET', `/v1/accounts/${WEI}/app-passwords/${made.id}`)).body).not.toHaveProperty('password');
  });

  it('CM-5.5 where accounts are named by the local part, programs are told so, and the whole address works as well', async () => {
    await using own = await aHouse({
      policy: presetText('mail').replace('most: 20', 'most: 20\n  userName: local-part'),
      mail: { key: KEY },
    });
    await own.account('wei', { password: MAIN_PASSWORD });
    const xml = await own.app.inject({ method: 'GET', url: '/mail/config-v1.1.xml?emailaddress=wei@lark.example' });
    expect(xml.body).toContain('<username>%EMAILLOCALPART%</username>');
    const made = await anAppPassword(own, 'wei');
    expect(made.settings).toMatchObject({ address: 'wei@lark.example', user: 'wei' });
    for (const user of ['wei', 'wei@lark.example', 'Wei@Lark.Example'])
      expect(await ask(user, made.password, {}, '/mail/dovecot/t1', own)).toMatchObject({
        'auth-status': 'OK',
        'auth-user': 'wei',
      });
    expect((await ask('wei@other.example', made.password, {}, '/mail/dovecot/t1', own))['auth-status']).not.toBe('OK');
  });
});
