// The mail doors with other people's mail servers and mail programs (IN-1.4, CM-5.4): nginx's mail proxy before Dovecot and an SMTP server, and Dovecot
// asking by itself. The configurations are those of docs/integrate/mail.md.
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAppPassword, bindInWebmail, MAIN_PASSWORD, passwordsAt } from '../mail-kit.ts';
import {
  aMailHouse,
  BEHIND,
  block,
  certificate,
  curl,
  freePorts,
  KEY,
  PAGE,
  type Peers,
  peers,
  put,
  run,
  startDovecot,
} from './mail-kit.ts';
import { may, needs } from './peer.ts';

const REFUSED =
  'Wrong name or password. If two-step verification is on, use an app password: Settings > Security > Client logins';

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

/** An IMAP session that stays open: what is answered to a tagged line, and when the server ends it. */
async function anImapSession(port: number): Promise<{ say(line: string): Promise<string>; ended: Promise<void> }> {
  const socket = connect(port, '127.0.0.1');
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  let heard = '';
  let look = (): void => undefined;
  socket.on('data', (chunk) => {
    heard += chunk.toString('utf8');
    look();
  });
  const until = (found: RegExp): Promise<string> =>
    new Promise((resolve) => {
      look = () => {
        const line = found.exec(heard)?.[0];
        if (line !== undefined) resolve(line);
      };
      look();
    });
  await until(/^\* OK.*$/m);
  return {
    ended,
    say(line) {
      socket.write(`${line}\r\n`);
      return until(new RegExp(`^${line.split(' ')[0]} (OK|NO|BAD).*$`, 'm'));
    },
  };
}

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
    const open = await anImapSession(ports.imap);
    expect(await open.say(`a LOGIN ${wei} ${made.password}`)).toMatch(/^a OK/);
    await h.call('DELETE', `${passwordsAt(wei)}/${made.id}`);
    expect(await imap(made.password)).toContain('[AUTHENTICATIONFAILED]');
    // Who is in stays in, as the settings say, until an administrator ends it.
    expect(await open.say('b SELECT INBOX')).toMatch(/^b OK/);
    const [kick = ''] = /doveadm kick \S+@lark\.example/.exec(PAGE) ?? [];
    expect(await run('doveadm', ['-c', join(at.folder, 'dovecot.conf'), ...kick.split(' ').slice(1)])).toMatchObject({
      status: 0,
    });
    await open.ended;
    // Anything else that speaks HTTP may ask the same way.
    const script = `HUFU_MAIL=http://127.0.0.1:${h.port} HUFU_MAIL_KEY=${KEY} PASSWORD`;
    const other = await anAppPassword(h, wei);
    for (const [password, told] of [
      [other.password, 'auth-status: OK'],
      ['AAAAaaaaBBBBbbbb', `auth-status: [AUTHENTICATIONFAILED] ${REFUSED}`],
    ] as const)
      expect((await run('bash', ['-c', `export ${script}=${password}\n${block('sh', 1)}`])).text).toContain(told);
    const asked = (await h.audit()).filter((e) => e.event === 'mail.refused').map((e) => e.data);
    expect(asked).toContainEqual({ why: 'protocol', protocol: 'pop3', from: '127.0.0.1', appPassword: made.id });
    // While Hufu is away nobody is let in.
    await h.app.close();
    expect(await imap(made.password)).not.toBe('ok');
    expect(readFileSync(join(at.folder, 'dovecot/log'), 'utf8')).not.toContain(made.password);
  });
});
