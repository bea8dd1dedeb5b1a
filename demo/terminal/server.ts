// The demo trading terminal's back end: a relying party as an integrator would write it. It talks to Hufu only through
// the SDK with its own API key, and to its pages only about what belongs to their session.
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { HufuProblem, HufuUnreachable } from '../../sdk/src/index.ts';
import { accountRoutes } from './accounts.ts';
import { deskRoutes } from './desk-routes.ts';
import { loginRoutes } from './logins.ts';
import { BadRequest } from './read.ts';
import { Sessions } from './session.ts';
import { placesOf, SignedOut, sdkOf, type TerminalTenant } from './tenants.ts';
import type { PhaseView, ProblemView, TenantView } from './views.ts';

export type { TerminalTenant } from './tenants.ts';

export interface TerminalOptions {
  /** Where Hufu answers. */
  baseUrl: string;
  tenants: readonly TerminalTenant[];
  /** The folder with the built pages. */
  webRoot: string;
}

const prefix = '/demo/terminal';
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Registers the terminal: its API under /demo/terminal/api, its pages under /demo/terminal/. */
export async function terminal(app: FastifyInstance, options: TerminalOptions): Promise<void> {
  await app.register((api) => apiRoutes(api, options), { prefix: `${prefix}/api` });
  await app.register(async (pages) => {
    pages.get(prefix, (_request, reply) => reply.redirect(`${prefix}/`));
    await pages.register(fastifyStatic, {
      root: options.webRoot,
      prefix: `${prefix}/`,
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('content-security-policy', policy);
        reply.header('referrer-policy', 'no-referrer');
        reply.header('x-content-type-options', 'nosniff');
        // Vite names assets after their content: they never change. The page itself may, with any release.
        const named = /[\\/]assets[\\/]/.test(path);
        reply.header('cache-control', named ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  });
}

async function apiRoutes(api: FastifyInstance, { tenants, baseUrl }: TerminalOptions): Promise<void> {
  const sdkFor = sdkOf(tenants, baseUrl);
  const placeOf = placesOf(tenants, sdkFor, new Sessions());

  api.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    // SameSite=Strict keeps other sites out; this also keeps out a form or image on a sibling port.
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') throw new BadRequest('only the terminal itself may call this');
  });

  api.setErrorHandler((error, request, reply) => {
    const problem = viewProblem(error);
    if (problem.status >= 500) request.log.error({ err: error }, 'the terminal could not answer');
    return reply.code(problem.status).send(problem);
  });

  api.get('/tenants', (): TenantView[] =>
    tenants.map(({ id, name, preset = id, keepsDevices, clients, accounts = [] }) => ({
      id,
      name,
      preset,
      keepsDevices,
      accounts: accounts.map(({ account, password, name }) => ({ account, password, name })),
      clients: clients.map(({ id, name, kind, offers, binds, minimumVersion = null }) => ({
        id,
        name,
        kind,
        offers,
        binds,
        minimumVersion,
      })),
    })),
  );

  api.get('/seats/:tenant/:client/:device/phase', async (request, reply): Promise<PhaseView> => {
    const { hufu } = placeOf(request, reply);
    const phase = await hufu.rollout.get().then((rollout) => rollout.phase, unlessRefused);
    return { phase };
  });

  loginRoutes(api, placeOf);
  accountRoutes(api, placeOf);
  deskRoutes(api, sdkFor);
}

/** A key without the scope simply does not know. */
function unlessRefused(error: unknown): null {
  if (error instanceof HufuProblem && error.code === 'missing-scope') return null;
  throw error;
}

const shown = ['attemptsLeft', 'installed', 'required', 'download', 'contact', 'until', 'clients'] as const;

/** What the page is told: Hufu's refusals by their code, our own by theirs, and nothing about faults. */
function viewProblem(error: unknown): ProblemView {
  if (error instanceof HufuProblem) {
    const { code, status, title, detail, retryAfter, members } = error;
    const extra = Object.fromEntries(shown.flatMap((name) => (name in members ? [[name, members[name]]] : [])));
    return { code, status, title, detail, retryAfter, ...extra };
  }
  if (error instanceof SignedOut) return ours(401, 'signed-out');
  if (error instanceof HufuUnreachable) return ours(503, 'unreachable');
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  const refused = error instanceof BadRequest || (typeof status === 'number' && status >= 400 && status < 500);
  return refused ? ours(400, 'bad-request') : ours(500, 'internal');
}

const ours = (status: number, code: string): ProblemView => ({ code, status, title: code, detail: '' });
