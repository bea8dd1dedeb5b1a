// Nodes with different gateways: what one cannot send is left to the other, and what nobody can send is not told to have been sent.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aHouse, aLogin, type TestHouse, verify } from '../kit.ts';
import { aPostgres, type TestPostgres } from '../postgres.ts';
import { aFolder, hufu } from './cli-kit.ts';
import { aServer } from './nodes-kit.ts';

const send = (h: TestHouse, login: string) => h.call('POST', `/v1/logins/${login}/send`, {});

describe('a node without a gateway', () => {
  let postgres: TestPostgres & AsyncDisposable;
  beforeAll(async () => {
    postgres = await aPostgres();
  });
  afterAll(() => postgres[Symbol.asyncDispose]());

  it('NF-5 SMS-02 leaves messages of a channel it has not got to the node that has it', async () => {
    const database = { postgres: await postgres.database() };
    using keys = aFolder();
    await using a = await aHouse({ database, folder: keys.path });
    await using b = await aHouse({ database, folder: keys.path, channels: {} });
    a.house.startJobs();
    await expect.poll(() => b.house.hasNode('sms')).toBe(true);
    await a.account('700001', { phone: '+85291235678' });
    const login = await aLogin(b, '700001');
    expect((await send(b, login.id)).status).toBe(202);
    // It looks at the outbox as often as it likes.
    for (let n = 0; n < 3; n++) expect(await b.house.deliver()).toBe(0);
    const code = await a.smsCode();
    expect((await verify(b, login.id, code)).body.status).toBe('satisfied');
    expect(b.faults).toEqual([]);
  });
});

describe('no node has a gateway', () => {
  it('SMS-02 a code is refused with what to do instead, nothing is queued, and the log says so once', async () => {
    await using h = await aHouse({ channels: {} });
    await h.account('700001', { phone: '+85291235678' });
    const login = await aLogin(h, '700001');
    for (let n = 0; n < 2; n++) {
      const refused = await send(h, login.id);
      expect([refused.status, refused.body.code, refused.body.channel]).toEqual([422, 'channel-missing', 'sms']);
      expect(refused.body.detail).toContain(refused.body.contact);
    }
    expect(await h.house.db.query('SELECT id FROM outbox WHERE purpose = @code', { code: 'code' })).toEqual([]);
    expect(h.faults.map(String)).toEqual(['Error: codes by sms are refused: no node has a channel for it']);
  });

  it('SMS-02 a node that was there until five minutes ago is not there', async () => {
    await using h = await aHouse({ channels: {} });
    await h.house.db.commit('t', [
      {
        sql: `INSERT INTO channel_nodes (channel, seen_at) VALUES ('sms', @now)`,
        rows: 'one',
        values: {},
      },
    ]);
    h.pass(299);
    expect(await h.house.hasNode('sms')).toBe(true);
    expect(await h.house.hasNode('email')).toBe(false);
    h.pass(1);
    expect(await h.house.hasNode('sms')).toBe(false);
  });

  it('SMS-02 what waits for a node that never comes ends when it expires, and the log says so', async () => {
    await using h = await aHouse({ channels: {} });
    await h.account('700001', { phone: '+85291235678', email: 'a@example.com' });
    const waiting = () => h.house.db.query(`SELECT channel, last_error FROM outbox WHERE status = 'waiting'`, {});
    await h.call('PUT', '/v1/accounts/700001', { phone: '+85291235679', email: 'a@example.com' });
    const before = await waiting();
    expect(before.length).toBeGreaterThan(0);
    expect(await h.house.deliver()).toBe(0);
    expect(await waiting()).toEqual(before);
    h.pass(30 * 24 * 3600);
    expect(await h.house.deliver()).toBe(before.length);
    expect(await waiting()).toEqual([]);
    expect(h.faults.map(String)).toContain('Error: no node had a channel for sms before it expired');
  });

  it('SMS-02 hufu serve names the channels that a policy counts on and nobody has', async () => {
    const folder = aFolder();
    try {
      expect((await hufu('--data', folder.path, 'tenant', 'create', 'star', '--preset', 'star-rollout')).code).toBe(0);
      const server = await aServer({ folder: folder.path });
      await server.stop();
      const lines = server
        .stderr()
        .split('\n')
        .filter((line) => line.includes('no-channel'));
      expect(lines.map((line) => JSON.parse(line))).toEqual([
        expect.objectContaining({ level: 'warn', event: 'no-channel', channel: 'sms', tenants: 'star' }),
      ]);
    } finally {
      folder[Symbol.dispose]();
    }
  });
});
