// A stand-in for the server behind the portal's pages: the real pages with their real headers, and /v1/me answered by rows that a test
// gives. It shows states that a real server reaches only by waiting or by accident.
import { join } from 'node:path';
import fastify, { type FastifyReply } from 'fastify';
import { pages } from '../../src/protocols/http/pages.ts';

export interface Given {
  readonly body: Record<string, any>;
  readonly query: Record<string, string>;
  readonly params: readonly string[];
}
export type Answer = { readonly status?: number; readonly body?: unknown };
/** `POST /login` → what to answer; a function is asked each time. A path's `*` stands for one segment. */
export type Rows = Record<string, Answer | ((given: Given) => Answer | Promise<Answer>)>;

export interface Stub {
  readonly url: string;
  /** Replaces rows. */
  answer(rows: Rows): void;
  /** Sends news to everybody who listens at `/login/events` or `/enrolment/events`. */
  news(of: 'login' | 'enrolment', value: unknown): Promise<void>;
  /** How often a row was asked. */
  asked(row: string): number;
  close(): Promise<void>;
}

export const refusal = (status: number, code: string, more: Record<string, unknown> = {}): Answer => ({
  status,
  body: { type: `https://hufu.dev/problems/${code}`, code, status, title: code, detail: code, instance: 'x', ...more },
});

export const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

export async function aStub(first: Rows): Promise<Stub> {
  const app = fastify();
  let rows = first;
  const counts = new Map<string, number>();
  const listeners = { login: new Set<FastifyReply>(), enrolment: new Set<FastifyReply>() };
  pages(app, join(import.meta.dirname, '../../dist/web'));
  for (const of of ['login', 'enrolment'] as const)
    app.get(`/v1/me/${of}/events`, (_request, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      reply.raw.write(': open\n\n');
      listeners[of].add(reply);
      reply.raw.on('close', () => listeners[of].delete(reply));
    });
  app.all('/v1/me*', async (request, reply) => {
    const path = request.url.split('?')[0]?.slice('/v1/me'.length) ?? '';
    const asked = `${request.method} ${path}`;
    if (request.headers['hufu-tenant'] === undefined) return reply.code(403).send({ code: 'cross-site', status: 403 });
    for (const [row, answer] of Object.entries(rows)) {
      const found = new RegExp(`^${row.replaceAll('*', '([^/]+)')}$`).exec(asked);
      if (found === null) continue;
      counts.set(row, (counts.get(row) ?? 0) + 1);
      const given: Given = {
        body: (request.body ?? {}) as Record<string, any>,
        query: request.query as Record<string, string>,
        params: found.slice(1),
      };
      const { status = 200, body } = typeof answer === 'function' ? await answer(given) : answer;
      if (body === undefined) return reply.code(204).send();
      return reply
        .code(status)
        .type(status < 400 ? 'application/json' : 'application/problem+json')
        .send(JSON.stringify(body));
    }
    return reply.code(404).send({ code: 'not-found', status: 404, title: asked, detail: asked });
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url: url.replace('127.0.0.1', 'localhost'),
    answer(more) {
      rows = { ...more, ...Object.fromEntries(Object.entries(rows).filter(([row]) => !(row in more))) };
    },
    async news(of, value) {
      while (listeners[of].size === 0) await new Promise((soon) => setTimeout(soon, 20));
      for (const { raw } of listeners[of]) raw.write(`event: ${of}\ndata: ${JSON.stringify(value)}\n\n`);
    },
    asked: (row) => counts.get(row) ?? 0,
    async close() {
      for (const set of Object.values(listeners)) for (const { raw } of set) raw.end();
      await app.close();
    },
  };
}
