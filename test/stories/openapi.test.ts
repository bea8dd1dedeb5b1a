// The OpenAPI document tells the truth: linted, complete, and every reply of a whole story fits what it says.
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type Endpoint, type EndpointName, isPublic, whoCalls } from '../../src/contract/endpoints.ts';
import { EXAMPLES } from '../../src/contract/examples.ts';
import { firstPhone, mailedCode } from '../enrolment-kit.ts';
import { type Answer, aHouse, codeOf, presetText, STAR_95, type TestHouse } from '../kit.ts';
import { aWechat } from '../wechat-stand-in.ts';
import { doors } from './doors.ts';

type Json = Record<string, any>;
const rows = (Object.entries(ENDPOINTS) as [EndpointName, Endpoint][]).filter(([, e]) => isPublic(e));

/** A check for any schema inside the document, by its pointer. */
function judge(document: Json): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, 'openapi');
  const known = new Map<string, ValidateFunction>();
  return (pointer) => {
    const found = known.get(pointer) ?? ajv.compile({ $ref: `openapi#${pointer}` });
    known.set(pointer, found);
    return found;
  };
}
const step = (text: string): string => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));

/** Checks a reply against what the document says of that call; gives the call's name. */
function expectDocumented(
  document: Json,
  validate: (pointer: string) => ValidateFunction,
  method: string,
  url: string,
  answer: Answer,
): string {
  const path = url.split('?')[0]!;
  const row = rows.find(
    ([, e]) =>
      e.method === method && new RegExp(`^${e.path.replace(/[.:]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  expect(row, `${method} ${path} is in the table`).toBeDefined();
  const [name, endpoint] = row!;
  const what = `${name} ${answer.status} ${JSON.stringify(answer.body)}`.slice(0, 600);
  const responses = document['paths'][endpoint.path][method.toLowerCase()].responses as Json;
  expect(responses, what).toHaveProperty([String(answer.status)]);
  const { content } = responses[String(answer.status)] as Json;
  if (content === undefined) {
    expect(answer.body, what).toBe('');
    return name;
  }
  const given = String(answer.headers['content-type']);
  const type = Object.keys(content).find((one) => given.includes(one));
  expect(type, `${what}: ${given}`).toBeDefined();
  const check = validate(
    `/paths/${step(endpoint.path)}/${method.toLowerCase()}/responses/${answer.status}/content/${step(type!)}/schema`,
  );
  expect({ valid: check(answer.body), errors: check.errors ?? [] }, what).toEqual({ valid: true, errors: [] });
  return name;
}

async function document(h: TestHouse): Promise<Json> {
  const { status, body } = await h.call('GET', '/openapi.json', undefined, { authorization: '' });
  expect(status).toBe(200);
  return body;
}

describe('IN-1.1 the OpenAPI document', () => {
  it('IN-1.1 passes the recommended rules; only calls open to all go without a 4xx', async () => {
    await using h = await aHouse();
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({
      source: JSON.stringify(await document(h)),
      absoluteRef: 'openapi.json',
      config,
    });
    const told = problems.map((p) => `${p.severity} ${p.ruleId} ${p.location[0]?.pointer ?? ''}`);
    expect(told.filter((t) => t.startsWith('error'))).toEqual([]);
    expect(told.filter((t) => !/operation-4xx-response #\/paths\/~1(livez|readyz|\.well-known)/.test(t))).toEqual([]);
  });

  it('IN-1.1 holds every row of the endpoint table and nothing else, and every $ref leads somewhere', async () => {
    await using h = await aHouse();
    const d = await document(h);
    const documented = Object.entries(d['paths'] as Json).flatMap(([path, item]) =>
      Object.keys(item as Json).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual(rows.map(([, e]) => `${e.method} ${e.path}`).sort());
    const refs = [...JSON.stringify(d).matchAll(/"\$ref":"([^"]+)"/g)].map((m) => m[1]!);
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of new Set(refs)) {
      expect(ref).toMatch(/^#\/components\//);
      expect(
        ref
          .slice(2)
          .split('/')
          .reduce<any>((node, key) => node?.[key], d),
        ref,
      ).toBeTypeOf('object');
    }
    for (const [name, schema] of Object.entries(d['components'].schemas as Json)) {
      expect((schema as Json)['id'], name).toBeUndefined();
      if ((schema as Json)['type'] === 'object' && !['Problem', 'Jwks'].includes(name))
        expect((schema as Json)['additionalProperties'], name).toBe(false);
    }
    expect(JSON.stringify(d)).not.toMatch(/"example":"[^"]*","?(type|minLength)/);
  });

  it('IN-1.1 every body has an example that fits its schema and that the server reads', async () => {
    await using h = await aHouse();
    const d = await document(h);
    const validate = judge(d);
    const { doors: all } = await doors(h);
    for (const [name, endpoint] of rows.filter(([, e]) => e.body !== undefined)) {
      const example = EXAMPLES[name];
      expect(example, name).toBeDefined();
      const check = validate(
        `/paths/${step(endpoint.path)}/${endpoint.method.toLowerCase()}/requestBody/content/${step('application/json')}/schema`,
      );
      expect({ valid: check(example), errors: check.errors ?? [] }, name).toEqual({ valid: true, errors: [] });
      // Pages and phones prove themselves before their body is looked at.
      const door = all.find((x) => x.name === name);
      if (door === undefined) continue;
      expect((await h.call(door.method, door.url, example)).body.code, name).not.toBe('invalid-request');
    }
  });

  it('IN-1.1 is fetched once: a tag, a lifetime, 304', async () => {
    await using h = await aHouse();
    const first = await h.call('GET', '/openapi.json');
    expect(first.headers).toMatchObject({
      'cache-control': 'public, max-age=300',
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
      'x-content-type-options': 'nosniff',
    });
    const again = await h.call('GET', '/openapi.json', undefined, { 'if-none-match': String(first.headers['etag']) });
    expect({ status: again.status, body: again.body, etag: again.headers['etag'] }).toEqual({
      status: 304,
      body: '',
      etag: first.headers['etag'],
    });
    expect((await h.call('GET', '/openapi.json', undefined, { 'if-none-match': '"other"' })).status).toBe(200);
  });
});

describe('IN-1.1 replies are what the document says', () => {
  it('IN-1.1 through a whole story, refusals included, at every call', async () => {
    // A phone or computer is remembered by its first code, so that there is one to list and revoke.
    const preset = presetText('star-rollout')
      .replaceAll('[totp, recovery-code]', '[app, totp, wechat, recovery-code]')
      .replace('unbound: totp }\n    challenge: [sms]', 'unbound: totp }\n    challenge: [app, sms]');
    const policy = `${preset}\nenrolment: { selfService: true }\ndevices: { bindOnFirstCode: true, kinds: [desktop], required: false }\nappPasswords: { most: 20 }\n`;
    await using wechat = await aWechat();
    await using h = await aHouse({ policy, wechat: wechat.options });
    const d = await document(h);
    const validate = judge(d);
    const seen = new Set<string>();
    const call = async (
      method: string,
      url: string,
      body?: unknown,
      headers?: Record<string, string>,
    ): Promise<Answer> => {
      const answer = await h.call(method, url, body, headers);
      seen.add(`${expectDocumented(d, validate, method, url, answer)} ${answer.status < 400 ? 'ok' : 'problem'}`);
      return answer;
    };
    for (const url of ['/livez', '/readyz', '/.well-known/jwks.json']) await call('GET', url);
    const account = '/v1/accounts/700001';
    await call('PUT', account, {
      phone: '+85291230001',
      email: 'trader@example.com',
      password: 'right',
      name: '陈大文',
    });
    await call('PUT', account, { cohort: 'pilot' });
    await call('PUT', account, { phone: 'nonsense' });
    await call('POST', '/v1/accounts:import', {
      accounts: [
        { account: '700002', phone: '+85291230002' },
        { account: '700003', phone: 'x' },
        { account: '700004', nonsense: 1 },
      ],
    });
    await call('GET', '/v1/accounts?limit=1');
    await call('GET', account);
    await call('GET', '/v1/accounts/799999');
    await call('GET', '/v1/rollout');
    const start = { account: '700001', client: { ...STAR_95, deviceId: 'pc-2', name: 'PC' }, firstFactor: 'verified' };
    await call('POST', '/v1/logins', { ...start, firstFactor: { password: 'wrong' } });
    await call('POST', '/v1/logins', { ...start, account: '799999' });
    await call('POST', '/v1/logins', { ...start, client: { id: 'nobody' } });
    await call('POST', '/v1/logins', { ...start, client: { id: 'star-9.5', version: 'x' } });
    const bySms = (await call('POST', '/v1/logins', start)).body;
    await call('POST', `/v1/logins/${bySms.id}/send`, {});
    await call('POST', `/v1/logins/${bySms.id}/send`, {});
    const sms = await h.smsCode();
    await call('POST', `/v1/logins/${bySms.id}/verify`, { output: sms === '000000' ? '111111' : '000000' });
    await call('POST', `/v1/logins/${bySms.id}/verify`, { output: sms });
    await call('POST', `/v1/logins/${bySms.id}/verify`, { output: sms });
    await call('GET', `/v1/logins/${bySms.id}`);
    await call('GET', `/v1/logins/${bySms.id}?wait=x`);
    // Another account has a phone of the app, which its logins may ask.
    await call('PUT', '/v1/accounts/700009', { phone: '+85291230009' });
    const theirs = { ...start, account: '700009' };
    const first = (await call('POST', '/v1/logins', theirs)).body;
    await call('POST', `/v1/logins/${first.id}/send`, {});
    await call('POST', `/v1/logins/${first.id}/verify`, { output: await h.smsCode() });
    const ticket = (await call('POST', '/v1/accounts/700009/registration', { client: STAR_95 })).body;
    await firstPhone(h, ticket.url.split('/s/')[1]);
    const asked = (await call('POST', '/v1/logins', theirs)).body;
    const scan = (await call('POST', `/v1/logins/${asked.id}/scan`, {})).body;
    await call('POST', '/v1/app/approvals:look', { token: scan.url.split('/s/')[1] });
    await call('POST', '/v1/app/approvals:look', { token: '0'.repeat(26) });
    await call('GET', '/v1/app/push-key');
    await call('POST', `/v1/logins/${asked.id}/push`, {});
    await call('GET', `/v1/logins/${asked.id}`);
    const devices = (await call('GET', `${account}/client-devices`)).body.items;
    const mini = (await call('POST', `${account}/bindings`, { type: 'wechat', client: STAR_95 })).body;
    await call('POST', '/v1/app/wechat:join', { token: mini.uri.split('/s/')[1], code: wechat.login('wei') });
    await call('POST', '/v1/app/wechat:join', { token: '0'.repeat(26), code: wechat.login('wei') });
    await call('POST', '/v1/app/wechat:restore', { code: wechat.login('wei') });
    await call('POST', '/v1/app/wechat:restore', { code: 'none' });
    const pending = (
      await call('POST', `${account}/bindings`, { type: 'totp', client: STAR_95 }, { 'idempotency-key': 'b' })
    ).body;
    await call('POST', `${account}/bindings`, { type: 'totp', client: STAR_95 }, { 'idempotency-key': 'b' });
    await call('POST', `${account}/bindings/${pending.id}/confirm`, { output: '000000' });
    h.pass(30);
    await call('POST', `${account}/bindings/${pending.id}/confirm`, { output: codeOf(pending.uri, h.clock.now) });
    const recovery = (await call('POST', `${account}/bindings`, { type: 'recovery-code', client: STAR_95 })).body;
    expect(recovery.codes.length).toBeGreaterThan(5);
    h.pass(60);
    const second = (await call('POST', '/v1/logins', start)).body;
    await call('POST', `/v1/logins/${second.id}/verify`, { output: codeOf(pending.uri, h.clock.now) });
    const registration = await call('POST', `${account}/registration`, { client: STAR_95 });
    const token = registration.body.url.split('/s/')[1];
    await call('POST', '/v1/app/tickets:open', { token });
    const phone = (
      await call('POST', '/v1/app/phones', {
        ...(EXAMPLES.joinPhone as object),
        account: '700001',
        code: registration.body.activationCode,
      })
    ).body;
    await call('GET', `${account}/phones`);
    await call('DELETE', `${account}/phones/${phone.phone}?client=star-9.5`);
    h.pass(30);
    const third = (await call('POST', '/v1/logins', start)).body;
    await call('POST', `/v1/logins/${third.id}/verify`, { output: codeOf(pending.uri, h.clock.now) });
    const step = (await call('POST', `${account}/challenges`, { purpose: 'unbind', client: STAR_95 })).body;
    h.pass(30);
    await call('POST', `/v1/logins/${step.id}/verify`, { output: codeOf(pending.uri, h.clock.now) });
    await call('GET', account);
    await call('DELETE', `${account}/authenticators/${pending.id}?client=star-9.5`);
    await call('DELETE', `${account}/authenticators/${pending.id}`);
    await call('POST', '/v1/rollout/phase', { phase: 'totp-only', reason: 'test' });
    await call('POST', '/v1/rollout/phase', { phase: 'coexist', at: '2026-12-01T00:00:00Z' });
    const enrol = (await call('POST', '/v1/logins', start)).body;
    expect(enrol.status).toBe('enrol');
    await call('POST', `/v1/logins/${enrol.id}/verify`, { output: '000000' });
    const fresh = (await call('POST', `/v1/logins/${enrol.id}/bindings`, { type: 'totp' })).body;
    await call('POST', `/v1/logins/${enrol.id}/bindings/${fresh.id}/confirm`, { output: '000000' });
    h.pass(30);
    await call('POST', `/v1/logins/${enrol.id}/bindings/${fresh.id}/confirm`, {
      output: codeOf(fresh.uri, h.clock.now),
    });
    await call('GET', `/v1/logins/${enrol.id}`);
    await call('GET', '/v1/console/rollout');
    await call('POST', '/v1/console/rollout/preview', { phase: 'totp-only' });
    await call('GET', '/v1/console/rollout/affected?phase=totp-only&effect=same');
    await call('POST', '/v1/console/rollout/reminders', { most: 10, reason: 'test' });
    await call('GET', '/v1/console/accounts?q=7000');
    await call('GET', '/v1/console/accounts/700001');
    await call('GET', '/v1/console/accounts/799999');
    const timeline = (await call('GET', '/v1/console/accounts/700001/timeline')).body;
    await call('GET', '/v1/console/accounts/799999/timeline');
    const login = timeline.items.find((one: Json) => one['event'] === 'login.started').login;
    await call('GET', `/v1/console/logins/${login}/why`);
    await call('GET', '/v1/console/logins/lgn_none/why');
    await call('GET', '/v1/console/audit?limit=5');
    await call('GET', '/v1/console/audit/export?format=csv');
    await call('POST', '/v1/console/accounts/700001/unlock', { reason: 'asked', operator: 'desk' });
    await call('POST', '/v1/console/accounts/700001/unbind', { reason: 'lost', operator: 'desk' });
    await call('POST', '/v1/console/accounts/799999/unbind', { reason: 'lost', operator: 'desk' });
    const desk = { reason: 'asked', operator: 'desk' };
    const console = '/v1/console/accounts/700001';
    await call('POST', `${console}/registration`, { ...desk, mode: 'add' });
    await call('POST', `${console}/registration`, { ...desk, revokePhones: ['phn_0'] });
    const enrolled = await firstPhone(h, { account: '700001', code: await mailedCode(h) });
    await call('POST', `${console}/pin-reset`, desk);
    await call('POST', `${console}/phones/${enrolled.id}/revoke`, desk);
    await call('POST', `${console}/authorised-person`, { ...desk, email: 'new@example.com' });
    await h.house.ports.store.commit(enrolled.id, [
      {
        op: 'insert-trust',
        device: {
          id: 'trd_1',
          tenantId: h.tenant,
          accountId: (await h.call('GET', account)).body.id,
          key: 'k',
          hash: 'h',
          name: 'Chrome',
          ip: null,
          sessionId: 'ses_1',
          expiresAt: h.clock.now + 60_000,
        },
        most: 5,
      },
    ]);
    await call('POST', `${console}/trusted-devices/trd_1/revoke`, desk);
    await call('POST', `${console}/trusted-devices/trd_1/revoke`, desk);
    await call('POST', `${console}/bypass`, { ...desk, hours: 1 });
    await call('POST', `${console}/bypass`, { ...desk, hours: 72 });
    const stop = (await h.outbox()).map((m) => /否决码 (\S{11})/.exec(m.text)?.[1]).find((code) => code !== undefined);
    await call('POST', '/v1/objections', { account: '700001', code: '00000-00000' });
    await call('POST', '/v1/objections', { account: '700001', code: stop });
    await call('POST', '/v1/console/accounts/700001/unlock', desk);
    const mail = `${account}/app-passwords`;
    const made = (await call('POST', mail, { name: 'Foxmail' })).body;
    await call('POST', mail, { name: 'Foxmail', protocols: ['smtp'], expiresAt: '2026-12-01T00:00:00Z' });
    await call('GET', mail);
    await call('GET', `${mail}/${made.id}`);
    await call('POST', '/v1/console/accounts/700001/revoke-app-passwords', {
      reason: 'lost',
      operator: 'desk',
      appPassword: made.id,
    });
    await call('DELETE', `${mail}/${made.id}`);
    const spare = (await call('POST', mail, { name: 'Spare' })).body;
    await call('DELETE', `${mail}/${spare.id}`);
    await call('DELETE', mail);
    await call('DELETE', `${account}/client-devices/${devices[0].id}`);
    await call('DELETE', `${account}/client-devices/pc-9`);
    await call('PUT', account, { status: 'suspended' });
    await call('POST', '/v1/logins', start);
    await call('PUT', account, { status: 'active' });
    await h.phase('coexist');
    const edited = '/v1/console/policy';
    const { document: text } = (await call('GET', edited)).body;
    await call('GET', `${edited}/versions?limit=1`);
    await call('GET', `${edited}/versions/1`);
    await call('GET', `${edited}/versions/99`);
    await call('POST', `${edited}:check`, { document: text });
    await call('POST', `${edited}:check`, { document: 'policy: 2' });
    await call('POST', `${edited}:edit`, { document: text, list: 'login', rules: [{ keep: 0 }] });
    await call('POST', edited, { document: text, base: 99, reason: 'r' });
    const { version } = (await call('GET', edited)).body;
    await call('POST', edited, { document: text, base: version, reason: 'r' });
    const { doors: all } = await doors(h);
    for (const door of all.filter((x) => x.scope !== null))
      await call(door.method, door.url, door.body, { authorization: '' });
    for (const [name, endpoint] of rows.filter(([, e]) => ['key', 'anyone'].includes(whoCalls(e)))) {
      expect(seen, `${name} succeeded once`).toContain(`${name} ok`);
      if (endpoint.scope !== null) expect(seen, `${name} refused once`).toContain(`${name} problem`);
    }
  });
});
