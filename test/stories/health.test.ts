// For machines that watch, and what every answer carries.
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aHouse, STAR_95 } from '../kit.ts';

describe('IN-1.6 health', () => {
  it('IN-1.6 a process that runs is alive and ready', async () => {
    await using h = await aHouse();
    const bare = { authorization: '' };
    expect(await h.call('GET', '/livez', undefined, bare)).toMatchObject({
      status: 200,
      body: { status: 'ok', failing: [] },
    });
    expect(await h.call('GET', '/readyz', undefined, bare)).toMatchObject({
      status: 200,
      body: { status: 'ok', failing: [] },
    });
  });

  it('IN-1.6 without its database it is alive, not ready, says so by name, and lets nobody in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hufu-test-'));
    const h = await aHouse({ folder });
    await h.account('700001');
    await h.house.db.close();
    expect((await h.call('GET', '/livez')).status).toBe(200);
    const ready = await h.call('GET', '/readyz');
    expect(ready).toMatchObject({ status: 503, body: { status: 'failing', failing: ['database'] } });
    expect(JSON.stringify(ready.body)).not.toMatch(/sqlite|closed|path/i);
    const start = { account: '700001', client: STAR_95, firstFactor: 'verified' };
    for (const headers of [{}, { 'idempotency-key': 'a' }]) {
      const login = await h.call('POST', '/v1/logins', start, headers);
      expect(login).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(JSON.stringify(login.body)).not.toMatch(/sqlite|\.ts|database is/i);
    }
    await h.app.close();
    await rm(folder, { recursive: true });
  });
});

describe('what every answer carries', () => {
  it('IN-1.1 nosniff everywhere, no-store on every answer about accounts, no word about what serves', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const calls = [
      h.call('GET', '/v1/accounts/700001'),
      h.call('POST', '/v1/logins', { account: '700001', client: STAR_95, firstFactor: 'verified' }),
      h.call('GET', '/v1/accounts/799999'),
      h.call('POST', '/v1/logins', {}),
      h.call('GET', '/v1/nowhere'),
      h.call('PATCH', '/v1/logins'),
      h.call('GET', '/v1/accounts', undefined, { authorization: '' }),
      h.call('GET', '/livez'),
    ];
    for (const { headers } of await Promise.all(calls)) {
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['server']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
    expect((await h.call('GET', '/.well-known/jwks.json')).headers['cache-control']).toBe('public, max-age=60');
  });

  it('IN-1.1 an instance names one request, also across servers', async () => {
    const names = new Set<string>();
    for (let n = 0; n < 3; n++) {
      await using h = await aHouse();
      for (let m = 0; m < 40; m++) names.add((await h.call('GET', '/nowhere')).body.instance);
    }
    expect(names.size).toBe(120);
    for (const name of names) expect(name).toMatch(/^urn:hufu:request:[\w-]{12}-[0-9a-z]+$/);
  });
});
