// The pages people see, as Vite built them: each address gives one bundle's index.html, its assets come from one place. Strict content security
// policy, nothing inline, nothing from elsewhere; a page is never kept by a cache, an asset named by its content always (WEB-06, WEB-07).
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

type Bundle = 'login' | 'settings' | 'app' | 'console';

/** Where each bundle's files are found. The app's lie under its own address: its service worker may serve nothing above that. */
const AT: Readonly<Record<Bundle, string>> = {
  login: '/web/login/',
  settings: '/web/settings/',
  app: '/app/',
  console: '/web/console/',
};

/** Which page an address gives. A universal QR opens the app; reading it changes and reveals nothing (ENR-01). */
const PAGES: readonly { readonly url: string; readonly bundle: Bundle }[] = [
  { url: '/t/:tenant/login', bundle: 'login' },
  { url: '/t/:tenant/settings', bundle: 'settings' },
  { url: '/app/', bundle: 'app' },
  { url: '/s/:token', bundle: 'app' },
];

const policy = (script: string, style = "'self'"): string =>
  `default-src 'none'; script-src ${script}; style-src ${style}; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; ` +
  `manifest-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`;
// The app turns a PIN into a key by WebAssembly.
const CSP: Readonly<Record<Bundle, string>> = {
  console: policy("'self'"),
  login: policy("'self'"),
  settings: policy("'self'"),
  app: policy("'self' 'wasm-unsafe-eval'"),
};

const guards = (bundle: Bundle) => ({
  'content-security-policy': CSP[bundle],
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': `camera=${bundle === 'app' ? '(self)' : '()'}, microphone=(), geolocation=()`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
});

const NOT_BUILT =
  'The pages are not built. On the server: npm start builds them, or node scripts/setup/web.mjs.\n' +
  '页面尚未生成。請在伺服器上執行 npm start。\n';

/** Registers the pages over the folder they were built into; `webRoot` holds one folder for each bundle. */
export function pages(app: FastifyInstance, webRoot: string): void {
  for (const { url, bundle } of PAGES)
    app.route({ method: ['GET', 'HEAD'], url, handler: (_request, reply) => index(reply, webRoot, bundle) });
  app.get('/app', (_request, reply) => reply.redirect('/app/', 308));
  for (const bundle of ['login', 'settings', 'app'] as const) files(app, webRoot, bundle);
}

/**
 * Registers the operators' console, an origin of its own. Its parts write style elements: each page comes with a nonce that they carry, and nothing
 * else may (CSP3 §2.3.2).
 */
export function consolePages(app: FastifyInstance, webRoot: string): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/',
    handler: (_request, reply) => {
      const nonce = randomBytes(18).toString('base64url');
      reply.header('content-security-policy', policy("'self'", `'self' 'nonce-${nonce}'`));
      return index(reply, webRoot, 'console', nonce);
    },
  });
  files(app, webRoot, 'console');
}

/** A bundle's assets, kept for good where their name tells their content. */
function files(app: FastifyInstance, webRoot: string, bundle: Bundle): void {
  app.register(async (files) => {
    files.addHook('onSend', async (_request, reply) => {
      reply.headers(guards(bundle));
    });
    await files.register(fastifyStatic, {
      root: join(webRoot, bundle),
      prefix: AT[bundle],
      decorateReply: false,
      index: false,
      cacheControl: false,
      suppressWarning: true,
      setHeaders(reply, path) {
        const isNamed = /[\\/]assets[\\/]/.test(path);
        reply.header('cache-control', isNamed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  });
}

/** One bundle's page. Vite writes addresses relative to it; several addresses give the same page, so they are made absolute. */
async function index(reply: FastifyReply, webRoot: string, bundle: Bundle, nonce = ''): Promise<FastifyReply> {
  const { 'content-security-policy': csp, ...others } = guards(bundle);
  if (nonce === '') reply.header('content-security-policy', csp);
  reply.headers(others).header('cache-control', 'no-store');
  let html: string;
  try {
    html = await readFile(join(webRoot, bundle, 'index.html'), 'utf8');
  } catch {
    return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
  }
  const absolute = html.replace(/\b(src|href)="\.\//g, `$1="${AT[bundle]}`);
  return reply.type('text/html; charset=utf-8').send(absolute.replace('STYLE_NONCE', nonce));
}
