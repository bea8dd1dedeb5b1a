// What an API key opens: its tenant, its scopes, its client, until it is revoked or expires.
import { describe, expect, it } from 'vitest';
import { SCOPE_NAMES } from '../../src/contract/scopes.ts';
import { revokeKey } from '../../src/flows/registry.ts';
import { aHouse, presetText, STAR_93, STAR_95, type TestHouse } from '../kit.ts';
import { doors } from './doors.ts';

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const idOf = (key: string): string => key.slice('hufu_'.length).split('.')[0]!;
const START = { account: '700001', client: STAR_95, firstFactor: 'verified' };

/** What a key gets at every door. */
async function everywhere(
  h: TestHouse,
  key: string,
): Promise<Readonly<Record<string, { status: number; code: string | undefined; scope: string | undefined }>>> {
  const { doors: all } = await doors(h);
  const answers: Record<string, { status: number; code: string | undefined; scope: string | undefined }> = {};
  for (const door of all.filter((d) => d.scope !== null)) {
    const { status, body } = await h.call(door.method, door.url, door.body, bearer(key));
    answers[door.name] = { status, code: body?.code, scope: body?.scope };
  }
  return answers;
}

describe('KEY-01 only a key in force opens anything', () => {
  it('KEY-01 a revoked key is refused from its next request on, at every door', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const key = await h.key();
    // Seen before, so that it may be remembered.
    expect((await h.call('POST', '/v1/logins', START, bearer(key))).status).toBe(201);
    expect((await h.call('GET', '/v1/accounts', undefined, bearer(key))).status).toBe(200);
    expect(await revokeKey(h.house.ports, { tenantId: 't1', id: idOf(key), actor: 'test' })).toEqual({
      kind: 'revoked',
    });
    for (const [name, answer] of Object.entries(await everywhere(h, key)))
      expect(answer, name).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('KEY-01 a revoked key learns nothing from ids that do not exist either', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const key = await h.key();
    const login = await h.call('POST', '/v1/logins', START, bearer(key));
    await revokeKey(h.house.ports, { tenantId: 't1', id: idOf(key), actor: 'test' });
    const never = `${login.body.id.slice(0, -4)}AAAA`;
    expect(await h.call('POST', `/v1/logins/${never}/verify`, { output: '000000' }, bearer(key))).toMatchObject({
      status: 401,
    });
    expect(await h.call('POST', `/v1/logins/${never}/send`, {}, bearer(key))).toMatchObject({ status: 401 });
    expect(await h.call('POST', '/v1/logins', { ...START, account: '799999' }, bearer(key))).toMatchObject({
      status: 401,
    });
  });

  it('KEY-01 an expired key is refused from that instant on', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const key = await h.key({ expiresAt: h.clock.now + 60_000 });
    expect((await h.call('POST', '/v1/logins', START, bearer(key))).status).toBe(201);
    h.pass(59);
    expect((await h.call('GET', '/v1/accounts', undefined, bearer(key))).status).toBe(200);
    h.pass(1);
    for (const [name, answer] of Object.entries(await everywhere(h, key)))
      expect(answer, name).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('KEY-01 parts of keys, mixed keys and keys of another tenant open nothing of ours', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.house.registry.create({ id: 't2', name: 'Other', document: presetText('star-rollout'), actor: 'test' });
    await h.house.keys.ready('t2');
    const theirs = await h.key({ tenant: 't2' });
    const secret = (key: string): string => key.split('.')[1]!;
    const hash = (await h.house.db.query('SELECT hash FROM api_keys WHERE id = @id', { id: idOf(h.token) }))[0]?.[
      'hash'
    ];
    for (const token of [
      `hufu_${idOf(h.token)}`,
      `hufu_${idOf(h.token)}.`,
      h.token.slice(0, -1),
      h.token.slice(5),
      secret(h.token),
      `hufu_${idOf(h.token)}.${secret(theirs)}`,
      `hufu_${idOf(theirs)}.${secret(h.token)}`,
      `hufu_${idOf(h.token)}.${String(hash)}`,
      h.token.toUpperCase(),
    ])
      expect((await h.call('GET', '/v1/accounts', undefined, bearer(token))).status, token.slice(0, 12)).toBe(401);
    expect((await h.call('GET', '/v1/accounts/700001', undefined, bearer(theirs))).status).toBe(404);
    expect((await h.call('GET', '/v1/accounts', undefined, bearer(theirs))).body).toEqual({ items: [], next: null });
  });

  it('KEY-01 the scheme may be written in any case (RFC 9110 §11.1), the key may not', async () => {
    await using h = await aHouse();
    expect((await h.call('GET', '/v1/accounts', undefined, { authorization: `bearer ${h.token}` })).status).toBe(200);
  });

  it('IN-1.1 the database holds no key, and the audit names who made and revoked it', async () => {
    await using h = await aHouse();
    const key = await h.key();
    await revokeKey(h.house.ports, { tenantId: 't1', id: idOf(key), actor: 'somebody' });
    const kept = JSON.stringify([await h.house.db.query('SELECT * FROM api_keys', {}), await h.audit()]);
    expect(kept).not.toContain(key.split('.')[1]);
    expect((await h.audit()).slice(-1)).toMatchObject([
      { event: 'key.revoked', actor: 'somebody', data: { key: idOf(key) } },
    ]);
  });
});

describe('KEY-03 scopes', () => {
  it('KEY-03 each scope alone opens exactly its doors, and the refusal names the scope that is missing', async () => {
    for (const scope of SCOPE_NAMES) {
      await using h = await aHouse();
      const { doors: all } = await doors(h);
      const key = await h.key({ scopes: [scope] });
      for (const door of all.filter((d) => d.scope !== null)) {
        const { status, body } = await h.call(door.method, door.url, door.body, bearer(key));
        const code = body?.code as string | undefined;
        if (door.scope === scope) expect(code, `${scope} at ${door.name}`).not.toBe('missing-scope');
        else
          expect({ status, code, scope: body.scope }, `${scope} at ${door.name}`).toEqual({
            status: 403,
            code: 'missing-scope',
            scope: door.scope,
          });
      }
    }
  });

  it('KEY-03 a scope is asked for before the body is judged: a key without it learns nothing of accounts', async () => {
    await using h = await aHouse();
    const key = await h.key({ scopes: ['logins:write'] });
    for (const account of ['700001', '799999'])
      expect((await h.call('GET', `/v1/accounts/${account}`, undefined, bearer(key))).body.code).toBe('missing-scope');
    expect((await h.call('PUT', '/v1/accounts/700001', { nonsense: 1 }, bearer(key))).body.code).toBe('missing-scope');
  });
});

describe('a key of one client', () => {
  it('ES-1.1 says what the client is: another client is refused, its version is what counts', async () => {
    await using h = await aHouse();
    await h.account('700001');
    await h.phase('totp-only');
    const key = await h.key({ client: STAR_95.id, version: '9.5.8.5' });
    const start = (client: object) => h.call('POST', '/v1/logins', { ...START, client }, bearer(key));
    expect(await start(STAR_93)).toMatchObject({ status: 403, body: { code: 'client-mismatch', client: 'star-9.5' } });
    expect((await start({ id: 'star-9.5' })).status).toBe(201);
    // The request can only lower what the key vouches for.
    expect((await start({ id: 'star-9.5', version: '9.5.8.4' })).body.code).toBe('client-too-old');
    const old = await h.key({ client: STAR_95.id, version: '9.5.0' });
    expect(
      (await h.call('POST', '/v1/logins', { ...START, client: { id: 'star-9.5', version: '99.0' } }, bearer(old))).body
        .code,
    ).toBe('client-too-old');
  });
});
