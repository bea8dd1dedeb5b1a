// What a configuration and the data at hand risk, one row each.
import type { Policy } from '../policy/policy.ts';
import { PHASES } from '../rollout/phase.ts';
import type { Rule } from './finding.ts';
import { situations } from './situations.ts';

/** What the doctor is told of a house. */
export interface HouseSubject {
  readonly host: string;
  readonly baseUrl: string | null;
  readonly requestsPerSecond: number;
  readonly database: 'sqlite' | 'postgres';
  /** True when the key file lies in the database's folder. */
  readonly keysBesideData: boolean;
  readonly hasSmsGateway: boolean;
  readonly smsOverHttp: boolean;
  readonly hasMailServer: boolean;
  /** Mails leave for another machine without TLS. */
  readonly mailInClear: boolean;
  /** How far the database's clock is from this machine's, ms. */
  readonly clockOffMs: number;
  readonly tenants: readonly {
    readonly id: string;
    readonly policy: Policy;
    /** Active accounts with no method at all: no phone number, nothing bound. */
    readonly withoutMethod: number;
    /** API keys that never expire. */
    readonly endlessKeys: number;
  }[];
}

export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host);
const hostOf = (url: string): string => /^[a-z]+:\/\/(\[[^\]]*\]|[^/:]*)/i.exec(url)?.[1] ?? '';
const sendsSms = (policy: Policy): boolean =>
  situations(policy, ['sms']).some((s) => s.login.kind === 'challenge' && s.login.types.includes('sms'));

/** Phases, of those in force or planned, in which an account without any method is refused everywhere. */
function strands(policy: Policy): readonly string[] {
  const { phase, cohorts, schedule } = policy.rollout;
  const planned = new Set([phase, ...Object.values(cohorts), ...schedule.map((s) => s.phase)]);
  const all = situations(policy, []);
  return PHASES.filter(
    (p) => planned.has(p) && all.filter((s) => s.phase === p).every((s) => s.login.kind === 'refuse'),
  );
}

export const HOUSE_RULES: readonly Rule<HouseSubject>[] = [
  {
    rule: 'clear-text',
    level: 'warning',
    at: 'baseUrl',
    find: ({ baseUrl }) => (baseUrl?.startsWith('http:') === true && !isLoopback(hostOf(baseUrl)) ? baseUrl : null),
    risk: 'Codes, API keys and new secrets cross the network in clear.',
    instead: 'Put a TLS proxy in front and set `baseUrl: https://…`.',
  },
  {
    rule: 'open-listener',
    level: 'warning',
    at: 'host',
    find: ({ host, baseUrl }) =>
      !isLoopback(host) && baseUrl?.startsWith('https:') !== true ? `listens on ${host}` : null,
    risk: 'The API itself speaks plain HTTP: on this address anyone on the network can reach it, and read what passes.',
    instead:
      '`host: 127.0.0.1` behind a TLS proxy; or, when the proxy is on another machine, a private network, and `baseUrl: https://…`.',
  },
  {
    rule: 'no-sms-gateway',
    level: 'warning',
    at: 'sms',
    find: ({ hasSmsGateway, tenants }) => {
      const ids = tenants.filter((t) => sendsSms(t.policy)).map((t) => t.id);
      return !hasSmsGateway && ids.length > 0 ? `tenant ${ids.join(', ')}` : null;
    },
    risk: 'The policy sends SMS codes and no gateway is configured: nobody gets one.',
    instead: '`sms: { url: https://…, authorization: … }` in the configuration, or HUFU_SMS_URL.',
  },
  {
    rule: 'sms-over-http',
    level: 'warning',
    at: 'sms.url',
    find: ({ smsOverHttp }) => (smsOverHttp ? 'an http: address' : null),
    risk: 'Codes go to the SMS gateway in clear.',
    instead: 'The https: address of the gateway.',
  },
  {
    rule: 'no-mail-server',
    level: 'note',
    at: 'smtp',
    find: ({ hasMailServer, tenants }) => {
      const ids = tenants.filter((t) => t.policy.notices).map((t) => t.id);
      return !hasMailServer && ids.length > 0 ? `tenant ${ids.join(', ')}` : null;
    },
    risk: 'The policy tells people of changes by mail too, and no mail server is configured: nobody gets one.',
    instead: '`smtp: { host: …, from: … }` in the configuration, or HUFU_SMTP_HOST and HUFU_SMTP_FROM.',
  },
  {
    rule: 'mail-in-clear',
    level: 'warning',
    at: 'smtp.tls',
    find: ({ mailInClear }) => (mailInClear ? '`none`, to another machine' : null),
    risk: 'Codes and registration mails go to the mail server in clear, and its password with them.',
    instead: '`tls: starttls` or `tls: implicit`.',
  },
  {
    rule: 'accounts-without-method',
    level: 'warning',
    at: 'accounts',
    find: ({ tenants }) => {
      const found = tenants.flatMap((t) => {
        const phases = strands(t.policy);
        return t.withoutMethod > 0 && phases.length > 0
          ? [`tenant ${t.id}: ${t.withoutMethod} accounts, in phase ${phases.join(' and ')}`]
          : [];
      });
      return found.length === 0 ? null : found.join('; ');
    },
    risk: 'These accounts have no phone number and nothing bound: in that phase they cannot log in at all.',
    instead: 'Import their phone numbers (`hufu account import`) before the switch.',
  },
  {
    rule: 'clocks-differ',
    level: 'warning',
    at: 'database',
    find: ({ clockOffMs }) =>
      Math.abs(clockOffMs) > 2000 ? `the database is ${Math.round(clockOffMs / 100) / 10} s off` : null,
    risk: 'Codes are judged by the database\u2019s clock: when it is wrong, right codes are refused.',
    instead: 'Synchronise both machines (chrony, systemd-timesyncd).',
  },
  {
    rule: 'loose-limit',
    level: 'warning',
    at: 'requestsPerSecond',
    find: ({ requestsPerSecond }) => (requestsPerSecond > 10_000 ? `${requestsPerSecond} for each API key` : null),
    risk: 'The limit is above what one machine answers, so it protects nothing: a runaway or stolen key takes all of it.',
    instead: '`requestsPerSecond: 2000`, or twice your busiest second.',
  },
  {
    rule: 'keys-beside-data',
    level: 'note',
    at: 'keyFile',
    find: ({ keysBesideData }) => (keysBesideData ? 'the key file is in the data folder' : null),
    risk: 'One copy of the folder has both the database and the key that opens it; and one lost disk takes both.',
    instead:
      'Back the key file up apart from the database, or give `keyFile` a place of its own, such as a systemd credential.',
  },
  {
    rule: 'endless-keys',
    level: 'note',
    at: 'api-key',
    find: ({ tenants }) => {
      const found = tenants.filter((t) => t.endlessKeys > 0).map((t) => `tenant ${t.id}: ${t.endlessKeys}`);
      return found.length === 0 ? null : found.join('; ');
    },
    risk: 'API keys that never expire stay good wherever they were once copied to.',
    instead: '`hufu api-key create … --expires 365d`, and a day in the calendar to renew them.',
  },
];
