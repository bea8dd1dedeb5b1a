// The OpenAPI 3.1 document, made from the endpoint table and the schemas that validate.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ENDPOINTS, type Endpoint } from '../../contract/endpoints.ts';
import { PROBLEMS, type ProblemCode } from '../../contract/problems.ts';
import { Problem } from '../../contract/schemas.ts';
import { SCOPES } from '../../contract/scopes.ts';
import type { Reply } from './replies.ts';

type Json = Record<string, unknown>;
const ALWAYS: readonly ProblemCode[] = [
  'malformed-request',
  'invalid-request',
  'unauthenticated',
  'missing-scope',
  'too-many-requests',
  'unavailable',
  'internal',
];
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
    for (const [name, definition] of Object.entries($defs ?? {})) schemas[name] ??= relink(definition);
    const { id, ...own } = relink(json);
    if (typeof id !== 'string') return own;
    schemas[id] ??= own;
    return { $ref: `#/components/schemas/${id}` };
  };
  ref(Problem, 'output');
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of Object.entries(ENDPOINTS as Readonly<Record<string, Endpoint>>)) {
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
    tags: [...new Set(Object.values(ENDPOINTS).map((e) => e.tag))].map((tag) => ({
      name: tag,
      description: `${tag} of the tenant that the API key belongs to`,
    })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: `An API key of one tenant. Scopes: ${Object.entries(SCOPES)
            .map(([s, d]) => `${s} (${d})`)
            .join('; ')}`,
        },
      },
    },
  };
}

function operation(name: string, endpoint: Endpoint, ref: (schema: z.ZodType, io: 'input' | 'output') => Json): Json {
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
    ...(endpoint.method === 'POST'
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            description: 'Repeats with the same key get the first answer',
            schema: { type: 'string', maxLength: 200 },
          },
        ]
      : []),
  ];
  const responses: Record<string, Json> = {};
  for (const [status, schema] of Object.entries(endpoint.replies))
    responses[status] = {
      description: schema === null ? 'Done' : endpoint.summary,
      ...(schema === null ? {} : { content: { 'application/json': { schema: ref(schema, 'output') } } }),
    };
  const codes = endpoint.scope === null ? (['internal'] as const) : [...ALWAYS, ...endpoint.problems];
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) byStatus.set(PROBLEMS[code].status, [...(byStatus.get(PROBLEMS[code].status) ?? []), code]);
  for (const [status, list] of [...byStatus].sort(([a], [b]) => a - b))
    responses[String(status)] ??= {
      description: `Problem: ${list.join(', ')}`,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  return {
    operationId: name,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(endpoint.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: ref(endpoint.body, 'input') } } } }),
    responses,
    security: endpoint.scope === null ? [] : [{ apiKey: [] }],
    ...(endpoint.scope === null ? {} : { 'x-scope': endpoint.scope }),
  };
}

const members = (schema: z.ZodObject | undefined): [string, z.ZodType][] =>
  Object.entries(schema?.shape ?? {}) as [string, z.ZodType][];

/** Definitions live under components in OpenAPI. */
function relink(value: Json): Json {
  return JSON.parse(JSON.stringify(value).replaceAll('#/$defs/', '#/components/schemas/')) as Json;
}
