// `hufu rollout cohort`: cohorts by rules. Written, counted, and only then applied: a cohort may be in another phase, and who is in it decides what the next
// login asks.
import type { Command } from 'commander';
import { ACCOUNT_COLUMNS } from '../contract/account-file.ts';
import { CohortRule, cohortName, SaveCohort } from '../contract/schemas/rollout.ts';
import { type RuledCohort, saysSomething } from '../core/rollout/cohort-rule.ts';
import { deleteCohort, runCohort, runCohorts, saveCohort } from '../flows/rollout/cohorts.ts';
import { linesOf } from './account-lines.ts';
import { waitsAs } from './case.ts';
import { saidOf } from './flags.ts';
import { inTenant, stopOf } from './open.ts';
import { run, Stop, type Terminal, table, when } from './terminal.ts';

/** Accounts that one call adds to a list. */
const AT_ONCE = 2000;

interface Rule {
  readonly lastLogin?: string;
  readonly clients?: string;
  readonly olderThan?: string;
  readonly bound?: string;
  readonly phoneOutside?: string;
  readonly accounts?: string;
  readonly takesOthers?: boolean;
}

const parts = (text: string | undefined): readonly string[] | undefined => text?.split(',').map((one) => one.trim());

/** The rule that the flags say; stops with what is wrong with it. */
function ruleOf(flags: Rule): CohortRuleInput {
  const given = {
    lastLogin: parts(flags.lastLogin),
    clients: parts(flags.clients),
    olderThan: flags.olderThan,
    bound: flags.bound,
    phoneOutside: parts(flags.phoneOutside),
    isListed: flags.accounts === undefined ? undefined : true,
    takesOthers: flags.takesOthers,
  };
  const read = CohortRule.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  if (!read.success) {
    const [issue] = read.error.issues;
    const flag = String(issue?.path[0] ?? '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new Stop('usage', `--${flag}: ${issue?.message ?? 'is not valid'}`);
  }
  if (!saysSomething(read.data)) throw new Stop('usage', 'the rule says nothing: it would take everybody');
  return read.data;
}
type CohortRuleInput = (typeof CohortRule)['_output'];

/** The accounts of a file, as bulk work reads one. */
function listedIn(file: string | undefined): readonly string[] {
  if (file === undefined) return [];
  const lines = linesOf(file, ACCOUNT_COLUMNS, true);
  const bad = lines.find(({ fault, given }) => fault !== null || !isAccount(given.account));
  if (bad !== undefined) throw new Stop('usage', `${file}:${bad.line}: ${bad.fault ?? 'is no account'}`);
  if (lines.length === 0) throw new Stop('usage', `${file} holds no account`);
  return lines.flatMap(({ given }) => given.account ?? []);
}
const isAccount = (account: string | undefined): boolean => SaveCohort.shape.listed.safeParse([account]).success;

const nameOf = (name: string): string => {
  const read = cohortName().safeParse(name);
  if (!read.success) throw new Stop('usage', `a cohort's name: ${read.error.issues[0]?.message ?? 'is not valid'}`);
  return read.data;
};

const document = ({ cursor: _, most: __, ...cohort }: RuledCohort) => ({
  ...cohort,
  changedAt: new Date(cohort.changedAt).toISOString(),
  ranAt: cohort.ranAt === null ? null : new Date(cohort.ranAt).toISOString(),
});

const WORDS: Readonly<Record<RuledCohort['run'], string>> = {
  new: 'not counted yet',
  counting: 'being counted',
  counted: 'counted, not applied',
  applying: 'being applied',
  applied: 'applied',
  stopped: 'stopped before it moved more than was counted; count it again',
};

const told = (terminal: Terminal, one: RuledCohort): void =>
  terminal.answer(
    document(one),
    `${one.name}: ${WORDS[one.run]}; ${one.matching} fit, ${one.joining} join, ${one.leaving} leave; ${one.unbound} without a strong method`,
  );

/** Adds `cohort` to `hufu rollout`. */
export function registerCohort(rollout: Command): void {
  const cohort = rollout.command('cohort').description('cohorts by rules: written, counted, then applied');

  cohort
    .command('list')
    .description('cohorts by rules, with what their last run counted')
    .option('--tenant <id>', 'tenant')
    .action(
      run(async (terminal, flags: { tenant?: string }) => {
        await inTenant(terminal, flags, async (ports, caller) => {
          const all = await ports.cohorts.list(caller.tenantId);
          terminal.answer(
            all.map(document),
            all.length === 0
              ? 'no cohort by a rule yet'
              : table([
                  ['COHORT', 'RUN', 'FIT', 'JOIN', 'LEAVE', 'CHANGED', 'RULE'],
                  ...all.map((one) => [
                    one.name,
                    one.run,
                    String(one.matching),
                    String(one.joining),
                    String(one.leaving),
                    when(one.changedAt),
                    JSON.stringify(one.rule),
                  ]),
                ]),
          );
        });
      }),
    );

  cohort
    .command('define <name>')
    .description('write the rule of a cohort; all that is given must hold, and nobody moves yet')
    .option('--tenant <id>', 'tenant')
    .option('--last-login <how>', 'often, rarely, never; several joined by commas')
    .option('--clients <ids>', 'the client of the last login')
    .option('--older-than <version>', 'that client is older')
    .option('--bound <what>', 'nothing, sms-only or strong')
    .option('--phone-outside <countries>', 'the number is of none of these, such as HK,CN')
    .option('--accounts <file>', 'only the accounts of this file: one on each line, or CSV with a column account')
    .option('--takes-others', 'also accounts that are in another cohort')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .action(
      run(async (terminal, name: string, flags: Rule & { tenant?: string; reason: string }) => {
        const rule = ruleOf(flags);
        const accounts = listedIn(flags.accounts);
        const reason = saidOf('--reason', flags.reason);
        const called = nameOf(name);
        await inTenant(terminal, flags, async (ports, caller) => {
          let at = 0;
          do {
            const listed = accounts.slice(at, at + AT_ONCE);
            const done = await saveCohort(ports, caller, { name: called, rule, listed, reason });
            if (done.kind === 'refused') throw stopOf(done);
            at += AT_ONCE;
            if (at >= accounts.length) told(terminal, done.cohort);
          } while (at < accounts.length);
        });
      }),
    );

  const running = (mode: 'count' | 'apply', words: string): void => {
    const command = cohort
      .command(`${mode} <name>`)
      .description(words)
      .option('--tenant <id>', 'tenant')
      .requiredOption('--reason <text>', 'why, for the audit log');
    if (mode === 'apply') command.option('--override', "go beyond the policy's limit, for the reason given");
    command.action(
      run(async (terminal, name: string, flags: { tenant?: string; reason: string; override?: boolean }) => {
        const reason = saidOf('--reason', flags.reason);
        await inTenant(terminal, flags, async (ports, caller) => {
          const begun = await runCohort(ports, caller, { name, mode, reason, override: flags.override });
          if (begun.kind === 'refused') throw stopOf(begun);
          if (begun.kind === 'case') return waitsAs(terminal, { cohort: name }, begun);
          // A server's job may do it as well: both are safe at once.
          await runCohorts(ports);
          told(terminal, (await ports.cohorts.get(caller.tenantId, name)) ?? begun.cohort);
        });
      }),
    );
  };
  running('count', 'count whom the rule would put in and out; nobody moves');
  running('apply', 'put in and out what was counted within the last hour');

  cohort
    .command('forget <name>')
    .description('drop the rule and its list; accounts stay where they are')
    .option('--tenant <id>', 'tenant')
    .action(
      run(async (terminal, name: string, flags: { tenant?: string }) => {
        await inTenant(terminal, flags, async (ports, caller) => {
          const done = await deleteCohort(ports, caller, name);
          if (done.kind === 'refused') throw stopOf(done);
          terminal.answer({ name, forgotten: true }, `the rule of ${name} is gone; its accounts stay where they are`);
        });
      }),
    );
}
