// Dovecot 2.4 asking Hufu, by the snippet of docs/integrate/mail.md. Debian 12 has 2.3, so this one lives in a root of its own, named by HUFU_DOVECOT_24:
//   debootstrap --variant=minbase --include=dovecot-imapd,dovecot-pop3d,dovecot-auth-lua trixie <folder>
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aHouse, presetText } from '../kit.ts';
import { anAppPassword, bindInWebmail, passwordsAt } from '../mail-kit.ts';
import { block, curl, freePorts, peers, put } from './mail-kit.ts';

const ROOT = process.env['HUFU_DOVECOT_24'];
const KEY = 'put-a-long-random-key-here';
const WEI = 'wei@lark.example';

const config = (own: string, ports: { imap: number; pop3: number }, passdb: string): string => `
dovecot_config_version = 2.4.1
dovecot_storage_version = 2.4.1
base_dir = ${own}/run
state_dir = ${own}/run
instance_name = hufu-24-${process.pid}
log_path = ${own}/log
protocols = imap pop3
ssl = no
auth_allow_cleartext = yes
auth_failure_delay = 0
listen = 127.0.0.1
first_valid_uid = 1
mail_driver = maildir
mail_path = ${own}/mail/%{user}
service imap-login {
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service pop3-login {
  inet_listener pop3 {
    port = ${ports.pop3}
  }
  inet_listener pop3s {
    port = 0
  }
}
${passdb}
userdb static {
  fields {
    uid = nobody
    gid = nogroup
    home = ${own}/mail/%{user}
  }
}
`;

describe.skipIf(ROOT === undefined)('Dovecot 2.4 asking by itself', () => {
  it('IN-1.4 CM-5.4 APW-02 APW-11 main password, app password, one for IMAP only, and a revoked one, with its cache on', async () => {
    const root = ROOT ?? '';
    await using h = await aHouse({ policy: presetText('mail'), mail: { key: KEY, backendPassword: 'behind' } });
    await h.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = h.app.server.address() as AddressInfo;
    const folder = mkdtempSync(join(root, 'srv/hufu-'));
    chmodSync(folder, 0o755);
    const own = folder.slice(root.replace(/\/$/, '').length);
    try {
      await using at = peers();
      const ports = await freePorts('imap', 'pop3');
      for (const name of ['run', 'mail']) mkdirSync(join(folder, name));
      chmodSync(join(folder, 'mail'), 0o777);
      writeFileSync(join(folder, 'hufu.lua'), put(block('lua'), ['127.0.0.1:9700', `127.0.0.1:${port}`]));
      const passdb = put(
        block('text'),
        ['/etc/dovecot/hufu.lua', `${own}/hufu.lua`],
        ['auth_cache_size = 0', 'auth_cache_size = 1M'],
      );
      writeFileSync(join(folder, 'dovecot.conf'), config(own, ports, passdb));
      await at.start('chroot', [root, 'dovecot', '-F', '-c', `${own}/dovecot.conf`], ports.imap);
      await h.account(WEI, { password: '主 密码+%' });
      const imap = (password: string) => curl(`imap://127.0.0.1:${ports.imap}/`, WEI, password);
      const pop3 = (password: string) => curl(`pop3://127.0.0.1:${ports.pop3}/`, WEI, password);
      expect([await imap('主 密码+%'), await pop3('主 密码+%')]).toEqual(['ok', 'ok']);
      await bindInWebmail(h, WEI);
      expect([await imap('主 密码+%'), await pop3('主 密码+%')]).toEqual([
        expect.stringContaining('[AUTHENTICATIONFAILED]'),
        expect.stringContaining('-ERR'),
      ]);
      const made = await anAppPassword(h, WEI, { protocols: ['imap'] });
      expect([await imap(made.password), await imap(made.password)]).toEqual(['ok', 'ok']);
      expect(await pop3(made.password)).toContain('-ERR');
      await h.call('DELETE', `${passwordsAt(WEI)}/${made.id}`);
      expect(await imap(made.password)).toContain('[AUTHENTICATIONFAILED]');
      // While Hufu is away nobody is let in.
      const other = await anAppPassword(h, WEI);
      await h.app.close();
      expect(await imap(other.password)).not.toBe('ok');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
