// The desk's back end against a recorded Hufu: what it asks for, and what it refuses to pass on.
import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { Hufu, HufuProblem } from '../../sdk/src/index.ts';
import { deskRoutes } from './desk-routes.ts';
import { BadRequest } from './read.ts';

interface Asked {
  method: string;
  path: string;
  body: unknown;
  locale: string | null;
}
const open: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** A desk whose Hufu answers from a table of `METHOD path` and writes down what it was asked. */
function aDesk(answers: Readonly<Record<string, { status?: number; body: unknown }>>) {
  const asked: Asked[] = [];
  const recorded = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { pathname } = new URL(input as string);
    const method = init.method ?? 'GET';
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    asked.push({ method, path: pathname, body, locale: new Headers(init.headers).get('accept-language') });
    const { status = 200, body: reply } = answers[`${method} ${pathname}`] ?? {
      status: 404,
      body: { code: 'not-found' },
    };
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    return new Response(JSON.stringify(reply), { status, headers: { 'content-type': type } });
  };
  const hufu = new Hufu({ baseUrl: 'http://hufu.test', apiKey: 'hufu_x', fetch: recorded, retries: 0 });
  const app = Fastify();
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof HufuProblem ? error.status : error instanceof BadRequest ? 400 : 500;
    return reply.code(status).send({ code: error instanceof HufuProblem ? error.code : String(error) });
  });
  deskRoutes(app, (tenant) => {
    if (tenant !== 'star') throw new BadRequest('no such brokerage');
    return hufu;
  });
  open.push(app);
  const post = (url: string, payload: object) =>
    app.inject({ method: 'POST', url, payload, headers: { 'accept-language': 'zh-HK' } });
  return { app, asked, post };
}

describe('the dealer’s desk, back end', () => {
  it('ES-5.2 unbinds every binding of the account, in the dealer’s name and with the reason', async () => {
    const unbind = '/v1/console/accounts/700001/unbind';
    const { asked, post } = aDesk({ [`POST ${unbind}`]: { body: { removed: ['aut_1'] } } });
    const reply = await post('/desk/star/accounts/700001/unbind', { reason: ' 手机遗失 ' });
    expect(reply.json()).toEqual({ changed: ['aut_1'] });
    const body = { reason: '手机遗失', operator: 'demo-dealer' };
    expect(asked).toEqual([{ method: 'POST', path: unbind, body, locale: 'zh-HK' }]);
  });

  it.each([
    ['none', {}],
    ['an empty one', { reason: '' }],
    ['only spaces', { reason: '   ' }],
    ['something else', { reason: 7 }],
    ['too long a one', { reason: 'x'.repeat(501) }],
  ])('ES-5.2 asks Hufu nothing without a reason: %s', async (_, payload) => {
    const { asked, post } = aDesk({});
    for (const act of ['unbind', 'unlock']) {
      expect((await post(`/desk/star/accounts/700001/${act}`, payload)).statusCode).toBe(400);
    }
    expect(asked).toEqual([]);
  });

  it('ET-4.1 shows the account with its devices', async () => {
    const account = { account: '700001', authenticators: [] };
    const device = { id: 'dev_1', name: 'iPhone 17' };
    const { app } = aDesk({
      'GET /v1/accounts/700001': { body: account },
      'GET /v1/accounts/700001/client-devices': { body: { items: [device], next: null } },
    });
    const reply = await app.inject('/desk/star/accounts/700001');
    expect(reply.json()).toEqual({ account, devices: [device] });
  });

  it('ET-4.1 passes Hufu’s refusal on, and knows no tenant but its own', async () => {
    const unknown = { status: 404, body: { code: 'account-unknown' } };
    const { app } = aDesk({
      'GET /v1/accounts/1': unknown,
      'GET /v1/accounts/1/client-devices': unknown,
    });
    const reply = await app.inject('/desk/star/accounts/1');
    expect([reply.statusCode, reply.json()]).toEqual([404, { code: 'account-unknown' }]);
    expect((await app.inject('/desk/other/accounts/1')).statusCode).toBe(400);
  });
});
