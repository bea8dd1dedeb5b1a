// Every route of the console × every role, called. What each may is what docs/reference/roles.md says: a route without a line there fails here, and so
// does a line that the server does not keep to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENDPOINTS, type Endpoint, type EndpointName, whoCallsAtConsole } from '../../src/contract/endpoints.ts';
import { EXAMPLES } from '../../src/contract/examples.ts';
import { PERMISSIONS, ROLES, type Role } from '../../src/contract/permissions.ts';
import { ROLES_WITH } from '../../src/core/operator/roles.ts';
import { type Answer, aHouse, presetText, type TestHouse } from '../kit.ts';
import { anOperator, CONSOLE_URL, deskOf, type TestOperator } from '../operator-kit.ts';
import { BODIES } from './doors.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/reference/roles.md'), 'utf8');

interface Cell {
  readonly permission: string;
  readonly roles: readonly string[];
}

/** The page's table of routes: `METHOD /path` → who may. */
const WRITTEN = new Map(
  [...PAGE.matchAll(/^\| `((?:GET|POST|PUT|DELETE) [^`]+)` \| `([\w:]+)` \| ([\w, ]+) \|$/gm)].map(
    ([, route = '', permission = '', roles = '']): [string, Cell] => [route, { permission, roles: roles.split(', ') }],
  ),
);
const ROUTES = (Object.entries(ENDPOINTS) as [EndpointName, Endpoint][]).filter(([, e]) => e.permission !== undefined);
const routeOf = ({ method, path }: Endpoint): string => `${method} ${path}`;
const lineOf = (e: Endpoint): string =>
  `| \`${routeOf(e)}\` | \`${e.permission}\` | ${ROLES_WITH[e.permission!].join(', ')} |`;

/** Something of the shape a schema asks for: its least. */
function sample(schema: Record<string, any>, defs: Record<string, any> = schema['$defs'] ?? {}): unknown {
  if (schema['$ref'] !== undefined) return sample(defs[String(schema['$ref']).split('/').at(-1) ?? ''] ?? {}, defs);
  if (schema['const'] !== undefined) return schema['const'];
  if (schema['enum'] !== undefined) return schema['enum'][0];
  if (schema['example'] !== undefined) return schema['example'];
  const [first] = schema['anyOf'] ?? schema['oneOf'] ?? [];
  if (first !== undefined) return sample(first, defs);
  if (schema['type'] === 'object')
    return Object.fromEntries(
      (schema['required'] ?? []).map((key: string) => [key, sample(schema['properties'][key], defs)]),
    );
  if (schema['type'] === 'array')
    return Array.from({ length: schema['minItems'] ?? 0 }, () => sample(schema['items'], defs));
  if (schema['type'] === 'integer' || schema['type'] === 'number') return schema['minimum'] ?? 1;
  if (schema['type'] === 'boolean') return true;
  if (schema['format'] === 'date-time') return '2026-12-31T00:00:00+08:00';
  return 'x'.repeat(Math.max(1, schema['minLength'] ?? 1));
}

/** A request of a row, for an account. */
function request(name: EndpointName, e: Endpoint, account: string): { method: string; path: string; body: unknown } {
  const ids: Readonly<Record<string, string>> = { account, phone: 'phn_0000000000', operator: 'acc_0000000000' };
  const path = e.path.replace(/\{(\w+)\}/g, (_, key: string) => ids[key] ?? 'x_0000000000');
  const json =
    e.body === undefined
      ? undefined
      : (z.toJSONSchema(e.body, { io: 'input', unrepresentable: 'any' }) as Record<string, any>);
  const { operator: _, ...given } = { ...((BODIES[name] ?? EXAMPLES[name] ?? {}) as Record<string, unknown>) };
  const isGiven = Object.keys(given).length > 0;
  return { method: e.method, path, body: json === undefined ? undefined : isGiven ? given : sample(json) };
}

async function everyRole(h: TestHouse): Promise<Readonly<Record<Role, TestOperator>>> {
  const made = await Promise.all(
    ROLES.map(async (role) => [role, await anOperator(h, { roles: [role], login: role })] as const),
  );
  return Object.fromEntries(made) as Record<Role, TestOperator>;
}

const isRefusal = ({ status, body }: Answer): boolean =>
  status === 401 || (status === 403 && body?.code === 'not-permitted');

describe('OPS-03 the matrix of routes and roles', () => {
  it('OPS-03 every route of the console has its line in docs/reference/roles.md, and every line its route', () => {
    const missing = ROUTES.filter(([, e]) => {
      const cell = WRITTEN.get(routeOf(e));
      return cell?.permission !== e.permission || cell?.roles.join(', ') !== ROLES_WITH[e.permission!].join(', ');
    }).map(([, e]) => lineOf(e));
    expect(missing, 'lines to add or mend').toEqual([]);
    const routes = new Set(ROUTES.map(([, e]) => routeOf(e)));
    expect(
      [...WRITTEN.keys()].filter((route) => !routes.has(route)),
      'lines to take away',
    ).toEqual([]);
  });

  it('OPS-03 the page tells of every permission which roles have it', () => {
    for (const permission of PERMISSIONS)
      for (const role of ROLES) {
        const line = PAGE.split('\n').find((text) => text.startsWith(`| \`${permission}\` |`)) ?? '';
        const cells = line.split('|').map((cell) => cell.trim());
        const has = (ROLES_WITH[permission] as readonly string[]).includes(role);
        expect(cells[3 + ROLES.indexOf(role)], `${permission} ${role}`).toBe(has ? '●' : '');
      }
  });

  it('OPS-03 OPS-05 each role is let in where its line says so and nowhere else; another tenant is not there for any of them', async () => {
    await using h = await aHouse();
    await h.house.registry.create({ id: 't2', name: 'Other', document: presetText('star-rollout'), actor: 'test' });
    await h.house.keys.ready('t2');
    await h.account('700001');
    const as = await everyRole(h);
    const wrong: string[] = [];
    for (const [name, e] of ROUTES) {
      const roles = WRITTEN.get(routeOf(e))?.roles ?? [];
      const { method, path, body } = request(name, e, '700001');
      for (const role of ROLES) {
        const elsewhere = await as[role].call(method, path, body, { tenant: 't2' });
        if (elsewhere.status !== 404) wrong.push(`${name} as ${role} of t1 in t2: ${elsewhere.status}`);
        if (roles.includes(role)) continue;
        const answer = await as[role].call(method, path, body);
        if (answer.status !== 403 || answer.body.code !== 'not-permitted')
          wrong.push(`${name} as ${role}: ${answer.status} ${answer.body?.code}`);
      }
    }
    expect(wrong).toEqual([]);
    // Nothing of all that did anything.
    expect((await h.audit()).filter((event) => event.actor.startsWith('operator:'))).toEqual([]);
  });

  it('OPS-03 who is let in is answered by the route itself', async () => {
    await using h = await aHouse();
    const wrong: string[] = [];
    let done = 0;
    let number = 0;
    for (const [name, e] of ROUTES) {
      for (const role of ROLES_WITH[e.permission!]) {
        const account = `7100${++number}`;
        await h.account(account, { email: 'a@backup.example' });
        const operator = await anOperator(h, { roles: [role] });
        const { method, path, body } = request(name, e, account);
        const answer = await operator.call(method, path, body);
        if (answer.status < 300) done++;
        if (isRefusal(answer) || answer.status >= 500)
          wrong.push(`${name} as ${role}: ${answer.status} ${answer.body?.code}`);
      }
    }
    expect(wrong).toEqual([]);
    // Most of them do what they are for; some want things that are not there.
    expect(done).toBeGreaterThan(ROUTES.length * 0.75);
  });

  it('OPS-03 without a session, or with an API key instead, every route of the console answers the same', async () => {
    await using h = await aHouse();
    await h.account('700001');
    const desk = await deskOf(h);
    const answers = new Set<string>();
    const rows = (Object.entries(ENDPOINTS) as [EndpointName, Endpoint][]).filter(
      ([, e]) => whoCallsAtConsole(e) === 'operator' || whoCallsAtConsole(e) === 'console-visitor',
    );
    for (const [name, e] of rows) {
      const { method, path, body } = request(name, e, '700001');
      for (const headers of [
        { 'hufu-tenant': 't1' },
        { 'hufu-tenant': 't9' },
        { 'hufu-tenant': 't1', authorization: `Bearer ${h.token}` },
        { 'hufu-tenant': 't1', cookie: `__Host-hufu-operator=${'A'.repeat(43)}` },
        { 'hufu-tenant': 't1', cookie: `__Host-hufu-t1=${'A'.repeat(43)}`, origin: CONSOLE_URL },
      ]) {
        const answer = await desk.call(method, path, body, headers);
        answers.add(`${answer.status} ${answer.body.code}`);
      }
    }
    expect([...answers]).toEqual(['401 signed-out']);
  });
});
