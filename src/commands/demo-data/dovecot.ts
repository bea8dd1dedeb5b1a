// The demo's mail server: Dovecot 2.3, where it is installed, on loopback, with a few letters. It asks the tenant's OpenID provider whose an access
// token is, and opens that mailbox alone. It ends with the demo, also when the demo is killed.
import { execFile, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Locale } from '../../../demo/webmail/words.ts';
import { WORDS } from '../../../demo/webmail/words.ts';
import { chosenPort } from '../house.ts';

export interface DemoDovecot {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

interface Mailbox {
  readonly user: string;
  readonly locale: Locale;
}

const HOST = '127.0.0.1';
const START_MS = 10_000;

/** Starts a Dovecot whose passwords are access tokens of `issuer`; null where there is none to start. `issuer` is asked by number, not by name. */
export async function startDovecot(issuer: string, mailboxes: readonly Mailbox[]): Promise<DemoDovecot | null> {
  const program = await dovecot23();
  if (program === null) return null;
  // Short, for sockets lie in it, and open, for Dovecot's own users walk through it when it is started by root.
  const folder = mkdtempSync(join(tmpdir(), 'hufu-dovecot-'));
  chmodSync(folder, 0o755);
  const port = await chosenPort(HOST, 0);
  for (const { user, locale } of mailboxes) deliver(join(folder, 'mail', user), user, locale);
  const config = join(folder, 'dovecot.conf');
  const tokens = join(folder, 'tokens.conf');
  writeFileSync(tokens, tokensConf(issuer));
  writeFileSync(config, dovecotConf(folder, port, tokens));
  // The shell outlives neither: when the demo is gone, however it went, its end of the pipe closes and Dovecot is told to end.
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      '"$0" -F -c "$1" >/dev/null 2>&1 & cat >/dev/null; kill "$!" 2>/dev/null; wait; rm -rf "$2"',
      program,
      config,
      folder,
    ],
    { stdio: ['pipe', 'ignore', 'ignore'], detached: true },
  );
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve());
  });
  const close = async (): Promise<void> => {
    child.stdin.destroy();
    await ended;
  };
  const until = Date.now() + START_MS;
  while (!(await answers(port))) {
    if (Date.now() > until) {
      await close();
      return null;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { host: HOST, port, close };
}

/** Dovecot 2.4 is configured differently: it is no server for this. */
async function dovecot23(): Promise<string | null> {
  if (process.platform === 'win32') return null;
  for (const program of ['dovecot', '/usr/sbin/dovecot', '/usr/local/sbin/dovecot']) {
    const version = await new Promise<string>((resolve) => {
      execFile(program, ['--version'], (error, out) => resolve(error === null ? out : ''));
    });
    if (version.startsWith('2.3.')) return program;
  }
  return null;
}

const tokensConf = (issuer: string): string => `introspection_url = ${issuer}/me
introspection_mode = auth
username_attribute = preferred_username
username_format = %Lu
timeout_msecs = 5000
`;

function dovecotConf(folder: string, port: number, tokens: string): string {
  const { uid, username } = userInfo();
  const isRoot = uid === 0;
  const owner = isRoot ? 'uid=nobody gid=nogroup' : `uid=${uid} gid=${userInfo().gid}`;
  // Without root it cannot become anybody else, nor lock itself in.
  const own = isRoot
    ? ''
    : `default_internal_user = ${username}
default_login_user = ${username}
service anvil {
  chroot =
}
service imap-login {
  chroot =
}
service stats {
  chroot =
}
`;
  return `base_dir = ${folder}/run
state_dir = ${folder}/run
instance_name = hufu-demo-${port}
log_path = ${folder}/log
protocols = imap
listen = ${HOST}
ssl = no
auth_mechanisms = oauthbearer xoauth2
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
# Everybody comes from one address here: one person's stale token makes nobody wait.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
${own}passdb {
  driver = oauth2
  mechanisms = oauthbearer xoauth2
  args = ${tokens}
}
userdb {
  driver = static
  args = ${owner} home=${folder}/mail/%u
}
`;
}

/** Puts the demo's letters into a Maildir. */
function deliver(maildir: string, user: string, locale: Locale): void {
  for (const below of ['', 'cur', 'new', 'tmp']) {
    mkdirSync(join(maildir, below), { recursive: true });
    chmodSync(join(maildir, below), 0o777);
  }
  chmodSync(join(maildir, '..'), 0o777);
  const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
  for (const [n, { from, subject, hoursAgo }] of WORDS[locale].letters.entries()) {
    const at = new Date(Date.now() - hoursAgo * 3_600_000);
    const lines = [
      `From: ${word(from)} <desk${n}@lark.example>`,
      `To: <${user}>`,
      `Subject: ${word(subject)}`,
      `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <${at.getTime()}.${n}@lark.example>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(`${subject}\n`).toString('base64'),
      '',
    ];
    const file = join(maildir, 'new', `${Math.floor(at.getTime() / 1000)}.${n}.demo`);
    writeFileSync(file, lines.join('\n'));
    chmodSync(file, 0o666);
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, HOST, () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });
