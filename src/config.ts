// File and environment to one frozen Config. Refuses to start on nonsense, and says which key. Flags outweigh environment, environment the file.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** `a@b`, or `Name <a@b>`: nothing that could begin another header. */
const MAILBOX = /^(?:[^<>"\p{Cc}]{1,100} <[^\s@<>"]{1,64}@[^\s@<>"]{1,190}>|[^\s@<>"]{1,64}@[^\s@<>"]{1,190})$/u;

/** A field of a subscribe message's template. */
const FIELD = /^[a-z_]{2,20}\d{1,2}$/;

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
  adminPort: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .meta({ description: 'the console and metrics, for operators only, on a port of its own; absent: not served' }),
  adminHost: z.string().default('127.0.0.1'),
  adminUrl: z
    .url()
    .optional()
    .meta({ description: 'how operators reach the console; https:// unless it is this very machine' }),
  proxies: z
    .union([z.string().transform((list) => list.split(/[\s,]+/).filter((one) => one !== '')), z.array(z.string())])
    .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: 'must be addresses or networks' })))
    .default([])
    .meta({ description: 'reverse proxies whose X-Forwarded-For says where people are; none: nobody is believed' }),
  baseUrl: z.url().optional().meta({ description: 'how clients reach this server' }),
  requestsPerSecond: z.coerce
    .number()
    .int()
    .min(1)
    .default(2000)
    .meta({ description: 'per API key, sustained; bursts of twice that' }),
  log: z.enum(['silent', 'info', 'requests']).default('info'),
  places: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'a file of prefix,zh-CN,zh-HK,en lines: the places people are told of when they approve' }),
  sms: z
    .strictObject({
      url: z.url(),
      /** Sent as Authorization. */
      authorization: z.string().optional(),
      timeoutMs: z.coerce.number().int().min(100).max(60_000).default(10_000),
    })
    .optional()
    .meta({ description: 'a generic HTTP gateway for SMS' }),
  push: z
    .strictObject({
      contact: z
        .string()
        .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'must be a mailto: or https: address')
        .optional(),
      hosts: z
        .array(z.string().regex(/^[a-z0-9.-]+(:\d+)?$/))
        .max(20)
        .default([]),
      timeoutMs: z.coerce.number().int().min(100).max(60_000).default(10_000),
    })
    .prefault({})
    .meta({ description: "waking phones through their browsers' push services" }),
  smtp: z
    .strictObject({
      host: z.string().min(1),
      port: z.coerce.number().int().min(1).max(65_535).optional(),
      tls: z.enum(['implicit', 'starttls', 'none']).default('starttls'),
      user: z.string().min(1).optional(),
      password: z.string().min(1).optional(),
      from: z.string().regex(MAILBOX, 'must be a mail address, or Name <address>'),
      timeoutMs: z.coerce.number().int().min(100).max(60_000).default(20_000),
    })
    .refine((smtp) => (smtp.user === undefined) === (smtp.password === undefined), 'user and password belong together')
    .optional()
    .meta({ description: 'the mail server that mails go out through' }),
  wechat: z
    .strictObject({
      appId: z.string().regex(/^wx[0-9a-f]{16}$/, 'is wx and sixteen hexadecimal digits'),
      appSecret: z.string().min(16),
      endpoint: z.url().default('https://api.weixin.qq.com'),
      timeoutMs: z.coerce.number().int().min(100).max(60_000).default(5_000),
      template: z.string().min(1).optional().meta({ description: 'the subscribe message of a login that asks' }),
      templateWho: z.string().regex(FIELD).default('thing1'),
      templateAt: z.string().regex(FIELD).default('time2'),
      state: z.enum(['formal', 'trial', 'developer']).default('formal'),
    })
    .optional()
    .meta({ description: 'the mini-program in WeChat' }),
  mail: z
    .strictObject({
      key: z.string().min(16, 'must be at least 16 characters').optional().meta({
        description: 'what nginx and Dovecot send with every question (X-Auth-Key); absent: they are not answered',
      }),
      listen: z
        .string()
        .min(1)
        .optional()
        .meta({ description: 'host:port or socket file where they are answered; absent: beside the API' }),
      backendPassword: z
        .string()
        .min(1)
        .optional()
        .meta({ description: 'what nginx gives the back end in place of the password' }),
      dovecotAuth: z
        .string()
        .min(1)
        .optional()
        .meta({ description: 'host:port or socket file of the Dovecot authentication protocol, for Postfix' }),
      tenant: z
        .string()
        .min(1)
        .optional()
        .meta({ description: 'whose mailboxes are asked about there; absent: the mail domain tells' }),
    })
    .optional()
    .meta({ description: 'doors for mail servers' }),
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
  HUFU_PROXIES: ['proxies'],
  HUFU_ADMIN_PORT: ['adminPort'],
  HUFU_ADMIN_HOST: ['adminHost'],
  HUFU_ADMIN_URL: ['adminUrl'],
  HUFU_REQUESTS_PER_SECOND: ['requestsPerSecond'],
  HUFU_LOG: ['log'],
  HUFU_PLACES: ['places'],
  HUFU_SMS_URL: ['sms', 'url'],
  HUFU_SMS_AUTHORIZATION: ['sms', 'authorization'],
  HUFU_SMTP_HOST: ['smtp', 'host'],
  HUFU_SMTP_PORT: ['smtp', 'port'],
  HUFU_SMTP_TLS: ['smtp', 'tls'],
  HUFU_SMTP_USER: ['smtp', 'user'],
  HUFU_SMTP_PASSWORD: ['smtp', 'password'],
  HUFU_SMTP_FROM: ['smtp', 'from'],
  HUFU_WECHAT_APP_ID: ['wechat', 'appId'],
  HUFU_WECHAT_APP_SECRET: ['wechat', 'appSecret'],
  HUFU_WECHAT_ENDPOINT: ['wechat', 'endpoint'],
  HUFU_WECHAT_TEMPLATE: ['wechat', 'template'],
  HUFU_MAIL_KEY: ['mail', 'key'],
  HUFU_MAIL_LISTEN: ['mail', 'listen'],
  HUFU_MAIL_BACKEND_PASSWORD: ['mail', 'backendPassword'],
  HUFU_MAIL_DOVECOT_AUTH: ['mail', 'dovecotAuth'],
  HUFU_MAIL_TENANT: ['mail', 'tenant'],
};

/** What is wrong with the configuration, in words for whoever starts the server. */
export class ConfigError extends Error {}

/** What is wrong with a value. The value itself is shown only where a number belongs: others may be secrets. */
function wordsOf(raw: unknown, issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code !== 'invalid_type' || issue.expected !== 'number') return issue?.message ?? 'is not valid';
  const value = issue.path.reduce<unknown>((at, name) => (at as Record<PropertyKey, unknown> | undefined)?.[name], raw);
  return `${JSON.stringify(value)} is not a number`;
}

/** Reads the configuration. `flags` are the command line's; undefined ones are ignored. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  flags: Readonly<Record<string, unknown>> = {},
): Config {
  const raw: Record<string, unknown> = {};
  const saidBy = new Map<string, string>();
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
    saidBy.set(path.join('.'), name);
    if (second === undefined) raw[first] = value;
    else raw[first] = { ...(raw[first] as object | undefined), [second]: value };
  }
  for (const [name, value] of Object.entries(flags)) {
    if (value === undefined || name === 'config') continue;
    saidBy.set(name, `--${name}`);
    raw[name] = value;
  }
  const result = Schema.safeParse(raw);
  if (!result.success) {
    const issue = result.error.issues[0];
    const key =
      issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : 'configuration');
    const by = saidBy.get(key);
    throw new ConfigError(`configuration: ${key}${by === undefined ? '' : ` (${by})`}: ${wordsOf(raw, issue)}`);
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
