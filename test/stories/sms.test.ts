// Codes by SMS from the door to a gateway: a real HTTP gateway stands in for the provider, and does what providers do.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { httpGateway } from '../../src/channels/http-gateway.ts';
import { openHouse } from '../../src/compose.ts';
import { codeText } from '../../src/core/outbox/code-words.ts';
import { type Notice, noticeText, SMS_UNITS } from '../../src/core/outbox/words.ts';
import { aHouse, aLogin, presetText, STAR_95, type TestHouse, verify } from '../kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';

interface Received {
  readonly key: string;
  readonly to: string;
  readonly text: string;
}

/** A gateway that answers each request with a status, or holds it until it is released. Requests are kept in order. */
async function aGateway(answer: (nth: number, message: Received) => number | 'hold') {
  const received: Received[] = [];
  const held: ServerResponse[] = [];
  const waiting: { count: number; done: () => void }[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let body = '';
    request.on('data', (data: Buffer) => (body += data.toString()));
    request.on('end', () => {
      const { to, text } = JSON.parse(body) as { to: string; text: string };
      const message = { key: String(request.headers['idempotency-key']), to, text };
      received.push(message);
      const status = answer(received.length, message);
      if (status === 'hold') held.push(response);
      else response.writeHead(status).end('{"balance":"do not read me"}');
      for (const one of waiting) if (received.length >= one.count) one.done();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`;
  return {
    received,
    channel: httpGateway({ url, timeoutMs: 400 }),
    patient: httpGateway({ url, timeoutMs: 30_000 }),
    /** Resolves when so many requests have come in. */
    seen: (count: number) =>
      new Promise<void>((done) => {
        if (received.length >= count) done();
        else waiting.push({ count, done });
      }),
    /** Requests that still wait for an answer. */
    holding: () => held.filter((response) => !response.destroyed).length,
    release: () => {
      for (const response of held.splice(0)) response.writeHead(200).end();
    },
    async [Symbol.asyncDispose]() {
      for (const response of held) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const send = (h: TestHouse, login: string) => h.call('POST', `/v1/logins/${login}/send`, {});
const codeIn = (message: Received | undefined): string => /(?<!\d)\d{6}(?!\d)/.exec(message?.text ?? '')?.[0] ?? 'none';
const rows = (h: TestHouse) => h.house.db.query('SELECT * FROM outbox ORDER BY created_at, id', {});

describe('SMS-01 what a tenant spends in a day', () => {
  it('SMS-01 many accounts that ask at once do not get past the limit together', async () => {
    const policy = `${presetText('star-rollout')}\nsms: { perTenantPerDay: 3 }\n`;
    await using h = await aHouse({ policy });
    const names = Array.from({ length: 12 }, (_, i) => `70001${i}`);
    for (const [i, name] of names.entries()) await h.account(name, { phone: `+852912300${10 + i}` });
    const logins = await Promise.all(names.map((name) => aLogin(h, name)));
    const sent = await Promise.all(logins.map((login) => h.call('POST', `/v1/logins/${login.id}/send`, {})));
    expect(sent.filter((s) => s.status === 202)).toHaveLength(3);
    expect(new Set(sent.filter((s) => s.status !== 202).map((s) => s.body.code))).toEqual(new Set(['sending-paused']));
  });
});

describe('IN-1.7 a generic HTTP gateway', () => {
  it('ES-2.1 SMS-04 sends a code once, and it logs in', async () => {
    await using gateway = await aGateway(() => 200);
    await using h = await aHouse({ channels: { sms: gateway.channel } });
    await h.account('700001');
    const login = await aLogin(h, '700001');
    expect((await send(h, login.id)).status).toBe(202);
    for (let round = 0; round < 3; round++) await h.house.deliver();
    h.pass(3600);
    await h.house.deliver();
    expect(gateway.received).toHaveLength(1);
    expect(gateway.received[0]).toMatchObject({ to: '+85291230001', key: expect.stringMatching(/^msg_/) });
    h.clock.now -= 3600_000;
    expect(await verify(h, login.id, codeIn(gateway.received[0]))).toMatchObject({
      status: 200,
      body: { status: 'satisfied' },
    });
  });

  it('IN-1.7 SMS-04 tries again after faults and silence under one Idempotency-Key, with growing pauses', async () => {
    await using gateway = await aGateway((nth) => (nth === 1 ? 503 : nth === 2 ? 'hold' : nth === 3 ? 429 : 200));
    await using h = await aHouse({ channels: { sms: gateway.channel } });
    await h.account('700001');
    const login = await aLogin(h, '700001');
    await send(h, login.id);
    const pauses: number[] = [];
    for (let waited = 0; gateway.received.length < 4 && waited < 60; waited++) {
      const before = gateway.received.length;
      await h.house.deliver();
      if (gateway.received.length > before) {
        pauses.push(waited);
        waited = 0;
      }
      h.pass(1);
    }
    expect(pauses).toEqual([0, 1, 3, 10]);
    expect(new Set(gateway.received.map((m) => `${m.key} ${m.text}`)).size).toBe(1);
    expect(await verify(h, login.id, codeIn(gateway.received[3]))).toMatchObject({ status: 200 });
  });

  it('IN-1.7 gives up on an answer that will not change, keeps no text, and says why', async () => {
    await using gateway = await aGateway(() => 400);
    await using h = await aHouse({ channels: { sms: gateway.channel } });
    await h.account('700001');
    await send(h, (await aLogin(h, '700001')).id);
    for (let i = 0; i < 5; i++) {
      await h.house.deliver();
      h.pass(30);
    }
    expect(gateway.received).toHaveLength(1);
    expect(await rows(h)).toMatchObject([
      { status: 'failed', text_sealed: null, last_error: 'the gateway answered 400' },
    ]);
  });

  it('IN-1.7 never sends a code that has expired', async () => {
    await using gateway = await aGateway(() => 503);
    await using h = await aHouse({ channels: { sms: gateway.channel } });
    await h.account('700001');
    await send(h, (await aLogin(h, '700001')).id);
    h.pass(181);
    await h.house.deliver();
    expect(gateway.received).toHaveLength(0);
    expect(await rows(h)).toMatchObject([{ status: 'failed', text_sealed: null }]);
    // One that is being retried is given up as soon as the next try would come too late.
    await send(h, (await aLogin(h, '700001')).id);
    h.pass(179);
    await h.house.deliver();
    expect(gateway.received).toHaveLength(1);
    expect((await rows(h)).map((row) => row['status'])).toEqual(['failed', 'failed']);
  });

  it('IN-1.7 a slow gateway delays neither the reply nor another message', async () => {
    await using gateway = await aGateway((_, m) => (m.to === '+85291230001' ? 'hold' : 200));
    await using h = await aHouse({ channels: { sms: gateway.patient } });
    h.house.startJobs();
    await h.account('700001');
    await h.account('700002', { phone: '+85291230002' });
    expect((await send(h, (await aLogin(h, '700001')).id)).status).toBe(202);
    await gateway.seen(1);
    expect((await send(h, (await aLogin(h, '700002')).id)).status).toBe(202);
    await gateway.seen(2);
    expect(gateway.received.map((m) => m.to)).toEqual(['+85291230001', '+85291230002']);
    expect(gateway.holding()).toBe(1);
    gateway.release();
  });

  it('IN-1.7 wipes the text once it is sent, and never keeps it readable before', async () => {
    await using gateway = await aGateway(() => 200);
    await using h = await aHouse({ channels: { sms: gateway.channel } });
    await h.account('700001');
    await send(h, (await aLogin(h, '700001')).id);
    const [waiting] = await rows(h);
    expect(Buffer.from(waiting!['text_sealed'] as Uint8Array).toString('utf8')).not.toContain('验证码');
    await h.house.deliver();
    expect(await rows(h)).toMatchObject([{ status: 'sent', text_sealed: null }]);
  });

  it('IN-1.7 a message that cannot be opened, or whose provider throws, holds up no other', async () => {
    await using gateway = await aGateway(() => 200);
    const thrower: typeof gateway.channel = (m) => {
      if (m.to === '+85291230002') throw new Error(`the provider choked on ${m.text}`);
      return gateway.channel(m);
    };
    await using h = await aHouse({ channels: { sms: thrower } });
    for (const n of [1, 2, 3]) {
      await h.account(`70000${n}`, { phone: `+8529123000${n}` });
      await send(h, (await aLogin(h, `70000${n}`)).id);
    }
    await h.house.db.run([
      {
        sql: `UPDATE outbox SET text_sealed = (SELECT o.text_sealed FROM outbox o WHERE o.sent_to = '+85291230003') WHERE sent_to = '+85291230001'`,
        rows: 'any',
        values: {},
      },
    ]);
    await h.house.deliver();
    expect(gateway.received.map((m) => m.to)).toEqual(['+85291230003']);
    const kept = (await rows(h)).map((row) => [row['sent_to'], row['status'], row['last_error']]).sort();
    expect(kept).toEqual([
      ['+85291230001', 'failed', 'its text could not be opened'],
      ['+85291230002', 'waiting', 'Error'],
      ['+85291230003', 'sent', null],
    ]);
  });

  it('IN-1.7 sends a backlog larger than what is sent at once', async () => {
    await using gateway = await aGateway(() => 200);
    await using h = await aHouse({ channels: { sms: gateway.channel } });
    for (let n = 100; n < 130; n++) {
      await h.account(`700${n}`, { phone: `+85291230${n}` });
      await send(h, (await aLogin(h, `700${n}`)).id);
    }
    expect(await h.house.deliver()).toBe(30);
    expect(new Set(gateway.received.map((m) => m.to)).size).toBe(30);
  });
});

describe('SMS-04 two nodes on one database', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await aPostgres();
  });
  const keys = mkdtempSync(join(tmpdir(), 'hufu-sms-'));
  afterAll(async () => {
    await postgres.close();
    rmSync(keys, { recursive: true, force: true });
  });

  /** A second node of a house, with a channel of its own. */
  const another = (h: TestHouse, url: string, sms: Channel) =>
    openHouse({
      database: { postgres: url, max: 8 },
      keyFile: h.house.keyFile.path,
      baseUrl: 'https://hufu.test',
      channels: { sms },
      requestsPerSecond: 1000,
      clock: () => h.clock.now,
    });

  it('SMS-04 delivering at once send every message once', async () => {
    const url = await postgres.database();
    await using gateway = await aGateway(() => 200);
    await using one = await aHouse({ channels: { sms: gateway.channel }, database: { postgres: url, max: 8 } });
    const two = await another(one, url, gateway.channel);
    for (let n = 100; n < 125; n++) {
      await one.account(`700${n}`, { phone: `+85291230${n}` });
      await send(one, (await aLogin(one, `700${n}`)).id);
    }
    const handled = await Promise.all([one.house.deliver(), two.deliver()]);
    expect(handled[0] + handled[1]).toBe(25);
    expect(gateway.received).toHaveLength(25);
    expect(new Set(gateway.received.map((m) => m.key)).size).toBe(25);
    await two.close();
  });

  it('SMS-04 take over from a node that fell silent, when its lease has ended and under the same key', async () => {
    const url = await postgres.database();
    await using gateway = await aGateway((nth) => (nth === 1 ? 'hold' : 200));
    const one = await aHouse({ folder: keys, channels: { sms: gateway.patient }, database: { postgres: url, max: 8 } });
    const two = await another(one, url, gateway.channel);
    await one.account('700001');
    await send(one, (await aLogin(one, '700001')).id);
    const silent = one.house.deliver();
    await gateway.seen(1);
    one.pass(80);
    expect(await two.deliver()).toBe(0);
    one.pass(20);
    expect(await two.deliver()).toBe(1);
    expect(gateway.received[1]).toEqual(gateway.received[0]);
    // The first one wakes up: its claim is no longer its own, and changes nothing.
    gateway.release();
    await silent;
    await two.close();
    await one.close();
    const left = await another(one, url, gateway.channel);
    expect(await left.db.query('SELECT status, attempts FROM outbox', {})).toEqual([{ status: 'sent', attempts: 2 }]);
    await left.close();
  });
});

describe('SMS-01, SMS-02 limits', () => {
  it('SMS-02 resends at most once a minute and five times an hour, over all logins of an account', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const sent: number[] = [];
    for (let minute = 0; minute < 62; minute++) {
      const login = await aLogin(h, '700001');
      const first = await send(h, login.id);
      if (first.status === 202) {
        sent.push(minute);
        const again = await send(h, login.id);
        expect(again).toMatchObject({ status: 429, body: { code: 'resend-too-soon', retryAfter: 60 } });
        h.pass(59);
        expect((await send(h, (await aLogin(h, '700001')).id)).body.retryAfter).toBe(1);
        h.pass(1);
      } else {
        expect(first).toMatchObject({ status: 429, body: { code: 'sending-paused' } });
        h.pass(60);
      }
    }
    expect(sent).toEqual([0, 1, 2, 3, 4, 61]);
  });

  it('SMS-02 two requests at once send one code', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const [a, b] = [await aLogin(h, '700001'), await aLogin(h, '700001')];
    const statuses = (await Promise.all([send(h, a.id), send(h, b.id), send(h, a.id), send(h, b.id)])).map(
      (answer) => answer.status,
    );
    expect(statuses.filter((status) => status === 202)).toHaveLength(1);
    expect((await h.outbox()).length).toBe(1);
  });

  it('SMS-01 a tenant stops at its daily cap, for whatever account, and goes on when the day has passed', async () => {
    await using h = await aHouse({ policy: `${presetText('star-rollout')}\nsms: { perTenantPerDay: 3 }\n` });
    const statuses: number[] = [];
    for (const n of [1, 2, 3, 4, 5]) {
      await h.account(`70000${n}`, { phone: `+8529123000${n}` });
      statuses.push((await send(h, (await aLogin(h, `70000${n}`)).id)).status);
    }
    expect(statuses).toEqual([202, 202, 202, 429, 429]);
    h.pass(24 * 3600 + 1);
    expect((await send(h, (await aLogin(h, '700005')).id)).status).toBe(202);
  });

  it('SMS-01 sends only to countries on the list, and only to the number on file', async () => {
    await using h = await aHouse();
    await h.account('700001', { phone: '+12025550123' });
    await h.account('700002', { phone: '+8613800138000' });
    expect((await send(h, (await aLogin(h, '700001')).id)).body.code).toBe('method-not-offered');
    expect((await send(h, (await aLogin(h, '700002')).id)).status).toBe(202);
    const login = await aLogin(h, '700002');
    h.pass(60);
    expect((await h.call('POST', `/v1/logins/${login.id}/send`, { to: '+85291239999' })).status).toBe(400);
    expect((await h.outbox()).map((m) => m.to)).toEqual(['+8613800138000']);
  });

  it('BF-04 a new code takes the place of the old one, and what was guessed keeps counting', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const login = await aLogin(h, '700001');
    await send(h, login.id);
    const old = await h.smsCode();
    const wrong = old === '111111' ? '222222' : '111111';
    expect((await verify(h, login.id, wrong)).body.attemptsLeft).toBe(9);
    expect((await verify(h, login.id, wrong)).body.attemptsLeft).toBe(8);
    h.pass(60);
    await send(h, login.id);
    const fresh = await h.smsCode();
    if (fresh !== old) expect(await verify(h, login.id, old)).toMatchObject({ status: 422, body: { attemptsLeft: 7 } });
    h.pass(60);
    const another = await aLogin(h, '700001');
    await send(h, another.id);
    // Neither a new challenge nor a new code gives guesses back.
    expect((await verify(h, another.id, wrong)).body.attemptsLeft).toBe(6);
  });
});

describe('ES-2.1 the text', () => {
  const locales = ['zh-CN', 'zh-HK', 'en'] as const;
  const signature = fc.string({ unit: 'grapheme', maxLength: 14 }).map((text) => text.slice(0, 14));

  it('ES-2.1 is one SMS of at most 70 UCS-2 units in every language, with the code in its first 25', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        signature,
        fc.stringMatching(/^\d{6}$/),
        fc.integer({ min: 0, max: 600 }),
        (locale, sign, code, seconds) => {
          const text = codeText(locale, sign, code, seconds);
          expect(text.length).toBeLessThanOrEqual(SMS_UNITS);
          expect(text.indexOf(code, sign.length) + code.length).toBeLessThanOrEqual(25);
          expect(text).not.toMatch(/https?:|www\./);
        },
      ),
    );
  });

  it('ES-2.1 of a notice is one SMS too, whatever the signature, account and contact, and keeps the number to call', () => {
    const notices: Notice[] = [
      'bound',
      'unbound',
      'recovery-codes',
      'unlocked',
      'device-revoked',
      'frozen',
      'all-unbound',
      'recovery-begun',
      'device-bound',
    ];
    const contact = fc
      .tuple(fc.string({ unit: 'grapheme', maxLength: 45 }), fc.constantFrom('852-2500 0000', '400-800-0000', ''))
      .map(([who, number]) => `${who.replace(/[\d+]/g, '').slice(0, 45)} ${number}`);
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        fc.constantFrom(...notices),
        signature,
        fc.string({ unit: 'grapheme', maxLength: 128 }),
        contact,
        (locale, notice, sign, account, tel) => {
          const text = noticeText(notice, locale, { sign, account, tel });
          expect(text.length).toBeLessThanOrEqual(SMS_UNITS);
          const number = /\d[\d -]+\d$/.exec(tel)?.[0];
          if (number !== undefined) expect(text).toContain(number);
        },
      ),
    );
  });

  it.each([
    ['zh-CN', '【极星国际】验证码 '],
    ['zh-HK', '【極星國際】驗證碼 '],
    ['en', 'Star: '],
  ])("ES-2.1 is in the account's language (%s)", async (locale, start) => {
    await using h = await aHouse();
    await h.account('700001', { locale });
    await send(h, (await aLogin(h, '700001')).id);
    const [message] = await h.outbox();
    expect(message!.text.startsWith(start)).toBe(true);
    expect(message!.text.slice(start.length)).toMatch(/^\d{6}/);
  });

  it("ES-2.1 the page's language does not outweigh the account's; the relying party's word for one login does", async () => {
    await using h = await aHouse();
    await h.account('700001', { locale: 'zh-HK' });
    const sentFor = async (more: object): Promise<string> => {
      const first = { account: '700001', client: STAR_95, firstFactor: 'verified', ...more };
      const english = { 'accept-language': 'en' };
      const { body } = await h.call('POST', '/v1/logins', first, english);
      h.pass(120);
      expect((await h.call('POST', `/v1/logins/${body.id}/send`, {}, english)).status).toBe(202);
      return (await h.outbox())[0]!.text;
    };
    expect(await sentFor({})).toContain('驗證碼');
    expect(await sentFor({ locale: 'en' })).toContain('Star: ');
  });
});
