// Who is let in when a mail program logs in, whatever the door: the rule of app passwords (CM-5.4), its throttle, and what refusals tell.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repeats } from '../../src/core/app-password/repeats.ts';
import { type MailAttempt, mailLogin } from '../../src/flows/mail-login.ts';
import { aHouse, codeOf, presetText, type TestHouse } from '../kit.ts';
import { anAppPassword, bindInWebmail, MAIN_PASSWORD, mailbox, said, WEBMAIL } from '../mail-kit.ts';

const WEI = 'wei@lark.example';
let h: TestHouse & AsyncDisposable;
let login: ReturnType<typeof mailbox>;
beforeEach(async () => {
  h = await aHouse({ preset: 'mail' });
  await h.account(WEI, { password: MAIN_PASSWORD });
  login = mailbox(h, WEI);
});
afterEach(() => h.close());

const refusals = async (): Promise<readonly Record<string, unknown>[]> =>
  (await h.audit()).filter((e) => e.event === 'mail.refused').map((e) => e.data);

describe('the main password', () => {
  it('CM-5.4 APW-02 works on all three protocols before a method is bound, and on none from the commit of the binding on', async () => {
    const protocols = ['imap', 'pop3', 'smtp'] as const;
    for (const protocol of protocols)
      expect(said(await login(MAIN_PASSWORD, { protocol }))).toBe('accepted by password');
    // A binding that is begun and not confirmed changes nothing.
    const at = `/v1/accounts/${WEI}/bindings`;
    await h.call('POST', '/v1/logins', { account: WEI, client: WEBMAIL, firstFactor: 'verified' });
    const begun = await h.call('POST', at, { type: 'totp', client: WEBMAIL });
    expect(said(await login(MAIN_PASSWORD))).toBe('accepted by password');
    await h.call('POST', `${at}/${begun.body.id}/confirm`, { output: codeOf(begun.body.uri, h.clock.now) });
    for (const protocol of protocols) expect(said(await login(MAIN_PASSWORD, { protocol }))).toBe('credentials');
    const { password } = await anAppPassword(h, WEI);
    for (const protocol of protocols)
      expect(said(await login(password, { protocol }))).toBe('accepted by app-password');
  });

  it('CM-5.4 APW-02 is refused when the binding is committed while it is being compared', async () => {
    const begun = await (async () => {
      await h.call('POST', '/v1/logins', { account: WEI, client: WEBMAIL, firstFactor: 'verified' });
      return (await h.call('POST', `/v1/accounts/${WEI}/bindings`, { type: 'totp', client: WEBMAIL })).body;
    })();
    const { ports } = h.house;
    const answer = await mailLogin(
      {
        ...ports,
        passwords: {
          ...ports.passwords,
          async verify(hash, password) {
            const isRight = await ports.passwords.verify(hash, password);
            await h.call('POST', `/v1/accounts/${WEI}/bindings/${begun.id}/confirm`, {
              output: codeOf(begun.uri, h.clock.now),
            });
            return isRight;
          },
        },
      },
      repeats(),
      { tenantId: 't1', account: WEI, password: MAIN_PASSWORD, protocol: 'imap', ip: null, secure: true },
    );
    expect(said(answer)).toBe('credentials');
  });

  it('CM-5.4 a phone number on file or recovery codes are no method of ones own: they shut no mail program out', async () => {
    await h.account('tel@lark.example', { password: MAIN_PASSWORD, phone: '+8613800138000' });
    expect(said(await mailbox(h, 'tel@lark.example')(MAIN_PASSWORD))).toBe('accepted by password');
  });

  it('CM-5.4 is never taken where the policy says so, and never where the account has none', async () => {
    await using strict = await aHouse({
      policy: presetText('mail').replace('most: 20', 'most: 20\n  mainPassword: never'),
    });
    await strict.account(WEI, { password: MAIN_PASSWORD });
    expect(said(await mailbox(strict, WEI)(MAIN_PASSWORD))).toBe('credentials');
    await h.account('none@lark.example');
    expect(said(await mailbox(h, 'none@lark.example')(''))).toBe('credentials');
  });
});

describe('an app password', () => {
  it('CM-5.5 APW-04 for IMAP only does not send, one for POP3 does not read by IMAP; both are told to the log', async () => {
    const imap = await anAppPassword(h, WEI, { protocols: ['imap'] });
    const pop3 = await anAppPassword(h, WEI, { protocols: ['pop3', 'smtp'] });
    expect(said(await login(imap.password))).toBe('accepted by app-password');
    expect(said(await login(imap.password, { protocol: 'smtp' }))).toBe('protocol');
    expect(said(await login(pop3.password))).toBe('protocol');
    expect(said(await login(pop3.password, { protocol: 'pop3' }))).toBe('accepted by app-password');
    expect(said(await login(pop3.password, { protocol: 'smtp' }))).toBe('accepted by app-password');
    expect(await refusals()).toEqual([
      { protocol: 'smtp', from: '203.0.113.7', why: 'protocol', appPassword: imap.id },
      { protocol: 'imap', from: '203.0.113.7', why: 'protocol', appPassword: pop3.id },
    ]);
  });

  it('CM-5.4 APW-08 in clear is refused before it, or the account, is looked at', async () => {
    const { password } = await anAppPassword(h, WEI);
    const untouched = (ports: object, name: string): object =>
      new Proxy(ports, {
        get: () => () => {
          throw new Error(`${name} was asked`);
        },
      });
    const { ports } = h.house;
    const blind = {
      ...ports,
      store: untouched(ports.store, 'the store') as typeof ports.store,
      appPasswords: untouched(ports.appPasswords, 'the hash') as typeof ports.appPasswords,
    };
    const clear: MailAttempt = { tenantId: 't1', account: WEI, password, protocol: 'imap', ip: null, secure: false };
    expect(said(await mailLogin(blind, repeats(), clear))).toBe('tls');
    expect((await h.call('GET', `/v1/accounts/${WEI}/app-passwords`)).body.items[0]).not.toHaveProperty('lastUsed');
  });

  it('CM-5.4 is not enough for a suspended account, nor where the policy turned app passwords off', async () => {
    const { password } = await anAppPassword(h, WEI);
    await h.house.db.run([{ sql: `UPDATE accounts SET status = 'suspended'`, rows: 'any', values: {} }]);
    expect(said(await login(password))).toBe('suspended');
    await h.house.db.run([{ sql: `UPDATE accounts SET status = 'active'`, rows: 'any', values: {} }]);
    expect(said(await login(password))).toBe('accepted by app-password');
    await h.house.db.run([
      {
        sql: `INSERT INTO policies (tenant_id, version, document, created_at, actor, reason) VALUES ('t1', 2, @document, 0, 'test', 'test')`,
        rows: 'any',
        values: { document: presetText('mail').replace('most: 20', 'most: 20\n  enabled: false') },
      },
      { sql: `UPDATE tenants SET version = version + 1`, rows: 'any', values: {} },
    ]);
    expect(said(await login(password))).toBe('credentials');
  });

  it('CM-5.3 two hundred logins at once while it is revoked: none is let in after the answer to the revocation', async () => {
    const made = await anAppPassword(h, WEI);
    const early = Array.from({ length: 100 }, () => login(made.password));
    const gone = h.call('DELETE', `/v1/accounts/${WEI}/app-passwords/${made.id}`);
    await gone;
    const late = await Promise.all(Array.from({ length: 100 }, () => login(made.password)));
    await Promise.all(early);
    expect(new Set(late.map(said)).has('accepted by app-password')).toBe(false);
  });
});

describe('guessing', () => {
  it('CM-5.4 APW-04 a program that sends with a password for reading, for ever, is counted once and shuts no other out', async () => {
    const reads = await anAppPassword(h, WEI, { protocols: ['imap'] });
    const sends = await anAppPassword(h, WEI, { protocols: ['smtp'] });
    const ways = [reads.password, sends.password, 'an old one'];
    const smtp = { protocol: 'smtp' } as const;
    for (let i = 0; i < 20; i++) {
      expect(said(await login(ways[0]!, smtp))).toBe('protocol');
      expect(said(await login(ways[1]!))).toBe('protocol');
      expect(said(await login(ways[2]!))).toBe('credentials');
    }
    expect(await refusals()).toHaveLength(3);
    expect(said(await login(reads.password))).toBe('accepted by app-password');
    expect(said(await login(sends.password, smtp))).toBe('accepted by app-password');
  });

  it('CM-5.4 wrong ones are counted per account and address: a program with an old password shuts only itself out', async () => {
    await bindInWebmail(h, WEI);
    const { password } = await anAppPassword(h, WEI);
    const from = (ip: string, guess: string) => login(guess, { ip });
    const told: string[] = [];
    for (let i = 0; i < 12; i++) told.push(said(await from('198.51.100.9', `wrong-${i}`)));
    expect(told.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'credentials'));
    expect(told.slice(5)).toEqual(Array.from({ length: 7 }, () => 'throttled'));
    // The right one is not told from there either, until the wait is over; everywhere else nothing has changed.
    expect(said(await from('198.51.100.9', password))).toBe('throttled');
    expect(said(await from('203.0.113.7', password))).toBe('accepted by app-password');
    const web = await h.call('POST', '/v1/logins', {
      account: WEI,
      client: WEBMAIL,
      firstFactor: { password: MAIN_PASSWORD },
    });
    expect(web.status).toBe(201);
    h.pass(10);
    expect(said(await from('198.51.100.9', password))).toBe('accepted by app-password');
  });

  it('CM-5.4 the same wrong one again and again is one guess, costs no hash, and waits for nobody', async () => {
    for (let i = 0; i < 50; i++) expect(said(await login('the old password'))).toBe('credentials');
    expect(await refusals()).toHaveLength(1);
    let hashed = 0;
    const { ports } = h.house;
    const memory = repeats();
    const counting = {
      ...ports,
      passwords: {
        ...ports.passwords,
        verify: (hash: string | null, password: string) => {
          hashed++;
          return ports.passwords.verify(hash, password);
        },
      },
    };
    const attempt: MailAttempt = {
      tenantId: 't1',
      account: WEI,
      password: 'the old password',
      protocol: 'imap',
      ip: '192.0.2.1',
      secure: true,
    };
    for (let i = 0; i < 20; i++) await mailLogin(counting, memory, attempt);
    expect(hashed).toBe(1);
    // It becomes right when the owner changes to it.
    await h.call('PUT', `/v1/accounts/${WEI}`, { password: 'the old password' });
    expect(said(await mailLogin(counting, memory, attempt))).toBe('accepted by password');
  });

  it('CM-5.4 the main password from a thousand addresses: ten guesses, then it is not looked at for a while; app passwords go on', async () => {
    const { password } = await anAppPassword(h, WEI);
    const told: string[] = [];
    for (let i = 0; i < 14; i++) {
      told.push(said(await login(`guess ${i}`, { ip: `198.51.100.${i}` })));
      h.pass(301);
    }
    expect(told.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'credentials'));
    expect(told[10]).toBe('throttled');
    expect(said(await login(password, { ip: '198.51.100.99' }))).toBe('accepted by app-password');
  });

  it('APW-06 an unknown name, a wrong password and a revoked one are told alike and counted alike', async () => {
    await bindInWebmail(h, WEI);
    const revoked = await anAppPassword(h, WEI);
    await h.call('DELETE', `/v1/accounts/${WEI}/app-passwords/${revoked.id}`);
    const answers = [
      await login(revoked.password),
      await login('AAAAaaaaBBBBbbbb', { ip: '198.51.100.1' }),
      await login(MAIN_PASSWORD, { ip: '198.51.100.2' }),
      await mailbox(h, 'nobody@lark.example')('AAAAaaaaBBBBbbbb'),
    ];
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    for (let i = 0; i < 5; i++) await mailbox(h, 'nobody@lark.example')(`wrong ${i}`);
    expect(said(await mailbox(h, 'nobody@lark.example')('wrong'))).toBe('throttled');
  });

  it('APW-06 costs no slow hash for an unknown name or a bound account, and takes the same time', async () => {
    await bindInWebmail(h, WEI);
    const revoked = await anAppPassword(h, WEI);
    await h.call('DELETE', `/v1/accounts/${WEI}/app-passwords/${revoked.id}`);
    const { ports } = h.house;
    const noHash = {
      ...ports,
      passwords: { ...ports.passwords, verify: () => Promise.reject(new Error('a slow hash')) },
    };
    const kinds: Record<string, Partial<MailAttempt>> = {
      unknown: { account: 'nobody@lark.example', password: 'AAAAaaaaBBBBbbbb' },
      wrong: { account: WEI, password: 'AAAAaaaaBBBBbbbb' },
      revoked: { account: WEI, password: revoked.password },
    };
    const took: Record<string, number[]> = { unknown: [], wrong: [], revoked: [] };
    const base = { tenantId: 't1', protocol: 'imap', secure: true } as const;
    let n = 0;
    // Each from an address of its own, so that each is compared and counted; interleaved, so that the machine's moods fall on all.
    for (let i = 0; i < 400; i++)
      for (const [kind, attempt] of Object.entries(kinds)) {
        const ip = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n++ & 255}`;
        const start = performance.now();
        await mailLogin(noHash, repeats(), { ...base, ...attempt, ip } as MailAttempt);
        took[kind]!.push(performance.now() - start);
      }
    const median = (all: number[]): number => all.sort((a, b) => a - b)[all.length >> 1]!;
    const medians = Object.values(took).map(median);
    expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.5);
  });
});
