// Ajv validators from the contract's Zod schemas: the same schema validates, types and documents. Bodies are never coerced or trimmed.
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { z } from 'zod';
import { IP } from '../../contract/ip.ts';

const options = { strict: false, allErrors: true, useDefaults: false, removeAdditional: false } as const;
const exact = new Ajv({ ...options, coerceTypes: false });
const coercing = new Ajv({ ...options, coerceTypes: true });
for (const ajv of [exact, coercing]) formats.default(ajv);

/** A schema as JSON Schema draft 7, self-contained. */
export function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    metadata: z.registry(),
  });
  return rest as Record<string, unknown>;
}

/** What is wrong with a value, or null. */
export type Check = (value: unknown) => readonly ErrorObject[] | null;

/**
 * A check for one place of a request, compiled when it is first needed: most rows of the table wait long for their first call, and all of them
 * together would cost every start. Query and path parameters arrive as text and are coerced to what the schema wants.
 */
export function validator(schema: z.ZodType, place: 'body' | 'query' | 'params'): Check {
  let compiled: ValidateFunction | undefined;
  return (value) => {
    compiled ??= (place === 'body' ? exact : coercing).compile(jsonSchema(schema));
    return compiled(value) ? null : (compiled.errors ?? []);
  };
}

/** Ajv's errors as places and messages, at most twenty, without the noise that unions make. */
export function errorsOf(
  errors: readonly ErrorObject[] | null | undefined,
): { at: string; code: string; message: string }[] {
  const list = errors ?? [];
  const told = list.filter((e) => !(e.keyword === 'anyOf' && list.length > 1)).slice(0, 20);
  return told.map((e) => {
    const extra =
      e.keyword === 'additionalProperties'
        ? pointer(e.params['additionalProperty'])
        : e.keyword === 'required'
          ? pointer(e.params['missingProperty'])
          : '';
    const allowed = e.keyword === 'enum' ? `: ${(e.params['allowedValues'] as unknown[]).join(', ')}` : '';
    return {
      at: `${e.instancePath}${extra}`.slice(0, 200),
      code: e.keyword,
      message: `${PATTERNS[String(e.params['pattern'])] ?? MESSAGES[e.keyword] ?? e.message ?? 'is not valid'}${allowed}`,
    };
  });
}

/** One step of a JSON Pointer (RFC 6901 §3). */
const pointer = (member: unknown): string => `/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Forms that have a name. */
const PATTERNS: Readonly<Record<string, string>> = {
  [IP.source]: 'is not an IP address: IPv4 or IPv6, without a port',
};

/** Where our words are plainer than Ajv's. */
const MESSAGES: Readonly<Record<string, string>> = {
  additionalProperties: 'is not a known member',
  required: 'is missing',
  pattern: 'holds characters, or has a form, that do not belong here',
  propertyNames: 'has a member whose name does not belong here',
};
