// Mail servers and mail programs of others, each started in the foreground from a folder of its own and ended by its own process, on free ports.
// Their configurations are the blocks of docs/integrate/mail.md, with this machine's ports and folders put in.
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/commands/free-port.ts';
import { aHouse, presetText, type TestHouse } from '../kit.ts';

/** The page the blocks are of. */
export const PAGE = readFileSync(join(import.meta.dirname, '../../docs/integrate/mail.md'), 'utf8');

/** The n-th block of a language on the page, from 0. */
export function block(language: string, n = 0): string {
  const found = [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))][n]?.[1];
  if (found === undefined) throw new Error(`docs/integrate/mail.md has no block ${n} of ${language}`);
  return found;
}

/** Replaces what must be there: a page that changed without its test is found. */
export function put(text: string, ...pairs: readonly (readonly [string, string])[]): string {
  let done = text;
  for (const [from, to] of pairs) {
    if (!done.includes(from)) throw new Error(`the snippet no longer holds ${from}`);
    done = done.replaceAll(from, to);
  }
  return done;
}

/** Ports nobody uses now. */
export async function freePorts<N extends string>(...names: readonly N[]): Promise<Readonly<Record<N, number>>> {
  const ports = new Set<number>();
  while (ports.size < names.length) ports.add(await freePort('127.0.0.1'));
  return Object.fromEntries([...ports].map((port, n) => [names[n], port])) as Record<N, number>;
}

export interface Peers extends AsyncDisposable {
  readonly folder: string;
  /** Starts a program and waits until something listens on the port. */
  start(command: string, parameters: readonly string[], port: number): Promise<ChildProcess>;
  /** Puts a file into the folder and gives its path. */
  file(name: string, text: string, mode?: number): string;
}

/** A folder for a test's servers; everything started in it ends with it. */
export function peers(): Peers {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-mail-'));
  // Dovecot's and Postfix's own users walk through it.
  chmodSync(folder, 0o755);
  const running: { readonly child: ChildProcess; readonly ended: Promise<unknown> }[] = [];
  return {
    folder,
    file(name, text, mode = 0o644) {
      const path = join(folder, name);
      writeFileSync(path, text, { mode });
      chmodSync(path, mode);
      return path;
    },
    async start(command, parameters, port) {
      // Apache, told to end, ends its whole process group: it gets one of its own.
      const detached = command === 'apache2';
      const child = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder, detached });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
        });
      let isOver = false;
      const ended = new Promise((resolve) => {
        child.once('exit', resolve).once('error', resolve);
      }).then(() => {
        isOver = true;
      });
      running.push({ child, ended });
      while (!(await answers(port))) {
        if (isOver) throw new Error(`${command} ended: ${said}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return child;
    },
    async [Symbol.asyncDispose]() {
      for (const { child } of running) child.kill('SIGTERM');
      await Promise.all(running.map(({ ended }) => ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });

/** A certificate of our own, as files. */
export function certificate(at: Peers): { readonly certificate: string; readonly key: string } {
  const key = join(at.folder, 'mail.key');
  const pem = join(at.folder, 'mail.pem');
  const wanted = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost';
  const names = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', pem];
  const made = spawnSync('openssl', [...wanted.split(' '), ...names]);
  if (made.status !== 0) throw new Error(String(made.stderr));
  return { certificate: pem, key };
}

/** A Dovecot with IMAP and POP3 in clear on two ports, and this passdb. */
export async function startDovecot(
  at: Peers,
  name: string,
  ports: { readonly imap: number; readonly pop3: number },
  passdb: string,
): Promise<ChildProcess> {
  const own = join(at.folder, name);
  for (const folder of ['run', 'mail']) mkdirSync(join(own, folder), { recursive: true });
  chmodSync(join(own, 'mail'), 0o777);
  const config = at.file(
    `${name}.conf`,
    `
base_dir = ${own}/run
state_dir = ${own}/run
instance_name = hufu-${name}-${process.pid}
log_path = ${own}/log
protocols = imap pop3
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
listen = 127.0.0.1
first_valid_uid = 1
mail_location = maildir:${own}/mail/%u
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
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
${passdb}
`,
  );
  return at.start('dovecot', ['-F', '-c', config], ports.imap);
}

/** Runs a mail program to its end. */
export const run = (
  command: string,
  parameters: readonly string[],
  input = '',
): Promise<{ readonly status: number; readonly text: string }> =>
  new Promise((resolve) => {
    const child = execFile(command, parameters, { timeout: 20_000 }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code ?? 1), text: stdout + stderr }),
    );
    child.stdin?.on('error', () => {}).end(input);
  });

/** What curl is told when it logs in: `ok`, or the server's line of refusal. */
export async function curl(url: string, user: string, password: string, ...more: readonly string[]): Promise<string> {
  const { status, text } = await run('curl', [
    '-k',
    '-sv',
    '--max-time',
    '15',
    '--user',
    `${user}:${password}`,
    ...more,
    url,
  ]);
  if (status === 0) return 'ok';
  const lines = text.split('\n').filter((line) => line.startsWith('< '));
  const refusal = lines.findLast((line) => /^< (\w+ NO |-ERR |[45]\d\d )/.test(line));
  return (
    refusal
      ?.slice(2)
      .trim()
      .replace(/^\w+ NO /, '') ?? text
  );
}

export const KEY = 'put-a-long-random-key-here';
export const BEHIND = 'put-another-one-here';

/** A mail provider's house that listens, where its back ends are on these ports. */
export async function aMailHouse(backends: {
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
