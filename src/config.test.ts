import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
let n = 0;
function file(text: string): string {
  const path = join(folder, `c${n++}.yaml`);
  writeFileSync(path, text);
  return path;
}

describe('the configuration', () => {
  it('needs nothing, and then keeps everything in one folder on this machine', () => {
    const config = readConfig({}, { data: '/srv/hufu' });
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8420,
      databaseFile: '/srv/hufu/hufu.db',
      keyFile: '/srv/hufu/hufu.keys',
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('lets flags outweigh the environment, and that the file', () => {
    const path = file('port: 1\nhost: 127.0.0.2\nlog: silent\nsms: { url: "https://a.example/", timeoutMs: 500 }\n');
    const env = { HUFU_CONFIG: path, HUFU_PORT: '2', HUFU_HOST: '127.0.0.3', HUFU_SMS_URL: 'https://b.example/' };
    expect(readConfig(env, { port: '3' })).toMatchObject({
      port: 3,
      host: '127.0.0.3',
      log: 'silent',
      sms: { url: 'https://b.example/', timeoutMs: 500 },
    });
    expect(readConfig(env, { config: file('log: requests') })).toMatchObject({ log: 'requests', port: 2 });
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ HUFU_PORT: 'eighty' }, /port \(HUFU_PORT\): "eighty" is not a number/],
    [
      { HUFU_CONFIG: file('sms: { url: "https://a.example/", timeoutMs: soon }') },
      /sms\.timeoutMs: "soon" is not a number/,
    ],
    [{ HUFU_PORT: '70000' }, /port/],
    [{ HUFU_BASE_URL: 'hufu' }, /baseUrl/],
    [{ HUFU_DATABASE: 'mysql://x' }, /postgres:/],
    [{ HUFU_CONFIG: join(folder, 'none.yaml') }, /cannot be read/],
    [{ HUFU_CONFIG: file('prot: 80') }, /prot/],
    [{ HUFU_CONFIG: file('port: [') }, /line 1/],
    [{ HUFU_CONFIG: file('- a') }, /key: value/],
    [{ HUFU_CONFIG: file('sms: {}') }, /sms\.url/],
  ])('refuses %j and says which key', (env, words) => {
    expect(() => readConfig(env)).toThrow(ConfigError);
    expect(() => readConfig(env)).toThrow(words);
  });

  it('BF-07 takes proxies as addresses and networks, from a list or a line, and nothing else', () => {
    expect(readConfig({}).proxies).toEqual([]);
    expect(readConfig({ HUFU_PROXIES: '127.0.0.1, 10.0.0.0/8 fd00::/8' }).proxies).toEqual([
      '127.0.0.1',
      '10.0.0.0/8',
      'fd00::/8',
    ]);
    expect(readConfig({ HUFU_CONFIG: file('proxies: [ "::1" ]') }).proxies).toEqual(['::1']);
    for (const wrong of ['true', 'proxy.example', '10.0.0.0/99', '*'])
      expect(() => readConfig({ HUFU_PROXIES: wrong }), wrong).toThrow(/proxies/);
  });

  it('WEB-10 takes a sender that is one mailbox, and a login only whole', () => {
    const smtp = (more: string) => readConfig({ HUFU_CONFIG: file(`smtp: { host: mail.example, ${more} }\n`) }).smtp;
    expect(smtp('from: "Hufu 虎符 <no-reply@hufu.example>"')).toMatchObject({ tls: 'starttls', timeoutMs: 20_000 });
    expect(() => smtp('from: "a@b.example\\r\\nBcc: c@d.example"')).toThrow(ConfigError);
    expect(() => smtp('from: a@b.example, user: hufu')).toThrow(/belong together/);
    expect(readConfig({ HUFU_SMTP_HOST: 'mail.example', HUFU_SMTP_FROM: 'a@b.example' }).smtp?.host).toBe(
      'mail.example',
    );
  });
});
