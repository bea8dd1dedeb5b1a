// Prometheus metrics on the admin listener. What can be counted from the store is, at the scrape: it is the same on every node and survives a
// restart. Requests are counted from Fastify's own diagnostics, only where somebody listens. No account, address or code is ever a label.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import type { TenantStats } from '../../core/stats.ts';

export interface MetricsPorts {
  readonly tenants: () => Promise<readonly TenantStats[]>;
  readonly outbox: () => Promise<{ readonly waiting: number; readonly lateSeconds: number; readonly failed: number }>;
  readonly unsealed: () => Promise<number>;
  /** Names of the parts that do not work right now. */
  readonly failing: () => Promise<readonly string[]>;
}

interface Told {
  readonly request: { readonly routeOptions: { readonly url?: string }; readonly method: string };
  readonly reply: { readonly statusCode: number; readonly elapsedTime: number };
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
/** Calls that wait on purpose tell nothing by how long they take. */
const WAITS = /events|wait/;

/** Registers `/metrics`. Resolves to what stops counting. */
export async function metrics(app: FastifyInstance, ports: MetricsPorts): Promise<() => void> {
  // Loaded only where there is an admin listener.
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const register = new Registry();
  collectDefaultMetrics({ register, prefix: 'hufu_' });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `hufu_${name}`, help, labelNames, registers: [register] });

  const logins = gauge('logins_total', 'Logins since the beginning, by how they ended (all nodes)', [
    'tenant',
    'result',
  ]);
  const rejected = gauge('outputs_rejected_total', 'Wrong, replayed or expired codes since the beginning', ['tenant']);
  const bySms = gauge('logins_by_sms_total', 'Logins completed by SMS since the beginning', ['tenant']);
  const accounts = gauge('accounts', 'Active accounts', ['tenant', 'cohort']);
  const bound = gauge('accounts_bound', 'Active accounts with a strong method', ['tenant', 'cohort']);
  const waiting = gauge('outbox_waiting', 'Messages that wait to be sent');
  const late = gauge('outbox_late_seconds', 'How long the oldest waiting message has been due');
  const failed = gauge('outbox_failed', 'Messages given up in the last 24 hours');
  const unsealed = gauge('audit_unsealed', 'Audit events that are not in the hash chain yet');
  const up = gauge('part_up', 'Whether a part works', ['part']);
  const requests = new Counter({
    name: 'hufu_http_requests_total',
    help: 'Requests answered by this node',
    labelNames: ['method', 'route', 'status'],
    registers: [register],
  });
  const seconds = new Histogram({
    name: 'hufu_http_request_seconds',
    help: 'How long answers took on this node, but for calls that wait',
    labelNames: ['route'],
    buckets: BUCKETS,
    registers: [register],
  });

  const count = (message: unknown): void => {
    const { request, reply } = message as Told;
    const route = request.routeOptions.url ?? 'none';
    requests.inc({ method: request.method, route, status: String(reply.statusCode) });
    if (!WAITS.test(route)) seconds.observe({ route }, reply.elapsedTime / 1000);
  };
  const channel = 'tracing:fastify.request.handler:asyncEnd';
  subscribe(channel, count);

  app.get('/metrics', async (_request, reply) => {
    const parts = await ports.failing();
    up.set({ part: 'database' }, parts.includes('database') ? 0 : 1);
    // A scrape while the database is away still tells that it is.
    if (parts.length === 0) {
      const [tenants, outbox, behind] = await Promise.all([ports.tenants(), ports.outbox(), ports.unsealed()]);
      for (const t of tenants) {
        logins.set({ tenant: t.tenant, result: 'started' }, t.started);
        logins.set({ tenant: t.tenant, result: 'satisfied' }, t.satisfied);
        logins.set({ tenant: t.tenant, result: 'refused' }, t.refused);
        rejected.set({ tenant: t.tenant }, t.rejected);
        bySms.set({ tenant: t.tenant }, t.bySms);
        for (const c of t.cohorts) {
          accounts.set({ tenant: t.tenant, cohort: c.cohort }, c.accounts);
          bound.set({ tenant: t.tenant, cohort: c.cohort }, c.bound);
        }
      }
      waiting.set(outbox.waiting);
      late.set(outbox.lateSeconds);
      failed.set(outbox.failed);
      unsealed.set(behind);
    }
    return reply.type(register.contentType).send(await register.metrics());
  });
  return () => {
    unsubscribe(channel, count);
  };
}
