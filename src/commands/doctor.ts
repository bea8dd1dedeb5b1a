// `hufu doctor`: reads the configuration and each tenant's policy and says in plain words which risk each weaker value takes.
import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { House } from '../compose.ts';
import type { Config } from '../config.ts';
import { examine, type Finding, type Told, tell } from '../core/doctor/finding.ts';
import { HOUSE_RULES, type HouseSubject, isLoopback } from '../core/doctor/house-rules.ts';
import { POLICY_RULES } from '../core/doctor/policy-rules.ts';
import type { Tenant } from '../core/ports.ts';
import { holdsDemo } from './house.ts';
import { tenantFor, withHouse } from './open.ts';
import { checked, readText } from './policy-file.ts';
import { EXIT, faint, run, strong } from './terminal.ts';

interface Part {
  /** The configuration, a tenant or a file. */
  readonly of: string;
  readonly findings: readonly Told[];
}

export function register(program: Command): void {
  program
    .command('doctor')
    .description('say what the configuration and the policies risk, and what to set instead')
    .option('--tenant <id>', 'only this tenant')
    .option('--file <file>', 'a policy document that is not published yet, by itself')
    .option('--strict', 'exit 1 when there is a warning')
    .action(
      run(async (terminal, flags: { tenant?: string; file?: string; strict?: boolean }) => {
        const parts: Part[] = [];
        if (flags.file !== undefined) {
          const policy = checked(flags.file, readText(flags.file));
          parts.push({ of: flags.file, findings: told(examine(POLICY_RULES, { policy, now: Date.now() })) });
        } else
          await withHouse(terminal, async (house, config) => {
            const ids = flags.tenant === undefined ? await house.registry.ids() : [flags.tenant];
            const tenants = await Promise.all(ids.map((id) => tenantFor(house, id)));
            const now = await house.ports.store.now();
            parts.push({
              of: 'configuration',
              findings: told(examine(HOUSE_RULES, await subjectOf(house, config, tenants))),
            });
            for (const { id, policy } of tenants)
              parts.push({ of: `tenant ${id}`, findings: told(examine(POLICY_RULES, { policy, now })) });
          });
        const warnings = parts.flatMap((p) => p.findings).filter((f) => f.level === 'warning').length;
        terminal.answer(
          { warnings, parts },
          `${parts.map(words).join('\n\n')}\n\n${warnings === 0 ? 'No warnings.' : `${warnings} warning${warnings === 1 ? '' : 's'}.`}`,
        );
        if (flags.strict === true && warnings > 0) process.exitCode = EXIT.failed;
      }),
    );
}

const told = (findings: readonly Finding[]): readonly Told[] => findings.map((one) => tell(one, 'en'));

const words = ({ of, findings }: Part): string =>
  [
    strong(of),
    ...(findings.length === 0 ? ['  nothing to say'] : []),
    ...findings.map(
      (f) =>
        `  ${f.level === 'warning' ? '!' : '·'} ${f.at} ${faint(`(${f.rule})`)}: ${f.where}\n      ${f.risk}\n      Instead: ${f.instead}`,
    ),
  ].join('\n');

async function subjectOf(house: House, config: Config, tenants: readonly Tenant[]): Promise<HouseSubject> {
  const before = Date.now();
  const database = await house.ports.store.now();
  const after = Date.now();
  const counted = await Promise.all(
    tenants.map(async ({ id, policy }) => {
      const [row] = await house.db.query(
        `SELECT (SELECT count(*) FROM accounts a WHERE a.tenant_id = @id AND a.status = 'active'
                   AND NOT EXISTS (SELECT 1 FROM authenticators u WHERE u.account_id = a.id AND u.status = 'active')) AS without_method,
                (SELECT count(*) FROM api_keys k WHERE k.tenant_id = @id AND k.revoked_at IS NULL AND k.expires_at IS NULL) AS endless_keys`,
        { id },
      );
      return {
        id,
        policy,
        withoutMethod: Number(row?.['without_method'] ?? 0),
        endlessKeys: Number(row?.['endless_keys'] ?? 0),
      };
    }),
  );
  return {
    host: config.host,
    baseUrl: config.baseUrl ?? null,
    requestsPerSecond: config.requestsPerSecond,
    database: house.db.dialect,
    keysBesideData: house.db.dialect === 'sqlite' && dirname(config.keyFile) === config.dataFolder,
    holdsDemo: holdsDemo(config.dataFolder),
    hasSmsGateway: config.sms !== undefined,
    smsOverHttp: config.sms?.url.startsWith('http:') === true,
    hasMailServer: config.smtp !== undefined,
    mailInClear: config.smtp?.tls === 'none' && !isLoopback(config.smtp.host),
    // The database answered at some moment between the two readings of our own clock.
    clockOffMs: database < before ? database - before : database > after ? database - after : 0,
    tenants: counted,
  };
}
