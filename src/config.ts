// File and environment to one frozen Config. Refuses to start on nonsense, and says which key. Flags outweigh environment, environment the file.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const Schema = z.strictObject({
  data: z.string().min(1).default('./data').meta({ description: 'folder of the database and the key file' }),
  database: z.string().min(1).optional().meta({ description: 'postgres://… ; absent: SQLite in the data folder' }),
  keyFile: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'key-encryption keys; default: hufu.keys in the data folder' }),
  host: z.string().default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(8420),
  baseUrl: z.url().optional().meta({ description: 'how clients reach this server' }),
  requestsPerSecond: z.coerce
    .number()
    .int()
    .min(1)
    .default(2000)
    .meta({ description: 'per API key, sustained; bursts of twice that' }),
  log: z.enum(['silent', 'info', 'requests']).default('info'),
  sms: z
    .strictObject({
      url: z.url(),
      /** Sent as Authorization. */
      authorization: z.string().optional(),
      timeoutMs: z.coerce.number().int().min(100).max(60_000).default(10_000),
    })
    .optional()
    .meta({ description: 'a generic HTTP gateway for SMS' }),
});

export type Config = Readonly<z.output<typeof Schema>> & {
  readonly databaseFile: string;
  readonly keyFile: string;
  readonly dataFolder: string;
};

const ENVIRONMENT: Readonly<Record<string, readonly string[]>> = {
  HUFU_DATA: ['data'],
  HUFU_DATABASE: ['database'],
  HUFU_KEY_FILE: ['keyFile'],
  HUFU_HOST: ['host'],
  HUFU_PORT: ['port'],
  HUFU_BASE_URL: ['baseUrl'],
  HUFU_REQUESTS_PER_SECOND: ['requestsPerSecond'],
  HUFU_LOG: ['log'],
  HUFU_SMS_URL: ['sms', 'url'],
  HUFU_SMS_AUTHORIZATION: ['sms', 'authorization'],
};

/** What is wrong with the configuration, in words for whoever starts the server. */
export class ConfigError extends Error {}

/** Reads the configuration. `flags` are the command line's; undefined ones are ignored. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  flags: Readonly<Record<string, unknown>> = {},
): Config {
  const raw: Record<string, unknown> = {};
  const file = typeof flags['config'] === 'string' ? flags['config'] : env['HUFU_CONFIG'];
  if (file !== undefined) {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      throw new ConfigError(`the configuration file ${file} cannot be read`);
    }
    let parsed: unknown;
    try {
      parsed = parse(text);
    } catch (error) {
      throw new ConfigError(
        `${file}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'is not YAML'}`,
        { cause: error },
      );
    }
    if (parsed !== null && (typeof parsed !== 'object' || Array.isArray(parsed)))
      throw new ConfigError(`${file} must hold key: value lines`);
    Object.assign(raw, parsed);
  }
  for (const [name, path] of Object.entries(ENVIRONMENT)) {
    const value = env[name];
    if (value === undefined || value === '') continue;
    const [first, second] = path as [string, string | undefined];
    if (second === undefined) raw[first] = value;
    else raw[first] = { ...(raw[first] as object | undefined), [second]: value };
  }
  for (const [name, value] of Object.entries(flags)) if (value !== undefined && name !== 'config') raw[name] = value;
  const result = Schema.safeParse(raw);
  if (!result.success) {
    const issue = result.error.issues[0];
    const key =
      issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : 'configuration');
    throw new ConfigError(`configuration: ${key}: ${issue?.message ?? 'is not valid'}`);
  }
  const config = result.data;
  if (config.database !== undefined && !/^postgres(ql)?:\/\//.test(config.database))
    throw new ConfigError('configuration: database: must be a postgres:// address');
  const dataFolder = resolve(config.data);
  return Object.freeze({
    ...config,
    dataFolder,
    databaseFile: join(dataFolder, 'hufu.db'),
    keyFile: resolve(config.keyFile ?? join(dataFolder, 'hufu.keys')),
  });
}
