// `hufu policy`: check a document before it counts, publish it, switch the rollout's phase, and see why a login was asked what it was.
import type { Command } from 'commander';
import { z } from 'zod';
import { PolicyDocument, parsePolicy } from '../contract/policy.ts';
import type { Refusal } from '../core/outcome.ts';
import { PHASES } from '../core/rollout/phase.ts';
import { publishPolicy } from '../flows/registry.ts';
import { getRollout, type SwitchDone, switchPhase } from '../flows/rollout/switch-phase.ts';
import { cohortOf, instantOf, phaseOf } from './flags.ts';
import { callerFor, stopOf, tenantFor, withHouse } from './open.ts';
import { registerExplain } from './policy-explain.ts';
import { checked, lineOf, readText } from './policy-file.ts';
import { EXIT, run, Stop, table, when } from './terminal.ts';

/** A refusal, with how to go beyond the limit where it is that. */
function overridable(refusal: Refusal): Stop {
  const stop = stopOf(refusal);
  return refusal.code === 'switch-refused'
    ? new Stop('failed', `${stop.message}. To do it all the same: --override --reason '…'`, stop.data)
    : stop;
}

export function register(program: Command): void {
  const policy = program.command('policy').description('check, publish and explain policies; switch the rollout phase');

  policy
    .command('check')
    .description('check a policy document; every mistake with its line')
    .argument('<file>', 'policy document (YAML)')
    .action(
      run(async (terminal, file: string) => {
        const parsed = parsePolicy(readText(file));
        if (parsed.errors === null) return terminal.answer({ valid: true, name: parsed.policy.name }, `${file}: sound`);
        terminal.answer({ valid: false, errors: parsed.errors }, parsed.errors.map((e) => lineOf(file, e)).join('\n'));
        process.exitCode = EXIT.failed;
      }),
    );

  policy
    .command('show')
    .description("print a tenant's policy document, the newest or --version")
    .option('--tenant <id>', 'tenant')
    .option('--version <n>', 'an earlier version')
    .action(
      run(async (terminal, flags: { tenant?: string; version?: string }) => {
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const version = flags.version === undefined ? tenant.policyVersion : Number(flags.version);
          const [row] = await house.db.query(
            'SELECT document FROM policies WHERE tenant_id = @tenant AND version = @version',
            {
              tenant: tenant.id,
              version: Number.isSafeInteger(version) ? version : -1,
            },
          );
          if (row === undefined)
            throw new Stop(
              'notFound',
              `tenant ${tenant.id} has no policy version ${flags.version}; the newest is ${tenant.policyVersion}`,
            );
          const document = String(row['document']);
          terminal.answer({ tenant: tenant.id, version, document }, document.trimEnd());
        });
      }),
    );

  policy
    .command('publish')
    .description("make a document the tenant's policy from the next attempt on")
    .argument('<file>', 'policy document (YAML)')
    .option('--tenant <id>', 'tenant')
    .requiredOption('--reason <text>', 'why, for the history')
    .option('--override', 'publish although more accounts are forced to bind than the policy allows')
    .action(
      run(async (terminal, file: string, flags: { tenant?: string; reason: string; override?: boolean }) => {
        const document = readText(file);
        checked(file, document);
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const done = await publishPolicy(house.ports, {
            tenantId: tenant.id,
            document,
            actor: 'cli',
            reason: flags.reason,
            override: flags.override,
          });
          if (done.kind === 'refused') throw overridable(done);
          terminal.answer(
            { tenant: tenant.id, version: done.version },
            `tenant ${tenant.id}: policy version ${done.version} is in force`,
          );
          terminal.remark(`what it risks: hufu doctor --tenant ${tenant.id}`);
        });
      }),
    );

  policy
    .command('history')
    .description('every policy version: when, by whom, why')
    .option('--tenant <id>', 'tenant')
    .action(
      run(async (terminal, flags: { tenant?: string }) => {
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const rows = await house.db.query(
            'SELECT version, created_at, actor, reason FROM policies WHERE tenant_id = @tenant ORDER BY version DESC',
            { tenant: tenant.id },
          );
          const items = rows.map((row) => ({
            version: Number(row['version']),
            at: new Date(Number(row['created_at'])).toISOString(),
            actor: String(row['actor']),
            reason: String(row['reason']),
          }));
          terminal.answer(
            { tenant: tenant.id, items },
            table([
              ['VERSION', 'AT', 'BY', 'REASON'],
              ...items.map((i) => [`v${i.version}`, when(Date.parse(i.at)), i.actor, i.reason]),
            ]),
          );
        });
      }),
    );

  policy
    .command('phase')
    .description('show the rollout phase, or switch it: takes effect on the next attempt, on every node')
    .argument('[phase]', PHASES.join(', '))
    .option('--tenant <id>', 'tenant')
    .option('--cohort <name>', 'only this cohort')
    .option('--at <instant>', 'plan it for then, such as 2026-12-01T09:00:00+08:00')
    .option('--take-back', 'take back the switch planned with this phase, --cohort and --at')
    .option('--reason <text>', 'why, for the history')
    .option('--override', 'switch although more accounts are forced to bind than the policy allows; needs --reason')
    .action(
      run(
        async (
          terminal,
          to: string | undefined,
          flags: {
            tenant?: string;
            cohort?: string;
            at?: string;
            reason?: string;
            override?: boolean;
            takeBack?: boolean;
          },
        ) => {
          const phase = to === undefined ? undefined : phaseOf(to);
          instantOf('--at', flags.at);
          if (flags.override === true && flags.reason === undefined)
            throw new Stop('usage', '--override needs --reason');
          if (flags.takeBack === true && (phase === undefined || flags.at === undefined))
            throw new Stop('usage', '--take-back needs the phase and --at of the switch that is planned');
          if (flags.cohort !== undefined) cohortOf(flags.cohort);
          await withHouse(terminal, async (house) => {
            const tenant = await tenantFor(house, flags.tenant);
            const caller = callerFor(tenant.id);
            const { cohort, at, reason, override, takeBack } = flags;
            const done: SwitchDone | Refusal =
              phase === undefined
                ? await getRollout(house.ports, caller)
                : await switchPhase(house.ports, caller, { phase, cohort, at, takeBack, reason, override });
            if (done.kind === 'refused') throw overridable(done);
            const { rollout } = done;
            const cohorts = Object.entries(rollout.cohorts).map(([name, p]) => `\n  cohort ${name}: ${p}`);
            const planned = rollout.schedule.map(
              (s) => `\n  planned: ${s.phase}${s.cohort === undefined ? '' : ` for ${s.cohort}`} at ${s.at}`,
            );
            const { phase: now, schedule } = rollout;
            const { accounts } = done;
            terminal.answer(
              { tenant: tenant.id, version: done.version, phase: now, cohorts: rollout.cohorts, schedule, accounts },
              `tenant ${tenant.id}: phase ${now} (policy version ${done.version})${[...cohorts, ...planned].join('')}`,
            );
            if (accounts !== undefined)
              terminal.remark(
                accounts === 0
                  ? `no active account is in cohort ${cohort}`
                  : `active accounts in cohort ${cohort ?? ''}: ${accounts}`,
              );
          });
        },
      ),
    );

  policy
    .command('schema')
    .description('print the JSON Schema of policy documents, for editors')
    .action(
      run(async (terminal) => {
        const schema = z.toJSONSchema(PolicyDocument, { io: 'input' });
        terminal.answer(schema, JSON.stringify(schema, null, 2));
      }),
    );

  registerExplain(policy);
}
