// The OpenAPI 3.1 document, made from the endpoint table and the schemas that validate.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ENDPOINTS, type Endpoint, type EndpointName, isPublic, type Who, whoCalls } from '../../contract/endpoints.ts';
import { EXAMPLES } from '../../contract/examples.ts';
import { PROBLEMS, type ProblemCode } from '../../contract/problems.ts';
import { Problem } from '../../contract/schemas.ts';
import { SCOPES } from '../../contract/scopes.ts';
import type { Reply } from './replies.ts';

type Json = Record<string, unknown>;
/** What any call that needs a key may be told. */
const ALWAYS: readonly ProblemCode[] = [
  'malformed-request',
  'invalid-request',
  'unauthenticated',
  'missing-scope',
  'too-many-requests',
  'unavailable',
  'internal',
];
const ALWAYS_SIGNED: readonly ProblemCode[] = ALWAYS.filter((code) => code !== 'missing-scope');
/** What any open call that does something may be told. */
const ALWAYS_OPEN: readonly ProblemCode[] = ALWAYS.filter(
  (code) => !['missing-scope', 'unauthenticated'].includes(code),
);
/** What any call of a page may be told. */
const ALWAYS_ON_PAGES: readonly ProblemCode[] = [
  ...ALWAYS.filter((code) => code !== 'missing-scope' && code !== 'unauthenticated'),
  'signed-out',
  'portal-off',
  'cross-site',
];
const PAGES: readonly Who[] = ['guest', 'visitor', 'person'];
/** Pages drawn for one login or one account, and told when the browser has gone on with another. */
const DRAWN: readonly Who[] = ['visitor', 'person'];
/** What a caller shows, by who it is; a phone signs its requests with headers. */
const SECURITY: Readonly<Record<Who, readonly Readonly<Record<string, readonly string[]>>[]>> = {
  anyone: [],
  guest: [],
  key: [{ apiKey: [] }],
  visitor: [{ visit: [] }],
  person: [{ session: [] }],
  phone: [],
  console: [],
  'console-visitor': [],
  operator: [],
};
let made: Json | undefined;

/** The document; `baseUrl` is where this server is reached. */
export function openApi(baseUrl = '/'): Json {
  made ??= build();
  return { ...made, servers: [{ url: baseUrl }] };
}

/** The document as a reply, made on the first request; 304 for whoever holds it already (RFC 9110 §13.1.2). */
export function openApiReply(baseUrl?: string): (ifNoneMatch: string | undefined) => Reply {
  let known: { readonly body: Json; readonly headers: Readonly<Record<string, string>> } | undefined;
  return (ifNoneMatch) => {
    if (known === undefined) {
      const body = openApi(baseUrl);
      const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22)}"`;
      known = { body, headers: { 'cache-control': 'public, max-age=300', etag } };
    }
    return ifNoneMatch?.includes(known.headers['etag'] ?? '') === true
      ? { status: 304, body: null, headers: known.headers }
      : { status: 200, ...known };
  };
}

function build(): Json {
  const schemas: Record<string, Json> = {};
  const ref = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const {
      $schema: _,
      $defs,
      ...json
    } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as Json & {
      $defs?: Record<string, Json>;
    };
    for (const [name, definition] of Object.entries($defs ?? {})) schemas[name] ??= withoutId(relink(definition));
    const { id, ...own } = relink(json);
    if (typeof id !== 'string') return own;
    schemas[id] ??= own;
    return { $ref: `#/components/schemas/${id}` };
  };
  ref(Problem, 'output');
  const paths: Record<string, Json> = {};
  // What only operators call is nobody else's business.
  const rows = (Object.entries(ENDPOINTS) as [EndpointName, Endpoint][]).filter(([, endpoint]) => isPublic(endpoint));
  for (const [name, endpoint] of rows) {
    const path = (paths[endpoint.path] ??= {});
    path[endpoint.method.toLowerCase()] = operation(name, endpoint, ref);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hufu',
      version: '1',
      description:
        'Two-step verification for brokerages and mail providers. Errors are RFC 9457 problems: act on `code`, never on text.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      contact: { name: 'The Hufu authors', url: 'https://hufu.dev' },
    },
    tags: [...new Set(rows.map(([, e]) => e.tag))].map((tag) => ({
      name: tag,
      description: `${tag} of the tenant that the API key belongs to`,
    })),
    paths,
    components: {
      schemas,
      parameters: PARAMETERS,
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: `An API key of one tenant. Scopes: ${Object.entries(SCOPES)
            .map(([s, d]) => `${s} (${d})`)
            .join('; ')}`,
        },
        visit: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-hufu-login.{tenant}',
          description: 'The login that is open in a browser. Opens the calls of that login, and nothing else',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-hufu-{tenant}',
          description: 'A session of a person in a browser',
        },
      },
    },
  };
}

function operation(
  name: EndpointName,
  endpoint: Endpoint,
  ref: (schema: z.ZodType, io: 'input' | 'output') => Json,
): Json {
  const isPost = endpoint.method === 'POST';
  const who = whoCalls(endpoint);
  const parameters = [
    ...members(endpoint.params).map(([key, schema]) => ({
      name: key,
      in: 'path',
      required: true,
      schema: ref(schema, 'input'),
    })),
    ...members(endpoint.query).map(([key, schema]) => ({
      name: key,
      in: 'query',
      required: false,
      schema: ref(schema, 'input'),
    })),
    ...(PAGES.includes(who) ? [{ $ref: '#/components/parameters/HufuTenant' }] : []),
    ...(DRAWN.includes(who) ? [{ $ref: '#/components/parameters/HufuFor' }] : []),
    ...(isPost && who === 'key' ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ...(who === 'anyone' ? [] : [{ $ref: '#/components/parameters/AcceptLanguage' }]),
  ];
  const responses: Record<string, Json> = {};
  for (const [status, schema] of Object.entries(endpoint.replies))
    responses[status] = {
      description: schema === null ? 'Done' : endpoint.summary,
      ...(schema === null ? {} : { content: { 'application/json': { schema: ref(schema, 'output') } } }),
      ...(endpoint.downloads === undefined
        ? {}
        : { content: Object.fromEntries(endpoint.downloads.map((type) => [type, { schema: { type: 'string' } }])) }),
      ...(endpoint.streams === true ? { content: { 'text/event-stream': { schema: { type: 'string' } } } } : {}),
    };
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(endpoint))
    byStatus.set(PROBLEMS[code].status, [...(byStatus.get(PROBLEMS[code].status) ?? []), code]);
  for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b))
    responses[String(status)] ??= {
      description: `Problem: ${codes.join(', ')}`,
      ...(status === 429
        ? { headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } } }
        : {}),
      content: {
        'application/problem+json': {
          schema: {
            allOf: [
              { $ref: '#/components/schemas/Problem' },
              { type: 'object', properties: { code: { enum: codes } } },
            ],
          },
        },
      },
    };
  const example = EXAMPLES[name];
  return {
    operationId: name,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(endpoint.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: ref(endpoint.body, 'input'),
                ...(example === undefined ? {} : { example }),
              },
            },
          },
        }),
    responses,
    security: SECURITY[who],
    ...(endpoint.scope === null ? {} : { 'x-scope': endpoint.scope }),
  };
}

/** Every problem an endpoint may answer: its own, and those of any call of its kind. */
export function problemsOf(endpoint: Endpoint): readonly ProblemCode[] {
  const who = whoCalls(endpoint);
  if (who === 'anyone' && endpoint.problems.length === 0) return ['internal'];
  const kind: ProblemCode[] = [
    ...(who === 'key'
      ? ALWAYS
      : who === 'anyone'
        ? ALWAYS_OPEN
        : PAGES.includes(who)
          ? ALWAYS_ON_PAGES
          : ALWAYS_SIGNED),
    ...(DRAWN.includes(who) ? (['another-account'] as const) : []),
    ...(endpoint.params === undefined ? [] : (['not-found'] as const)),
    ...(endpoint.body === undefined ? [] : (['payload-too-large', 'unsupported-media-type'] as const)),
    ...(endpoint.method === 'POST' && who === 'key'
      ? (['idempotency-key-reused', 'request-in-progress'] as const)
      : []),
    ...(endpoint.shownOnce === true && who === 'key' ? (['shown-once'] as const) : []),
  ];
  return [...new Set([...kind, ...endpoint.problems])];
}

const PARAMETERS = {
  HufuTenant: {
    name: 'Hufu-Tenant',
    in: 'header',
    required: true,
    description: 'Whose pages call. Calls that change something must also bear an Origin of this server',
    schema: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' },
    example: 'guoan',
  },
  HufuFor: {
    name: 'Hufu-For',
    in: 'header',
    required: false,
    description:
      'What the page was drawn for, percent-encoded: the id of the login under /v1/me/login, else the account. Refused as `another-account` where the cookie is of another one',
    schema: { type: 'string', maxLength: 600 },
    example: '700004',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'A name for this request, fresh per request. For a day a repeat under the same name gets the first answer and does nothing more.',
    schema: { type: 'string', maxLength: 200, pattern: '^[!-~]+$' },
    example: '6f1c2a1e-7a53-4d1e-9a52-3a0f0f1d9b7c',
  },
  AcceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    required: false,
    description: 'The language of a problem\u2019s title and detail: zh-CN, zh-HK or en',
    schema: { type: 'string' },
    example: 'zh-HK',
  },
} as const;

const withoutId = ({ id: _, ...rest }: Json): Json => rest;
const members = (schema: z.ZodObject | undefined): [string, z.ZodType][] =>
  Object.entries(schema?.shape ?? {}) as [string, z.ZodType][];

/** Definitions live under components in OpenAPI; JSON Schema knows `examples`, and no `id` but its own `$id`. */
function relink(value: Json): Json {
  const linked = JSON.stringify(value).replaceAll('#/$defs/', '#/components/schemas/');
  return JSON.parse(linked, (_, node: unknown) => {
    if (
      typeof node !== 'object' ||
      node === null ||
      Array.isArray(node) ||
      !('example' in node) ||
      typeof node.example === 'object'
    )
      return node;
    const { example, ...rest } = node;
    return { ...rest, examples: [example] };
  }) as Json;
}
