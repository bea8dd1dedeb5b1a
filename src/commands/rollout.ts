// `hufu rollout`: the cockpit in a terminal. What a switch would do is seen before it is done.
import type { Command } from 'commander';
import { EFFECTS, type Effect } from '../core/rollout/effect.ts';
import { affectedAccounts, cockpit, remind } from '../flows/rollout/cockpit.ts';
import { previewSwitch } from '../flows/rollout/preview.ts';
import { phaseOf, saidOf } from './flags.ts';
import { callerFor, tenantFor, withHouse } from './open.ts';
import { registerCohort } from './rollout-cohort.ts';
import { registerCutOver } from './rollout-cut-over.ts';
import { run, Stop, table } from './terminal.ts';

const percent = (part: number, of: number): string => (of === 0 ? '-' : `${((part / of) * 100).toFixed(1)} %`);

export function register(program: Command): void {
  const rollout = program.command('rollout').description('see who has moved, and what a switch of phase would do');

  registerCutOver(rollout);
  registerCohort(rollout);

  rollout
    .command('status')
    .description('accounts bound, per cohort, and how often people log in')
    .option('--tenant <id>', 'tenant')
    .action(
      run(async (terminal, flags: { tenant?: string }) => {
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          await house.count();
          const view = await cockpit(house.ports, callerFor(tenant.id));
          const row = (name: string, phase: string, accounts: number, bound: number, often: number, rarely: number) => [
            name,
            phase,
            String(accounts),
            String(bound),
            percent(bound, accounts),
            String(often),
            String(rarely),
          ];
          terminal.answer(
            { ...view, adoption: undefined, hours: undefined },
            table([
              ['cohort', 'phase', 'accounts', 'bound', 'share', 'unbound, often', 'unbound, rarely'],
              ...view.cohorts.map((c) =>
                row(c.cohort ?? '(none)', c.phase, c.accounts, c.bound, c.unbound.often, c.unbound.rarely),
              ),
            ]),
          );
        });
      }),
    );

  rollout
    .command('preview <phase>')
    .description('what switching to sms-only, coexist or totp-only would do, without doing it')
    .option('--tenant <id>', 'tenant')
    .option('--cohort <name>', 'only this cohort')
    .option('--list <effect>', `list the accounts it would meet: ${EFFECTS.join(', ')}`)
    .action(
      run(async (terminal, phase: string, flags: { tenant?: string; cohort?: string; list?: string }) => {
        const change = { phase: phaseOf(phase), cohort: flags.cohort };
        const effect = EFFECTS.find((one) => one === flags.list);
        if (flags.list !== undefined && effect === undefined)
          throw new Stop('usage', `--list must be one of ${EFFECTS.join(', ')}, not "${flags.list}"`);
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          await house.count();
          const caller = callerFor(tenant.id);
          if (effect !== undefined) {
            let after = '';
            for (;;) {
              const page = await affectedAccounts(house.ports, caller, { ...change, effect, after, limit: 500 });
              for (const one of page.items)
                terminal.answer(one, `${one.account}\t${one.frequency}\t${one.client ?? ''} ${one.version ?? ''}`);
              if (page.next === null) return;
              after = page.next;
            }
          }
          const seen = await previewSwitch(house.ports, caller, change);
          const words: Readonly<Record<Effect, string>> = {
            same: 'log in as today',
            forced: 'go into binding at their next login',
            'too-old': 'are refused until their client is updated',
            'shut-out': 'are refused, and need somebody to help',
          };
          terminal.answer(
            seen,
            [
              table([
                ['accounts', 'often', 'within 7 days', ''],
                ...EFFECTS.map((e) => [
                  String(seen.effects[e]),
                  String(seen.often[e]),
                  String(seen.within7Days[e]),
                  words[e],
                ]),
              ]),
              ...seen.oldClients.slice(0, 10).map((c) => `  ${c.client} ${c.version}: ${c.accounts} accounts`),
              `about ${seen.callsPerDay} calls a day in the first week${seen.limit === null ? '' : `; the policy's limit is ${seen.limit} accounts`}`,
            ].join('\n'),
          );
        });
      }),
    );

  rollout
    .command('remind')
    .description('remind accounts that have not moved; each at most once in three days')
    .option('--tenant <id>', 'tenant')
    .option('--cohort <name>', 'only this cohort')
    .requiredOption('--most <n>', 'at most so many accounts this time')
    .requiredOption('--reason <text>', 'for the audit log')
    .action(
      run(async (terminal, flags: { tenant?: string; cohort?: string; most: string; reason: string }) => {
        if (!/^[1-9]\d{0,5}$/.test(flags.most)) throw new Stop('usage', '--most must be a number from 1 to 999999');
        const reason = saidOf('--reason', flags.reason);
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          await house.count();
          const done = await remind(house.ports, callerFor(tenant.id), {
            cohort: flags.cohort,
            most: Number(flags.most),
            reason,
          });
          terminal.answer(
            done,
            `reminded ${done.reminded}, passed over ${done.skipped} (reminded lately, inactive or without a channel)${done.more ? '; there are more' : ''}`,
          );
        });
      }),
    );
}
