// Postfix asking Hufu itself (IN-1.4, CM-5.4), set up by docs/integrate/mail.md word by word: its folder, its socket file, its main.cf.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listenForMail } from '../../src/commands/mail-listeners.ts';
import type { Config } from '../../src/config.ts';
import type { TestHouse } from '../kit.ts';
import { anAppPassword, bindInWebmail, MAIN_PASSWORD } from '../mail-kit.ts';
import { aMailHouse, block, certificate, freePorts, peers, put, run } from './mail-kit.ts';
import { needs } from './peer.ts';

type Listen = (h: TestHouse, queue: string) => ReturnType<typeof listenForMail>;

/** Listens at the page's `mail.dovecotAuth` as the user Hufu runs as, in the folder that the page's own command makes; Postfix's queue is at `queue`. */
const inTheQueue: Listen = async (h, queue) => {
  const here = ['/var/spool/postfix', queue] as const;
  const made = await run('bash', ['-c', put(block('sh', 0), ['-o hufu', '-o nobody'], here)]);
  expect(made).toMatchObject({ status: 0 });
  const [, named = ''] = /^ {2}dovecotAuth: (.+)$/m.exec(block('yaml', 1)) ?? [];
  const [uid, gid] = [process.geteuid?.(), process.getegid?.()];
  try {
    process.setegid?.('nogroup');
    process.seteuid?.('nobody');
    return await listenForMail(h.house, { mail: { dovecotAuth: put(named, here) } } as Config);
  } finally {
    process.seteuid?.(uid ?? 0);
    process.setegid?.(gid ?? 0);
  }
};
const atAnAddress: Listen = (h) => listenForMail(h.house, { mail: { dovecotAuth: '127.0.0.1:0' } } as Config);
const LAYOUTS: readonly (readonly [string, Listen])[] = [
  ['a socket file in its queue', inTheQueue],
  ['an address', atAnAddress],
];

describe('Postfix', () => {
  it.for(LAYOUTS)(
    'IN-1.4 CM-5.4 asks us directly by %s, and tells the person what to do',
    async ([, listen], context) => {
      needs('postconf', context);
      needs('swaks', context);
      await using at = peers();
      const ports = await freePorts('smtp', 'spare');
      await using h = await aMailHouse({ imap: ports.spare, pop3: ports.spare, smtp: ports.spare });
      const own = certificate(at);
      const queue = join(at.folder, 'queue');
      const data = join(at.folder, 'data');
      mkdirSync(join(at.folder, 'etc'));
      for (const folder of [queue, data]) mkdirSync(folder, { mode: 0o755 });
      const doors = await listen(h, queue);
      const { dovecotAuth = '' } = doors.at;
      const path = dovecotAuth.startsWith('/') ? 'hufu/auth' : `inet:${dovecotAuth}`;
      at.file(
        'etc/main.cf',
        `compatibility_level = 3.6\nqueue_directory = ${queue}\ndata_directory = ${data}\nmaillog_file = ${at.folder}/postfix.log\nmaillog_file_prefixes = ${at.folder}\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmyhostname = mail.lark.example\nmydestination = lark.example\nlocal_recipient_maps =\nalias_maps =\nalias_database =\nsmtpd_client_restrictions =\n${put(
          block('ini', 2),
          ['hufu/auth', path],
          ['/etc/ssl/mail.pem', own.certificate],
          ['/etc/ssl/mail.key', own.key],
        )}`,
      );
      at.file(
        'etc/master.cf',
        `127.0.0.1:${ports.smtp} inet n - y - - smtpd\npostlog unix-dgram n - n - 1 postlogd\ncleanup unix n - n - 0 cleanup\nqmgr unix n - n 300 1 qmgr\ntlsmgr unix - - n 1000? 1 tlsmgr\nrewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\ndefer unix - - n - 0 bounce\nproxymap unix - - n - - proxymap\nanvil unix - - n - 1 anvil\nlocal unix - n n - - discard\nsmtp unix - - n - - discard\nretry unix - - n - - error\n`,
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
        await doors.close();
      }
    },
  );
});
