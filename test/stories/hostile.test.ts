// Garbage, huge and hostile requests at every row of the endpoint table: a problem that says what is wrong, nothing written, nothing told.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../src/contract/problems.ts';
import { aHouse, presetText, type TestHouse } from '../kit.ts';
import { type Door, doors, type JsonSchema, rowCounts } from './doors.ts';

/** Text of many lines, read by what it is written for: its story spoils it. */
const DOCUMENT = 'document';

interface Raw {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  readonly payload?: string | Buffer;
  /** The address it comes from. */
  readonly from?: string;
}

let h: TestHouse & AsyncDisposable;
let all: readonly Door[];
let ids: Readonly<Record<string, string>>;
let before: Readonly<Record<string, number>>;
const instances = new Set<string>();

beforeAll(async () => {
  h = await aHouse();
  ({ doors: all, ids } = await doors(h));
  before = await rowCounts(h);
});
afterAll(async () => {
  expect(await rowCounts(h)).toEqual(before);
  await h.close();
});

/** Sends a spoiled request and checks what every refusal must be. */
async function spoiled(door: Door, raw: Raw): Promise<{ status: number; body: any; headers: Record<string, unknown> }> {
  const payload = raw.payload ?? (door.body === undefined ? undefined : JSON.stringify(door.body));
  const headers: Record<string, string | string[]> = {
    authorization: `Bearer ${h.token}`,
    ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
  };
  for (const [name, value] of Object.entries(raw.headers ?? {}))
    value === undefined ? delete headers[name] : (headers[name] = value);
  const response = await h.app.inject({
    method: (raw.method ?? door.method) as 'GET',
    url: raw.url ?? door.url,
    headers,
    ...(raw.from === undefined ? {} : { remoteAddress: raw.from }),
    ...(payload === undefined ? {} : { payload }),
  });
  const what = `${raw.method ?? door.method} ${raw.url ?? door.url} ${String(payload).slice(0, 120)} → ${response.statusCode} ${response.body.slice(0, 300)}`;
  expect(response.statusCode, what).toBeGreaterThanOrEqual(400);
  expect(response.statusCode, what).toBeLessThan(500);
  expect(response.headers['x-powered-by']).toBeUndefined();
  if ((raw.method ?? door.method) === 'HEAD')
    return { status: response.statusCode, body: undefined, headers: response.headers };
  expect(response.headers['content-type'], what).toBe('application/problem+json; charset=utf-8');
  expect(response.headers['cache-control'], what).toBe('no-store');
  expect(response.headers['x-content-type-options'], what).toBe('nosniff');
  const body = response.json();
  expect(PROBLEMS, what).toHaveProperty([body.code]);
  expect(body, what).toMatchObject({
    type: `https://hufu.dev/problems/${body.code}`,
    status: response.statusCode,
    title: expect.stringMatching(/./),
    instance: expect.stringMatching(/^urn:hufu:request:/),
  });
  expect(instances.has(body.instance), 'an instance names one request').toBe(false);
  instances.add(body.instance);
  if (body.code === 'invalid-request')
    expect(body.errors, what).toEqual(
      expect.arrayContaining([
        { at: expect.any(String), code: expect.any(String), message: expect.stringMatching(/./) },
      ]),
    );
  expect(response.body, what).not.toContain(h.token.slice(-24));
  expect(response.body, what).not.toMatch(/node:|\.ts\b|SQLITE|SELECT|\\n +at /);
  return { status: response.statusCode, body, headers: response.headers };
}

const guardedDoors = () => all.filter((d) => d.scope !== null);
const bodied = () => all.filter((d) => d.body !== undefined);

describe('who calls', () => {
  it('KEY-01 no door opens without a key of a tenant, or for a key in the query string', async () => {
    for (const door of guardedDoors()) {
      const key = encodeURIComponent(h.token);
      const wrong = `${h.token.slice(0, -1)}${h.token.endsWith('A') ? 'B' : 'A'}`;
      const tries: Raw[] = [
        { headers: { authorization: undefined } },
        { headers: { authorization: undefined }, url: `${door.url}?api_key=${key}` },
        {
          headers: { authorization: undefined },
          url: `${door.url}?access_token=${key}&key=${key}&authorization=Bearer%20${key}`,
        },
        { headers: { authorization: undefined, cookie: `authorization=${h.token}`, 'x-api-key': h.token } },
        ...[
          `Bearer ${wrong}`,
          `Bearer ${h.token.slice(0, -6)}`,
          `Bearer ${h.token.split('.')[0]}`,
          `Bearer ${h.token}x`,
          `Bearer  ${h.token}`,
          `Basic ${Buffer.from(h.token).toString('base64')}`,
          h.token,
          'Bearer',
          'Bearer ',
          `Bearer ${'a'.repeat(5000)}`,
          "Bearer hufu_key_0000000000' OR '1'='1.aaaaaaaaaaaaaaaaaaaaaaaa",
        ].map((authorization) => ({ headers: { authorization } })),
      ];
      for (const raw of tries) {
        const { status, body, headers } = await spoiled(door, raw);
        expect([401, 429]).toContain(status);
        expect(['unauthenticated', 'too-many-requests']).toContain(body.code);
        if (status === 401) expect(headers['www-authenticate']).toBe('Bearer');
        else expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      }
    }
  });

  it('OPS-05 ids of another tenant look exactly like ids that never were', async () => {
    await h.house.registry.create({ id: 't2', name: 'Other', document: presetText('star-rollout'), actor: 'test' });
    await h.house.keys.ready('t2');
    // Another address than the one that has just tried so many bad keys.
    const from = '198.51.100.9';
    const stranger = { authorization: `Bearer ${await h.key({ tenant: 't2' })}` };
    before = await rowCounts(h);
    const never: Record<string, string> = {
      id: `${ids['id']!.slice(0, -4)}AAAA`,
      account: '799999',
      binding: `${ids['binding']!.slice(0, -4)}AAAA`,
      authenticator: `${ids['authenticator']!.slice(0, -4)}AAAA`,
      device: 'pc-9',
      appPassword: 'apw_9',
      phone: 'phn_9',
    };
    // A version is a number that every tenant's policy has.
    const named = guardedDoors().filter((d) => d.template.includes('{') && !d.template.includes('{version}'));
    for (const door of named.filter((d) => d.name !== 'putAccount')) {
      const url = (of: Readonly<Record<string, string>>) =>
        door.template.replace(/\{(\w+)\}/g, (_, k: string) => of[k]!);
      const theirs = await spoiled(door, { url: url(ids), headers: stranger, from });
      const unknown = await spoiled(door, { url: url(never), headers: stranger, from });
      expect(theirs.status, door.name).toBe(404);
      expect({ ...theirs.body, instance: '' }, door.name).toEqual({ ...unknown.body, instance: '' });
    }
  });

  it('OPS-05 ids of another account of the same tenant are not found either', async () => {
    const swapped = { ...ids, account: '700002' };
    for (const door of guardedDoors().filter((d) =>
      ['unbind', 'confirmLoginBinding', 'revokeClientDevice'].includes(d.name),
    )) {
      const { status } = await spoiled(door, {
        url: door.template.replace(/\{(\w+)\}/g, (_, k: string) => (swapped as Record<string, string>)[k]!),
      });
      expect([403, 404], door.name).toContain(status);
    }
  });
});

describe('what is sent', () => {
  it('ES-1.1 a body that is not a JSON object is refused at every door that takes one', async () => {
    for (const door of bodied()) {
      const json = JSON.stringify(door.body);
      const expectCode = async (code: string | string[], raw: Raw): Promise<void> => {
        expect([code].flat(), `${door.name} ${String(raw.payload).slice(0, 60)}`).toContain(
          (await spoiled(door, raw)).body.code,
        );
      };
      for (const payload of [
        '{',
        'hello',
        "{'a':1}",
        `${json}${json}`,
        json.slice(0, -1),
        '\u0000',
        '{"a":NaN}',
        '[',
        Buffer.from([0xff, 0xfe, 0x7b]),
        '{"a":1,}',
        '//x\n{}',
        '\ufeff\ufeff{}',
      ])
        await expectCode('malformed-request', { payload });
      for (const payload of ['null', '[]', '[{}]', '1', '"text"', 'true'])
        await expectCode('invalid-request', { payload });
      await expectCode('malformed-request', { payload: '' });
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/xml',
        'application/json5',
        'text/json',
        'x',
        '',
      ])
        await expectCode(['unsupported-media-type'], { headers: { 'content-type': type } });
      for (const key of ['__proto__', 'constructor']) {
        const value = key === '__proto__' ? '{"isAdmin":true}' : '{"prototype":{"isAdmin":true}}';
        await expectCode(['malformed-request', 'invalid-request'], {
          payload: json === '{}' ? `{"${key}":${value}}` : `${json.slice(0, -1)},"${key}":${value}}`,
        });
      }
      for (const key of ['toString', 'hasOwnProperty', 'extra', 'a/b~c']) {
        const { body } = await spoiled(door, { payload: JSON.stringify({ ...door.body, [key]: 1 }) });
        expect(body.errors).toContainEqual({
          at: key === 'a/b~c' ? '/a~1b~0c' : `/${key}`,
          code: 'additionalProperties',
          message: 'is not a known member',
        });
      }
      await expectCode(['invalid-request', 'malformed-request'], {
        payload: `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`,
      });
      await expectCode(['invalid-request', 'malformed-request'], {
        payload: `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
      });
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('ES-1.1 each missing member and each member of a wrong type is named by its place', async () => {
    const at = (pointer: string) =>
      expect.objectContaining({ at: expect.stringMatching(new RegExp(`^${pointer}(/|$)`)) });
    const walk = async (
      door: Door,
      schema: JsonSchema,
      value: Record<string, unknown>,
      pointer: string,
      put: (changed: unknown) => unknown,
    ): Promise<void> => {
      for (const name of schema.required ?? []) {
        const { [name]: _, ...rest } = value;
        const { body } = await spoiled(door, { payload: JSON.stringify(put(rest)) });
        expect(body.errors ?? [body], `${door.name} without ${pointer}/${name}`).toContainEqual(
          at(`${pointer}/${name}`),
        );
      }
      for (const [name, member] of Object.entries(schema.properties ?? {})) {
        const wrong: unknown[] = [null, 12.5, [], [[]], true].filter(
          (v) => !(member.type === 'boolean' && typeof v === 'boolean'),
        );
        if (member.type !== 'object') wrong.push({});
        if (member.type === 'string' || member.enum !== undefined)
          wrong.push('', 'x'.repeat(name === DOCUMENT ? 61_000 : 5000));
        for (const bad of wrong) {
          if (Array.isArray(bad) && member.type === 'array' && (bad.length > 0 || member.minItems === undefined))
            continue;
          const { body } = await spoiled(door, { payload: JSON.stringify(put({ ...value, [name]: bad })) });
          expect(
            body.errors ?? [body],
            `${door.name} with ${pointer}/${name} = ${JSON.stringify(bad).slice(0, 40)}`,
          ).toContainEqual(at(`${pointer}/${name}`));
        }
        if (member.properties !== undefined && value[name] !== undefined)
          await walk(door, member, value[name] as Record<string, unknown>, `${pointer}/${name}`, (changed) =>
            put({ ...value, [name]: changed }),
          );
      }
    };
    for (const door of bodied()) await walk(door, door.schema!, door.body!, '', (changed) => changed);
  });

  it('ES-1.1 control characters and lone surrogates reach no store', async () => {
    const bad = [
      '\u0000',
      'a\u0000b',
      '\u0007',
      '\u001b[31m',
      'a\r\nSet-Cookie: x=1',
      '\u0085',
      '\ud800',
      'x\udfff',
      '\u007f',
    ];
    const strings = async (
      door: Door,
      value: Record<string, unknown>,
      schema: JsonSchema,
      put: (changed: unknown) => unknown,
    ): Promise<void> => {
      for (const [name, member] of Object.entries(schema.properties ?? {})) {
        if (member.properties !== undefined)
          await strings(door, (value[name] ?? {}) as Record<string, unknown>, member, (c) =>
            put({ ...value, [name]: c }),
          );
        else if (member.type === 'string' && ![DOCUMENT, 'output', 'password'].includes(name))
          for (const text of bad) await spoiled(door, { payload: JSON.stringify(put({ ...value, [name]: text })) });
      }
    };
    for (const door of bodied()) await strings(door, door.body!, door.schema!, (changed) => changed);
  });

  it('ES-1.1 65 KB are refused before anybody reads them', async () => {
    for (const door of bodied().filter((d) => d.name !== 'importAccounts')) {
      const { status, body } = await spoiled(door, { payload: `not json ${'x'.repeat(65 * 1024)}` });
      expect({ status, code: body.code, limitBytes: body.limitBytes }).toEqual({
        status: 413,
        code: 'payload-too-large',
        limitBytes: 65536,
      });
    }
    const large = all.find((d) => d.name === 'importAccounts')!;
    expect((await spoiled(large, { payload: `not json ${'x'.repeat(2 * 1024 * 1024)}` })).status).toBe(413);
    await spoiled(large, {
      payload: JSON.stringify({ accounts: Array.from({ length: 1001 }, (_, i) => ({ account: `8${i}` })) }),
    });
    await spoiled(large, {
      payload: `{"accounts":${'['.repeat(900_000)}${']'.repeat(900_000)}}`,
      headers: { 'idempotency-key': 'deep-1' },
    });
  });
});

describe('where it is sent', () => {
  it('ES-1.1 paths that name nothing, or try to leave, are refused', async () => {
    const odd = [
      '%zz',
      '%',
      '%00',
      '%c0%ae%c0%ae',
      '..%2f..%2fetc%2fpasswd',
      '%2e%2e%2f',
      'a'.repeat(401),
      'a'.repeat(7000),
      '%ud800',
      '%ED%A0%80',
      'lgn_\u0661',
      "x' OR 1=1--",
      'acc_0000000000',
      'LGN_000000',
      '<script>',
      '%F0%9F%A6%84',
      '*',
      '%0d%0aSet-Cookie:x',
    ];
    for (const door of guardedDoors().filter((d) => d.template.includes('{') && d.name !== 'putAccount'))
      for (const name of door.template.match(/\{\w+\}/g)!)
        for (const value of odd) {
          const url = door.template
            .replace(name, value.replaceAll(' ', '%20'))
            .replace(/\{(\w+)\}/g, (_, k: string) => ids[k]!);
          const { status, body } = await spoiled(door, { url });
          // What the policy forbids anybody is said before an account is looked up.
          const forbidden = name === '{binding}' || door.name === 'startRegistration' ? [403] : [];
          expect([400, 404, ...forbidden], url.slice(0, 80)).toContain(status);
          expect(JSON.stringify(body)).not.toContain('<script>');
        }
    const put = all.find((d) => d.name === 'putAccount')!;
    for (const value of ['%zz', '%00', '%0d%0a', '%20', 'a'.repeat(201), '%7f', '%ED%A0%80'])
      await spoiled(put, { url: `/v1/accounts/${value}` });
  });

  it('ES-1.1 a method nobody offers is told which are', async () => {
    for (const door of all)
      for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'PATCH', 'GET', 'POST', 'PUT', 'DELETE'] as const) {
        const offered = all.filter((d) => d.template === door.template).map((d) => d.method as string);
        if (offered.includes(method)) continue;
        const { status, headers } = await spoiled({ ...door, body: undefined }, { method });
        expect(status, `${method} ${door.url}`).toBe(405);
        expect(String(headers['allow']).split(', ').sort()).toEqual([...new Set(offered)].sort());
      }
  });

  it('ES-1.1 queries are read strictly', async () => {
    const odd = {
      limit: ['-1', '0', '201', '1e9', '1.5', 'ten', '', '\u0663', 'NaN', '99999999999999999999'],
      wait: ['-1', '26', 'x', '1.5'],
      after: ['x'.repeat(201), 'a%00b'],
    } as const;
    for (const door of all.filter((d) => ['listAccounts', 'listClientDevices'].includes(d.name)))
      for (const name of ['limit', 'after'] as const)
        for (const value of odd[name])
          expect(
            (
              await spoiled(door, {
                url: `${door.url}?${name}=${name === 'limit' ? encodeURIComponent(value) : value}`,
              })
            ).body,
          ).toMatchObject({ place: 'query', errors: [expect.objectContaining({ at: `/${name}` })] });
    const read = all.find((d) => d.name === 'getLogin')!;
    for (const value of odd.wait) await spoiled(read, { url: `${read.url}?wait=${value}` });
    for (const door of guardedDoors())
      expect((await spoiled(door, { url: `${door.url}?__proto__=1&nonsense=2` })).body, door.name).toMatchObject({
        place: 'query',
        errors: expect.arrayContaining([
          { at: '/nonsense', code: 'additionalProperties', message: 'is not a known member' },
        ]),
      });
    await spoiled(all.find((d) => d.name === 'listAccounts')!, { url: '/v1/accounts?limit=1&limit=2' });
  });

  it('ES-1.1 odd headers neither break nor confuse', async () => {
    const door = all.find((d) => d.name === 'verify')!;
    for (const language of [
      '*',
      'xx-YY',
      ';;;,,,',
      'zh'.repeat(4000),
      'en;q=abc',
      '\u00e9',
      'zh-\u0000'.replace('\u0000', ''),
    ])
      expect((await spoiled(door, { headers: { 'accept-language': language }, payload: '{}' })).status).toBe(400);
    for (const name of ['', ' ', 'x'.repeat(201), 'a b', '\u00e9', 'a,b c'])
      expect((await spoiled(door, { headers: { 'idempotency-key': name } })).body).toMatchObject({
        code: 'invalid-request',
        errors: [{ at: '/Idempotency-Key' }],
      });
    expect(
      (
        await spoiled(door, {
          headers: {
            'x-http-method-override': 'DELETE',
            'x-forwarded-for': "1' OR 1",
            host: 'evil.example',
            'x-original-url': '/v1/console',
          },
          payload: '{}',
        })
      ).status,
    ).toBe(400);
  });
});

describe('by chance', () => {
  it('ES-1.1 no mixture of JSON values makes a door fail', async () => {
    const judged = bodied();
    const value = fc.oneof(
      { maxDepth: 2 },
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 }),
      fc.jsonValue({ maxDepth: 2 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(judged.length - 1),
        fc.string({ maxLength: 12 }),
        value,
        fc.boolean(),
        async (n, name, v, replaces) => {
          const door = judged[n]!;
          const known = Object.keys(door.schema?.properties ?? {});
          // Always one member that does not belong, so that the request cannot succeed.
          const body = {
            ...door.body,
            [replaces ? known[name.length % known.length]! : `_${name}`]: v,
            [`!${name}`]: v,
          };
          await spoiled(door, { payload: JSON.stringify(body) });
        },
      ),
      { numRuns: 300, seed: 20261120 },
    );
  });
});
