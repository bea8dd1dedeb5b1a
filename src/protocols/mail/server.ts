// Mail doors on a listener of their own: only what proxies ask, nothing people or relying parties use.
import Fastify, { type FastifyInstance } from 'fastify';
import { type AuthHttpOptions, registerAuthHttp } from './auth-http.ts';

/** Builds the server; the caller listens, on an address only the mail servers reach. */
export function mailServer(options: AuthHttpOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: 1024,
    requestTimeout: 10_000,
    keepAliveTimeout: 72_000,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
  });
  app.setErrorHandler((error, _, reply) => {
    options.ports.onFault(error, 'mail');
    return reply.code(500).send();
  });
  app.setNotFoundHandler((_, reply) => reply.code(404).send());
  registerAuthHttp(app, options);
  return app;
}
