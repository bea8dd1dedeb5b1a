// The HTTP door: registers every row of the endpoint table, checks who calls and what they send, and answers in their language.
import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  ENDPOINTS,
  type Endpoint,
  type EndpointName,
  isPublic,
  type Who,
  whoCalls,
  whoCallsAtConsole,
} from '../../contract/endpoints.ts';
import type { Locale } from '../../contract/problems.ts';
import { type Caller, StaleCaller } from '../../core/ports.ts';
import { addressBlock } from '../../core/throttle/addresses.ts';
import { operators } from './callers/operators.ts';
import { people } from './callers/people.ts';
import { hashBody, phones } from './callers/phone.ts';
import type { Handler, HttpPorts, Identified, Identify, KnownKey } from './handler.ts';
import { askedLocale, localeOf } from './language.ts';
import { limiter } from './limits.ts';
import { openApiReply } from './openapi.ts';
import { consolePages, pages } from './pages.ts';
import { problem, type Reply, refused } from './replies.ts';
import { HANDLERS } from './routes/index.ts';
import { errorsOf, jsonSchema, validator } from './validation.ts';
import { answerUnreadable, HEADER_LIMIT, requestIds } from './wire.ts';

/** Calls whose flow reads a snapshot first: its registry version proves a remembered key, and the key costs no read of its own. */
const REMEMBERED: ReadonlySet<EndpointName> = new Set(['startLogin', 'verify', 'sendCode']);
const NO_QUERY = z.strictObject({});
const BODY_LIMIT = 64 * 1024;
const IMPORT_LIMIT = 2 * 1024 * 1024;

export interface HttpOptions {
  readonly ports: HttpPorts;
  /** ms; only for limits and logs. */
  readonly clock: () => number;
  readonly onFault: (error: unknown, instance: string) => void;
  /** Where people and clients reach this server, for the OpenAPI document. */
  readonly baseUrl?: string;
  /** The folder the pages were built into; absent: no pages are served. */
  readonly webRoot?: string;
  /** Addresses and networks of reverse proxies that may say where a request comes from. */
  readonly proxies?: readonly string[];
  /** The admin listener: where operators reach it. It serves what they may call, and nothing of people's. */
  readonly consoleUrl?: string;
  /** Further doors on the same address. */
  readonly doors?: readonly ((app: FastifyInstance) => void)[];
}

/** Builds the server; the caller listens. */
export function httpServer({
  ports,
  clock,
  onFault,
  baseUrl,
  webRoot,
  proxies = [],
  consoleUrl,
  doors = [],
}: HttpOptions): FastifyInstance {
  const nextId = requestIds();
  const app = Fastify({
    genReqId: nextId,
    // Where people are is what limits and approvals go by: only a proxy of ours may say it for others.
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    frameworkErrors: (error, request, reply) => {
      send(reply, faultReply(error, request));
    },
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, instanceOf({ id: nextId() })),
    http: { maxHeaderSize: HEADER_LIMIT },
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    connectionTimeout: 40_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 400 },
    logger: false,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    exposeHeadRoutes: false,
  });
  const perKey = limiter(ports.requestsPerSecond);
  /** How each kind of caller is known, one row each. */
  const identify: Readonly<Record<Exclude<Who, 'anyone'>, Identify>> = {
    key: apiKey,
    ...people(ports, new URL(baseUrl ?? 'http://localhost').origin, clock),
    phone: phones(ports, clock),
    ...operators(ports, new URL(consoleUrl ?? 'http://localhost').origin, clock),
  };
  /** Who calls a row at this listener; undefined: it is not served here. */
  const whoHere = (endpoint: Endpoint): Who | undefined =>
    consoleUrl === undefined ? (isPublic(endpoint) ? whoCalls(endpoint) : undefined) : whoCallsAtConsole(endpoint);
  const served = (Object.entries(ENDPOINTS) as [EndpointName, Endpoint][]).filter(
    ([, endpoint]) => whoHere(endpoint) !== undefined,
  );
  // An address that keeps sending bad keys: one guess a second, sixty in a burst.
  const perStranger = limiter(1, 60);
  // Nor may an address call what is open to anyone, and does something, without end.
  const perGuest = limiter(10, 300);

  // A browser that came by TLS once never comes without it again (RFC 6797).
  if ((consoleUrl ?? baseUrl)?.startsWith('https:') === true)
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('strict-transport-security', 'max-age=31536000');
    });
  if (webRoot !== undefined) (consoleUrl === undefined ? pages : consolePages)(app, webRoot);
  for (const door of doors) door(app);

  // Fastify reads text as well; we read JSON only.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error, request, reply) => send(reply, faultReply(error, request)));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const allow = served.filter(([, e]) => pattern(e.path).test(path)).map(([, e]) => e.method);
    // An address of ours by its shape, but with a parameter no route takes (too long, empty), is nowhere.
    if (allow.length === 0 || allow.includes(request.method as Endpoint['method']))
      return send(reply, problem('not-found', localeOf(request), instanceOf(request)));
    reply.header('allow', allow.join(', '));
    return send(reply, problem('method-not-allowed', localeOf(request), instanceOf(request), { allow }));
  });

  const faultReply = (error: unknown, request: FastifyRequest): Reply => {
    const locale = localeOf(request);
    const instance = instanceOf(request);
    const code = (error as { code?: string }).code ?? '';
    if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
      return problem('payload-too-large', locale, instance, { limitBytes: request.routeOptions.bodyLimit });
    if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return problem('unsupported-media-type', locale, instance);
    if (code === 'FST_ERR_MAX_PARAM_LENGTH') return problem('not-found', locale, instance);
    if (code === 'FST_ERR_BAD_URL') return problem('malformed-request', locale, instance);
    if (code.startsWith('FST_ERR_CTP') || error instanceof SyntaxError)
      return problem('malformed-request', locale, instance);
    onFault(error, instance);
    return isStoreFault(error) ? problem('unavailable', locale, instance) : problem('internal', locale, instance);
  };

  for (const [name, endpoint] of served) register(name, endpoint, whoHere(endpoint) ?? 'operator');
  if (consoleUrl === undefined) {
    const document = openApiReply(baseUrl);
    app.get('/openapi.json', async (request, reply) => send(reply, document(request.headers['if-none-match'])));
  }

  function register(name: EndpointName, endpoint: Endpoint, who: Who): void {
    const handler = HANDLERS[name] as Handler<EndpointName>;
    const checks = (['params', 'query', 'body'] as const).flatMap((place) => {
      // What a row does not name is refused, or a misspelt filter would be no filter; only monitors may add what they like.
      const schema = endpoint[place] ?? (place === 'query' && who !== 'anyone' ? NO_QUERY : undefined);
      return schema === undefined ? [] : [{ place, check: validator(schema, place) }];
    });
    const mayRemember = REMEMBERED.has(name);
    const largest = name === 'importAccounts' ? IMPORT_LIMIT : BODY_LIMIT;
    // Who may not send it gets no large body read and parsed.
    const known = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      if (who === 'anyone') return;
      const told = await identify[who](request, endpoint, false, localeOf(request), instanceOf(request));
      if ('status' in told) await send(reply.header('connection', 'close'), told);
    };
    app.route({
      method: endpoint.method,
      url: endpoint.path.replaceAll(':', '::').replace(/\{(\w+)\}/g, ':$1'),
      bodyLimit: largest,
      // A compiled serialiser is worth its memory where logins pass; a test holds every reply to its schema.
      ...(mayRemember ? { schema: { response: serialised(endpoint) } } : {}),
      ...(largest > BODY_LIMIT ? { onRequest: known } : {}),
      ...(who === 'phone' ? { preParsing: hashBody } : {}),
      handler: async (request, reply) => {
        let told: Reply;
        try {
          told = await answer(request, mayRemember && request.headers['idempotency-key'] === undefined);
        } catch (error) {
          // The registry moved on since the key was read: who calls is asked again, before anything is decided.
          if (!(error instanceof StaleCaller)) throw error;
          told = await answer(request, false);
        }
        send(reply, told);
        // A reply is waited for like a promise: one that has left needs none of that.
        return reply.sent ? undefined : reply;
      },
    });

    async function answer(request: FastifyRequest, remembered: boolean): Promise<Reply> {
      const locale = localeOf(request);
      const instance = instanceOf(request);
      let known: Identified = ANYONE;
      if (who === 'anyone' && endpoint.body !== undefined) {
        const wait = perGuest.take(addressBlock(request.ip), clock());
        if (wait > 0) return problem('too-many-requests', locale, instance, { retryAfter: wait });
      }
      if (who !== 'anyone') {
        const told = identify[who](request, endpoint, remembered, locale, instance);
        const either = told instanceof Promise ? await told : told;
        if ('status' in either) return either;
        known = either;
      }
      for (const { place, check } of checks) {
        const given = place === 'body' ? request.body : place === 'query' ? request.query : request.params;
        const wrong = check(given ?? {});
        const isMissing = place === 'body' && (given === undefined || given === null);
        if (wrong !== null || isMissing)
          return problem('invalid-request', locale, instance, {
            errors: isMissing ? NO_BODY : errorsOf(wrong),
            place,
          });
      }
      const acted = acting(endpoint, known.caller, request.body);
      if (acted === undefined)
        return problem('invalid-request', locale, instance, { errors: NO_OPERATOR, place: 'body' });
      const call = {
        ...known,
        from: request,
        asked: askedLocale(request),
        params: request.params,
        query: request.query,
        body: acted.body,
      } as Parameters<typeof handler>[1];
      const idempotencyKey = request.headers['idempotency-key'];
      // Only an API key names requests: a page's caller is a cookie, and what it is told must not outlive that.
      if (endpoint.method !== 'POST' || idempotencyKey === undefined || who !== 'key')
        return replyOf(await handler(ports, call), locale, instance);
      const run = async (): Promise<Reply> => replyOf(await handler(ports, call), locale, instance);
      return once(endpoint, known.caller, String(idempotencyKey), request, locale, instance, run);
    }
  }

  /** The caller behind a bearer token: at once when its key is remembered, and nothing speaks against its address. */
  function apiKey(
    request: FastifyRequest,
    endpoint: Endpoint,
    remembered: boolean,
    locale: Locale,
    instance: string,
  ): Identified | Reply | Promise<Identified | Reply> {
    const header = request.headers.authorization ?? '';
    const token = /^Bearer /i.test(header) ? header.slice(7, 208) : '';
    const address = addressBlock(request.ip);
    const key = remembered && !perStranger.knows(address) ? ports.rememberedKey(token) : undefined;
    return key === undefined
      ? readKey(token, address, endpoint, remembered, locale, instance)
      : admitted(key, endpoint, remembered, locale, instance);
  }

  async function readKey(
    token: string,
    address: string,
    endpoint: Endpoint,
    remembered: boolean,
    locale: Locale,
    instance: string,
  ): Promise<Identified | Reply> {
    // Who has used up its guesses costs no reads any more, unless it names a key: whoever shares the address with it still gets in.
    // Its guess is taken before the read, so that many at once are no way round it, and given back to a good key.
    const isSuspect = perStranger.knows(address);
    const guess = isSuspect ? perStranger.take(address, clock()) : 0;
    if (guess > 0 && !(await ports.mayBeKey(token)))
      return problem('too-many-requests', locale, instance, { retryAfter: guess });
    const held = remembered ? ports.rememberedKey(token) : undefined;
    const key = held ?? (token === '' || token.length > 200 ? undefined : await ports.apiKey(token));
    if (key === undefined) {
      const wait = isSuspect ? guess : perStranger.take(address, clock());
      return wait > 0
        ? problem('too-many-requests', locale, instance, { retryAfter: wait })
        : problem('unauthenticated', locale, instance);
    }
    if (isSuspect && guess === 0) perStranger.give(address);
    return admitted(key, endpoint, remembered, locale, instance);
  }

  /** What a key in force may do: as often as all keys may, and what it was given. */
  function admitted(
    key: KnownKey,
    { scope }: Endpoint,
    remembered: boolean,
    locale: Locale,
    instance: string,
  ): Identified | Reply {
    const wait = perKey.take(key.id, clock());
    if (wait > 0) return problem('too-many-requests', locale, instance, { retryAfter: wait });
    if (scope === null || !key.scopes.has(scope)) return problem('missing-scope', locale, instance, { scope });
    const caller: Caller = {
      tenantId: key.tenantId,
      actor: `key:${key.id}`,
      keyId: key.id,
      client: key.clientId === null ? null : { id: key.clientId, version: key.clientVersion },
      ...(remembered ? { registryVersion: key.registryVersion } : {}),
    };
    return { caller };
  }

  /** Answers a named request once: a repeat gets the first answer, another request under the same name is refused. */
  async function once(
    endpoint: Endpoint,
    caller: Caller,
    name: string,
    request: FastifyRequest,
    locale: Locale,
    instance: string,
    run: () => Promise<Reply>,
  ): Promise<Reply> {
    if (!/^[\x21-\x7e]{1,200}$/.test(name))
      return problem('invalid-request', locale, instance, {
        errors: [{ at: '/Idempotency-Key', code: 'pattern', message: '1 to 200 visible ASCII characters' }],
        place: 'header',
      });
    // Keyed with the caller's own token, which is stored nowhere: a copied row helps nobody to guess the password in the body.
    const fingerprint = createHmac('sha256', request.headers.authorization ?? '')
      .update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
      .digest('base64url');
    const claim = await ports.idempotency.claim(caller, name, fingerprint);
    if (claim.kind === 'reused') return problem('idempotency-key-reused', locale, instance);
    if (claim.kind === 'busy') return problem('request-in-progress', locale, instance);
    if (claim.kind === 'known') {
      if (claim.body === null)
        return claim.status === 204 ? { status: 204, body: null } : problem('shown-once', locale, instance);
      const body = JSON.parse(claim.body) as unknown;
      return {
        status: claim.status,
        body,
        headers: {
          'idempotency-replayed': 'true',
          ...(claim.status >= 400 ? { 'content-type': 'application/problem+json; charset=utf-8' } : {}),
        },
      };
    }
    let reply: Reply;
    try {
      reply = await run();
    } catch (error) {
      await ports.idempotency.release(caller, name, claim.claim).catch(() => {});
      throw error;
    }
    // "Not now" is no answer to keep: nothing was done, and the same request may be let in later.
    if (reply.status === 429 || reply.status >= 500) {
      await ports.idempotency.release(caller, name, claim.claim);
      return reply;
    }
    const keep = endpoint.shownOnce === true && reply.status < 400 ? null : JSON.stringify(reply.body);
    await ports.idempotency.finish(caller, name, claim.claim, reply.status, keep);
    return reply;
  }

  return app;
}

/** What a handler answered, as it is told. */
function replyOf(result: Awaited<ReturnType<Handler<EndpointName>>>, locale: Locale, instance: string): Reply {
  if ('kind' in result) return refused(result, locale, instance);
  return result.invalid === undefined
    ? result
    : problem('invalid-request', locale, instance, { errors: result.invalid, place: 'body' });
}

/** The schemas of what a row answers when all is well, by status. */
const serialised = (endpoint: Endpoint): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(endpoint.replies).flatMap(([status, schema]) =>
      schema === null ? [] : [[status, jsonSchema(schema)]],
    ),
  );

const ANYONE: Identified = { caller: { tenantId: '', actor: 'nobody', keyId: '', client: null } };

const NO_OPERATOR = [{ at: '/operator', code: 'required', message: 'name who does this' }];

/** The body with who acts in it, where a row wants that: the operator of the session, or whom an API key names; undefined where nobody is named. */
function acting({ body }: Endpoint, { operator }: Caller, given: unknown): { readonly body: unknown } | undefined {
  if (!(body instanceof z.ZodObject) || !('operator' in body.shape)) return { body: given };
  const named = given as { readonly operator?: string };
  if (operator !== undefined) return { body: { ...named, operator: operator.login } };
  return named.operator === undefined ? undefined : { body: named };
}

const NO_BODY = [{ at: '', code: 'required', message: 'a JSON object is needed' }];

function send(reply: FastifyReply, answer: Reply): FastifyReply {
  reply.code(answer.status).header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  if (answer.headers !== undefined) reply.headers(answer.headers);
  if (answer.cookies !== undefined) reply.header('set-cookie', answer.cookies);
  if (answer.body === null) return reply.send();
  // A stream of events is sent as it comes.
  if (answer.body instanceof Readable) return reply.send(answer.body);
  // Problems are not in the route's response schema; they are written as they are.
  return answer.status >= 400 && answer.headers?.['content-type'] !== undefined
    ? reply.serializer(JSON.stringify).send(answer.body)
    : reply.send(answer.body);
}

const pattern = (path: string): RegExp => new RegExp(`^${path.replace(/[.:]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`);
const instanceOf = (request: { readonly id: string }): string => `urn:hufu:request:${request.id}`;

/** A broken or unreachable database, a full disk: nothing was told, and nobody is let in. */
function isStoreFault(error: unknown): boolean {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  return (
    /^(ERR_SQLITE|ECONN|EPIPE|ETIMEDOUT|ENOSPC|EIO|EROFS|EMFILE|[0-9A-Z]{5}$)/.test(code) ||
    /timeout|terminated|database|connection|cannot use a pool|sealed value|lost its race/i.test(message)
  );
}
