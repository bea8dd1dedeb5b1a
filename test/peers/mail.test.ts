// The mail doors with other people's mail servers and mail programs (IN-1.4, CM-5.4): nginx's mail proxy before Dovecot and an SMTP server, Dovecot
// asking by itself, and Postfix. The configurations are those of docs/integrate/mail.md.
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aHouse, presetText, type TestHouse } from '../kit.ts';
import { anAppPassword, bindInWebmail, MAIN_PASSWORD, passwordsAt } from '../mail-kit.ts';
import { block, certificate, curl, freePorts, type Peers, peers, put, run, startDovecot } from './mail-kit.ts';
import { may, needs } from './peer.ts';

const KEY = 'put-a-long-random-key-here';
const BEHIND = 'put-another-one-here';
const REFUSED =
  'Wrong name or password. If two-step verification is on, use an app password: Settings > Security > Client logins';

/** A mail provider's house that listens, where its back ends are on these ports. */
async function aMailHouse(backends: {
  imap: number;
  pop3: number;
  smtp: number;
}): Promise<TestHouse & AsyncDisposable & { port: number }> {
  const at = (port: number): string => `{ host: 127.0.0.1, port: ${port} }`;
  const policy = `${presetText('mail')}  backends: { imap: ${at(backends.imap)}, pop3: ${at(backends.pop3)}, smtp: ${at(backends.smtp)} }\n`;
  const h = await aHouse({ policy, mail: { key: KEY, backendPassword: BEHIND } });
  await h.app.listen({ host: '127.0.0.1', port: 0 });
  return { ...h, port: (h.app.server.address() as AddressInfo).port };
}

describe('nginx as mail proxy, Dovecot and an SMTP server behind it', () => {
  let h: Awaited<ReturnType<typeof aMailHouse>>;
  let at: Peers;
  let ports: Readonly<Record<'imaps' | 'imap' | 'pop3s' | 'pop3' | 'smtps' | 'smtp' | 'backImap' | 'backPop3', number>>;
  let backend: SMTPServer;
  const received: { from: string; user: string; text: string }[] = [];

  beforeAll(async () => {
    if (!may('nginx') || !may('dovecot')) return;
    at = peers();
    ports = await freePorts('imaps', 'imap', 'pop3s', 'pop3', 'smtps', 'smtp', 'backImap', 'backPop3');
    backend = new SMTPServer({
      authOptional: false,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth: (auth, _, done) =>
        auth.password === BEHIND ? done(null, { user: auth.username ?? '' }) : done(new Error('not the proxy')),
      onData(stream, session, done) {
        let text = '';
        stream.on('data', (chunk: Buffer) => {
          text += chunk.toString('utf8');
        });
        stream.on('end', () => {
          received.push({
            from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
            user: String(session.user),
            text,
          });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
    const smtp = (backend.server.address() as AddressInfo).port;
    h = await aMailHouse({ imap: ports.backImap, pop3: ports.backPop3, smtp });
    const own = certificate(at);
    const listens: readonly (readonly [string, string])[] = (
      [
        ['993 ssl', ports.imaps],
        ['143', ports.imap],
        ['995 ssl', ports.pop3s],
        ['110', ports.pop3],
        ['994 ssl', ports.smtps],
        ['25', ports.smtp],
      ] as const
    ).map(([from, port]) => [`listen ${from};`, `listen 127.0.0.1:${port}${from.includes('ssl') ? ' ssl' : ''};`]);
    const conf = at.file(
      'nginx.conf',
      `daemon off;\npid ${at.folder}/nginx.pid;\nerror_log stderr warn;\nuser root;\nworker_processes 1;\n${put(
        block('nginx'),
        ['modules/', '/usr/lib/nginx/modules/'],
        ['127.0.0.1:9700', `127.0.0.1:${h.port}`],
        ['/etc/ssl/mail.pem', own.certificate],
        ['/etc/ssl/mail.key', own.key],
        ...listens,
      )}`,
    );
    await Promise.all([
      at.start('nginx', ['-c', conf, '-p', at.folder], ports.imaps),
      startDovecot(
        at,
        'backend',
        { imap: ports.backImap, pop3: ports.backPop3 },
        put(
          block('ini', 0),
          ['uid=vmail gid=vmail', 'uid=nobody gid=nogroup'],
          ['/var/mail/', `${at.folder}/backend/mail/`],
        ),
      ),
    ]);
  });
  afterAll(async () => {
    if (!may('nginx') || !may('dovecot')) return;
    await at[Symbol.asyncDispose]();
    await new Promise<void>((resolve) => backend.close(() => resolve()));
    await h.close();
  });

  const imaps = (user: string, password: string) => curl(`imaps://127.0.0.1:${ports.imaps}/`, user, password);
  const pop3s = (user: string, password: string) => curl(`pop3s://127.0.0.1:${ports.pop3s}/`, user, password);
  const smtps = (user: string, password: string) =>
    curl(
      `smtps://127.0.0.1:${ports.smtps}`,
      user,
      password,
      '--mail-from',
      user,
      '--mail-rcpt',
      'to@lark.example',
      '-T',
      at.file('note.eml', 'Subject: hello\r\n\r\nhello\r\n'),
    );
  const doors = { imaps, pop3s, smtps };

  it('IN-1.4 CM-5.4 APW-02 curl: the main password works on all three before a binding and on none after it; the app password works', async (context) => {
    needs('nginx', context);
    needs('dovecot', context);
    const wei = 'wei@lark.example';
    await h.account(wei, { password: MAIN_PASSWORD });
    for (const [name, door] of Object.entries(doors))
      expect([name, await door(wei, MAIN_PASSWORD)]).toEqual([name, 'ok']);
    await bindInWebmail(h, wei);
    expect(await Promise.all(Object.values(doors).map((door) => door(wei, MAIN_PASSWORD)))).toEqual([
      `[AUTHENTICATIONFAILED] ${REFUSED}`,
      `-ERR [AUTH] ${REFUSED}`,
      `535 5.7.8 ${REFUSED}`,
    ]);
    const { password, grouped, id } = await anAppPassword(h, wei);
    for (const [name, door] of Object.entries(doors)) expect([name, await door(wei, password)]).toEqual([name, 'ok']);
    expect(await imaps(wei, grouped)).toBe('ok');
    expect(received.at(-1)).toMatchObject({ from: wei, user: wei, text: expect.stringContaining('hello') });
    const [item] = (await h.call('GET', passwordsAt(wei))).body.items;
    expect(item.lastUsed).toMatchObject({ protocol: 'imap', ip: '127.0.0.1' });

    // Revoked: the next login fails, well within a second.
    await h.call('DELETE', `${passwordsAt(wei)}/${id}`);
    expect(await imaps(wei, password)).toContain('[AUTHENTICATIONFAILED]');
  });

  it('IN-1.4 CM-5.5 APW-04 swaks: a password for IMAP only does not send, and is told why; one for SMTP sends and does not read', async (context) => {
    needs('nginx', context);
    needs('dovecot', context);
    needs('swaks', context);
    const lin = 'lin@lark.example';
    await h.account(lin);
    const reads = await anAppPassword(h, lin, { protocols: ['imap'] });
    const sends = await anAppPassword(h, lin, { protocols: ['smtp'] });
    const swaks = (password: string, mechanism: string) =>
      run('swaks', [
        '--server',
        '127.0.0.1',
        '--port',
        String(ports.smtp),
        '-tls',
        '--auth',
        mechanism,
        '--auth-user',
        lin,
        '--auth-password',
        password,
        '--from',
        lin,
        '--to',
        'to@lark.example',
        '--hide-all',
        '--show-raw-text',
      ]);
    for (const mechanism of ['PLAIN', 'LOGIN']) expect((await swaks(sends.password, mechanism)).status).toBe(0);
    const refused = await run('swaks', [
      '--server',
      '127.0.0.1',
      '--port',
      String(ports.smtp),
      '-tls',
      '--auth',
      'LOGIN',
      '--auth-user',
      lin,
      '--auth-password',
      reads.password,
      '--from',
      lin,
      '--to',
      'to@lark.example',
    ]);
    expect(refused.status).not.toBe(0);
    expect(refused.text).toContain(
      '535 5.7.8 This app password is not for SMTP. Make one that is: Settings > Security > Client logins',
    );
    expect(await imaps(lin, reads.password)).toBe('ok');
    expect(await imaps(lin, sends.password)).toBe(
      '[AUTHORIZATIONFAILED] This app password is not for IMAP. Make one that is: Settings > Security > Client logins',
    );
    expect(received.filter((mail) => mail.user === lin)).toHaveLength(2);
  });

  it('IN-1.4 APW-08 openssl and curl: on 143, 110 and 25 nothing is taken before STARTTLS, and all after it', async (context) => {
    needs('nginx', context);
    needs('dovecot', context);
    const yan = 'yan@lark.example';
    await h.account(yan);
    const { password } = await anAppPassword(h, yan);
    for (const [scheme, port] of [
      ['imap', ports.imap],
      ['pop3', ports.pop3],
      ['smtp', ports.smtp],
    ] as const) {
      const url = `${scheme}://127.0.0.1:${port}${scheme === 'smtp' ? '' : '/'}`;
      expect([scheme, await curl(url, yan, password, '--ssl-reqd')]).toEqual([scheme, 'ok']);
      const login = { imap: `a LOGIN ${yan} ${password}`, pop3: `USER ${yan}`, smtp: 'EHLO me\r\nAUTH PLAIN' }[scheme];
      const clear = await run('curl', ['-s', '--max-time', '2', `telnet://127.0.0.1:${port}`], `${login}\r\n`);
      expect([scheme, /a OK|\+OK\s*$|^235/m.test(clear.text)]).toEqual([scheme, false]);
      const spoken = await run(
        'openssl',
        ['s_client', '-quiet', '-starttls', scheme, '-connect', `127.0.0.1:${port}`],
        scheme === 'smtp' ? 'QUIT\r\n' : scheme === 'imap' ? 'a LOGOUT\r\n' : 'QUIT\r\n',
      );
      expect([scheme, spoken.text]).toEqual([scheme, expect.stringMatching(/OK|250|221/)]);
    }
  });

  it('IN-1.4 mbsync: a mail program fetches what was delivered, with an app password, by itself', async (context) => {
    needs('nginx', context);
    needs('dovecot', context);
    needs('mbsync', context);
    const mo = 'mo@lark.example';
    await h.account(mo);
    const { password } = await anAppPassword(h, mo, { protocols: ['imap'] });
    const maildir = join(at.folder, 'fetched');
    mkdirSync(maildir);
    // Lies in the mailbox as a delivery would leave it.
    const own = join(at.folder, 'backend/mail', mo);
    for (const folder of ['', 'cur', 'new', 'tmp']) {
      mkdirSync(join(own, folder), { recursive: true });
      chmodSync(join(own, folder), 0o777);
    }
    at.file(`backend/mail/${mo}/new/1.note.local`, 'Subject: delivered\r\n\r\nhello mo\r\n', 0o666);
    const rc = (pass: string) =>
      at.file(
        'mbsyncrc',
        `IMAPAccount a\nHost localhost\nPort ${ports.imaps}\nUser ${mo}\nPass "${pass}"\nSSLType IMAPS\nCertificateFile ${at.folder}/mail.pem\nAuthMechs PLAIN LOGIN\n\nIMAPStore far\nAccount a\n\nMaildirStore near\nPath ${maildir}/\nInbox ${maildir}/inbox\n\nChannel c\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSyncState *\n`,
        0o600,
      );
    // The certificate names no host; what matters here is the login.
    const fetched = await run('mbsync', ['-c', rc(password), 'c']);
    const refused = await run('mbsync', ['-c', rc('AAAAaaaaBBBBbbbb'), 'c']);
    expect(fetched).toMatchObject({ status: 0 });
    const [message] = readdirSync(join(maildir, 'inbox/new'));
    expect(readFileSync(join(maildir, 'inbox/new', message ?? ''), 'utf8')).toContain('hello mo');
    expect({ refused: refused.status, told: refused.text }).toEqual({
      refused: 1,
      told: expect.stringContaining('use an app password'),
    });
  });
});

describe('Dovecot asking by itself', () => {
  it('IN-1.4 CM-5.4 APW-02 APW-11 IMAP and POP3, a revoked password at once even with its cache on', async (context) => {
    needs('dovecot', context);
    await using at = peers();
    const ports = await freePorts('imap', 'pop3', 'spare');
    await using h = await aMailHouse({ imap: ports.spare, pop3: ports.spare, smtp: ports.spare });
    const lua = at.file('hufu.lua', put(block('lua'), ['127.0.0.1:9700', `127.0.0.1:${h.port}`]));
    const passdb = put(
      block('ini', 1),
      ['/etc/dovecot/hufu.lua', lua],
      ['auth_cache_size = 0', 'auth_cache_size = 1M'],
    );
    const userdb = `userdb {\n  driver = static\n  args = uid=nobody gid=nogroup home=${at.folder}/dovecot/mail/%u\n}\n`;
    await startDovecot(at, 'dovecot', ports, `${passdb}${userdb}`);
    const wei = 'wei@lark.example';
    await h.account(wei, { password: '主 密码+%' });
    const imap = (password: string) => curl(`imap://127.0.0.1:${ports.imap}/`, wei, password);
    const pop3 = (password: string) => curl(`pop3://127.0.0.1:${ports.pop3}/`, wei, password);
    expect([await imap('主 密码+%'), await pop3('主 密码+%')]).toEqual(['ok', 'ok']);
    await bindInWebmail(h, wei);
    expect(await Promise.all([imap('主 密码+%'), pop3('主 密码+%')])).toEqual([
      expect.stringContaining('[AUTHENTICATIONFAILED]'),
      expect.stringContaining('-ERR'),
    ]);
    const made = await anAppPassword(h, wei, { protocols: ['imap'] });
    expect([await imap(made.password), await imap(made.password)]).toEqual(['ok', 'ok']);
    expect(await pop3(made.password)).toContain('-ERR');
    await h.call('DELETE', `${passwordsAt(wei)}/${made.id}`);
    expect(await imap(made.password)).toContain('[AUTHENTICATIONFAILED]');
    // Anything else that speaks HTTP may ask the same way.
    const script = `HUFU_MAIL=http://127.0.0.1:${h.port} HUFU_MAIL_KEY=${KEY} PASSWORD`;
    const other = await anAppPassword(h, wei);
    for (const [password, told] of [
      [other.password, 'auth-status: OK'],
      ['AAAAaaaaBBBBbbbb', `auth-status: [AUTHENTICATIONFAILED] ${REFUSED}`],
    ] as const)
      expect((await run('bash', ['-c', `export ${script}=${password}\n${block('sh')}`])).text).toContain(told);
    const asked = (await h.audit()).filter((e) => e.event === 'mail.refused').map((e) => e.data);
    expect(asked).toContainEqual({ why: 'protocol', protocol: 'pop3', from: '127.0.0.1', appPassword: made.id });
    // While Hufu is away nobody is let in.
    await h.app.close();
    expect(await imap(made.password)).not.toBe('ok');
    expect(readFileSync(join(at.folder, 'dovecot/log'), 'utf8')).not.toContain(made.password);
  });
});

describe('Postfix', () => {
  it('IN-1.4 CM-5.4 asks us directly, and tells the person what to do', async (context) => {
    needs('postconf', context);
    needs('swaks', context);
    await using at = peers();
    const ports = await freePorts('smtp', 'spare');
    await using h = await aMailHouse({ imap: ports.spare, pop3: ports.spare, smtp: ports.spare });
    const doors = h.house.mail.dovecot(null);
    await new Promise<void>((resolve) => doors.listen(0, '127.0.0.1', resolve));
    const own = certificate(at);
    const queue = join(at.folder, 'queue');
    const data = join(at.folder, 'data');
    mkdirSync(join(at.folder, 'etc'));
    for (const folder of [queue, data]) mkdirSync(folder, { mode: 0o755 });
    at.file(
      'etc/main.cf',
      `compatibility_level = 3.6\nqueue_directory = ${queue}\ndata_directory = ${data}\nmaillog_file = ${at.folder}/postfix.log\nmaillog_file_prefixes = ${at.folder}\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmyhostname = mail.lark.example\nmydestination = lark.example\nlocal_recipient_maps =\nalias_maps =\nalias_database =\nsmtpd_client_restrictions =\n${put(
        block('ini', 2),
        ['private/hufu', `inet:127.0.0.1:${(doors.address() as AddressInfo).port}`],
        ['/etc/ssl/mail.pem', own.certificate],
        ['/etc/ssl/mail.key', own.key],
      )}`,
    );
    at.file(
      'etc/master.cf',
      `127.0.0.1:${ports.smtp} inet n - n - - smtpd\npostlog unix-dgram n - n - 1 postlogd\ncleanup unix n - n - 0 cleanup\nqmgr unix n - n 300 1 qmgr\ntlsmgr unix - - n 1000? 1 tlsmgr\nrewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\ndefer unix - - n - 0 bounce\nproxymap unix - - n - - proxymap\nanvil unix - - n - 1 anvil\nlocal unix - n n - - discard\nsmtp unix - - n - - discard\nretry unix - - n - - error\n`,
    );
    await run('chown', ['postfix', data]);
    await at.start('postfix', ['-c', join(at.folder, 'etc'), 'start-fg'], ports.smtp);
    try {
      const wei = 'wei@lark.example';
      await h.account(wei, { password: MAIN_PASSWORD });
      const send = (password: string, mechanism = 'PLAIN') =>
        run('swaks', [
          '--server',
          '127.0.0.1',
          '--port',
          String(ports.smtp),
          '-tls',
          '--auth',
          mechanism,
          '--auth-user',
          wei,
          '--auth-password',
          password,
          '--from',
          wei,
          '--to',
          'far@elsewhere.example',
          '--quit-after',
          'RCPT',
        ]);
      expect((await send(MAIN_PASSWORD)).status).toBe(0);
      await bindInWebmail(h, wei);
      const refused = await send(MAIN_PASSWORD);
      expect(refused.status).not.toBe(0);
      expect(refused.text).toMatch(/535 5\.7\.8 .*use an app password: Settings > Security > Client logins/);
      const { password } = await anAppPassword(h, wei, { protocols: ['smtp'] });
      expect((await send(password)).status).toBe(0);
      expect((await send(password, 'LOGIN')).status).toBe(0);
      const reads = await anAppPassword(h, wei, { protocols: ['imap'] });
      expect((await send(reads.password)).text).toContain('This app password is not for SMTP');
    } finally {
      await run('postfix', ['-c', join(at.folder, 'etc'), 'stop']);
      await new Promise((resolve) => doors.close(resolve));
    }
  });
});
