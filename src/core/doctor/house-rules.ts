// What a configuration and the data at hand risk, one row each.
import type { Policy } from '../policy/policy.ts';
import { PHASES } from '../rollout/phase.ts';
import { fact } from './facts.ts';
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
  /** The demo was served from this folder. */
  readonly holdsDemo: boolean;
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
    rule: 'demo-data',
    level: 'warning',
    at: 'data',
    find: ({ holdsDemo }) => (holdsDemo ? [fact('demo-keys', {})] : []),
  },
  {
    rule: 'clear-text',
    level: 'warning',
    at: 'baseUrl',
    find: ({ baseUrl }) =>
      baseUrl?.startsWith('http:') === true && !isLoopback(hostOf(baseUrl)) ? [fact('base-url', { url: baseUrl })] : [],
  },
  {
    rule: 'open-listener',
    level: 'warning',
    at: 'host',
    find: ({ host, baseUrl }) =>
      !isLoopback(host) && baseUrl?.startsWith('https:') !== true ? [fact('listens', { host })] : [],
  },
  {
    rule: 'no-sms-gateway',
    level: 'warning',
    at: 'sms',
    find: ({ hasSmsGateway, tenants }) => {
      const ids = tenants.filter((t) => sendsSms(t.policy)).map((t) => t.id);
      return !hasSmsGateway && ids.length > 0 ? [fact('tenants', { tenants: ids })] : [];
    },
  },
  {
    rule: 'sms-over-http',
    level: 'warning',
    at: 'sms.url',
    find: ({ smsOverHttp }) => (smsOverHttp ? [fact('http-address', {})] : []),
  },
  {
    rule: 'no-mail-server',
    level: 'note',
    at: 'smtp',
    find: ({ hasMailServer, tenants }) => {
      const ids = tenants.filter((t) => t.policy.notices).map((t) => t.id);
      return !hasMailServer && ids.length > 0 ? [fact('tenants', { tenants: ids })] : [];
    },
  },
  {
    rule: 'mail-in-clear',
    level: 'warning',
    at: 'smtp.tls',
    find: ({ mailInClear }) => (mailInClear ? [fact('tls-none', {})] : []),
  },
  {
    rule: 'accounts-without-method',
    level: 'warning',
    at: 'accounts',
    find: ({ tenants }) =>
      tenants.flatMap(({ id, policy, withoutMethod }) => {
        const phases = strands(policy);
        return withoutMethod > 0 && phases.length > 0
          ? [fact('without-method', { tenant: id, accounts: withoutMethod, phases })]
          : [];
      }),
  },
  {
    rule: 'clocks-differ',
    level: 'warning',
    at: 'database',
    find: ({ clockOffMs }) =>
      Math.abs(clockOffMs) > 2000 ? [fact('database-off', { seconds: Math.round(clockOffMs / 100) / 10 })] : [],
  },
  {
    rule: 'loose-limit',
    level: 'warning',
    at: 'requestsPerSecond',
    find: ({ requestsPerSecond }) =>
      requestsPerSecond > 10_000 ? [fact('per-key', { requests: requestsPerSecond })] : [],
  },
  {
    rule: 'keys-beside-data',
    level: 'note',
    at: 'keyFile',
    find: ({ keysBesideData }) => (keysBesideData ? [fact('keys-in-data', {})] : []),
  },
  {
    rule: 'endless-keys',
    level: 'note',
    at: 'api-key',
    find: ({ tenants }) =>
      tenants.filter((t) => t.endlessKeys > 0).map((t) => fact('tenant-keys', { tenant: t.id, keys: t.endlessKeys })),
  },
];
