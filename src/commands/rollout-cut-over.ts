// `hufu rollout cut-over`: a cohort moved to totp-only in stages, over the flows of the console. Where the policy wants a second operator one is asked, in
// the console: nothing here approves.
import type { Command } from 'commander';
import { areStages, type Check, failureShare, PROMISES, type Promised, percentOf } from '../core/rollout/cutover.ts';
import { checkCutover } from '../flows/rollout/check-cutover.ts';
import { type StepCutover, startCutover, stepCutover } from '../flows/rollout/cutovers.ts';
import { type CutoverView, failingAccounts, listCutovers, viewCutover } from '../flows/rollout/see-cutovers.ts';
import { waitsAs } from './case.ts';
import { saidOf } from './flags.ts';
import { inTenant, stopOf } from './open.ts';
import { run, Stop, type Terminal, table, when } from './terminal.ts';

const STEPS = {
  advance: 'take the next stage, or finish: the phase itself is switched then',
  pause: 'take no more accounts; those taken stay',
  resume: 'go on after a pause',
  'roll-back': 'undo it: everybody is in the phase they were in before; within 72 hours of its end',
  withdraw: 'take back what waits for a second operator',
} as const satisfies Partial<Record<StepCutover['step'], string>>;

/** What each check says; `of` is null where nobody stated it. */
const CHECKS: Readonly<Record<Check['id'], (count: number, of: number | null) => string>> = {
  accounts: (n) => `${n} accounts are meant`,
  limit: (n, of) => `${n} accounts would have to bind; the policy ${of === null ? 'sets no limit' : `allows ${of}`}`,
  switches: (n) => `${n} other switches of these accounts are planned`,
  adoption: (n, of) => `${n} of ${of} accounts have bound`,
  told: (n, of) => `${n} unbound accounts were reminded; ${of} of the unbound log in often`,
  clients: (n) => `${n} accounts would be refused for an old client`,
  'shut-out': (n) => `${n} accounts would be shut out`,
  recovery: (n) => (n === 0 ? 'after the switch there is no way of recovery' : 'there is a way of recovery after it'),
  hotline: (n, of) =>
    `about ${n} calls on the busiest day; ${of === null ? 'how many the hotline can take is not stated' : `the hotline can take ${of}`}`,
  exceptions: (n) => `${n} accounts are let off`,
  channel: (n, of) => `${n} of ${of} SMS of the last day could not be sent`,
};

const instant = (ms: number | null): string | null =>
  ms === null || !Number.isFinite(ms) ? null : new Date(ms).toISOString();

const document = ({ cutover, tally, rollBackUntil, askedUntil }: CutoverView) => ({
  ...cutover,
  percent: percentOf(cutover),
  startedAt: instant(cutover.startedAt),
  stageAt: instant(cutover.stageAt),
  endedAt: instant(cutover.endedAt),
  requester: cutover.requester.login,
  ...tally,
  failureShare: failureShare(tally),
  rollBackUntil: instant(rollBackUntil),
  askedUntil: instant(askedUntil),
});

function told(terminal: Terminal, view: CutoverView): void {
  const { cutover, tally } = view;
  const whom = cutover.cohort ?? 'everybody in no cohort with a phase of its own';
  const lines =
    cutover.status === 'asked'
      ? [
          `nothing is done yet: cut-over ${cutover.id} of ${whom} waits for a second operator in the console, until ${when(view.askedUntil)}`,
        ]
      : [
          `cut-over ${cutover.id} of ${whom}: ${cutover.status}${cutover.pausedWhy === null ? '' : ` (${cutover.pausedWhy})`}, ${percentOf(cutover)} % taken`,
          `  since this stage began ${tally.tried} tried, ${tally.gotIn} got in, ${tally.failing} did not (${(failureShare(tally) * 100).toFixed(1)} %; it pauses above ${cutover.threshold * 100} %)`,
          ...(cutover.approvedBy === null ? [] : [`  approved by ${cutover.approvedBy}`]),
          ...(Number.isFinite(view.rollBackUntil) && view.rollBackUntil !== null
            ? [`  can be rolled back until ${when(view.rollBackUntil)}`]
            : []),
        ];
  terminal.answer(document(view), lines.join('\n'));
}

/** A whole percentage of the command line, such as 5 or 0.5; as a share. */
function shareOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(text) || Number(text) < 0.1 || Number(text) > 100)
    throw new Stop('usage', `${flag} must be per cent from 0.1 to 100, not "${text}"`);
  return Number(text) / 100;
}

function stagesOf(text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const stages = text.split(',').map(Number);
  if (stages.length > 10 || !stages.every((percent) => percent >= 0.01) || !areStages(stages))
    throw new Stop('usage', `--stages must grow and end with 100, such as 1,10,50,100, not "${text}"`);
  return stages;
}

function countOf(flag: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text) || Number(text) > most)
    throw new Stop('usage', `${flag} must be a number from 1 to ${most}, not "${text}"`);
  return Number(text);
}

interface Start {
  readonly tenant?: string;
  readonly cohort?: string;
  readonly reason: string;
  readonly operator: string;
  readonly confirm?: readonly string[];
  readonly stages?: string;
  readonly threshold?: string;
  readonly least?: string;
  readonly stageMinutes?: string;
  readonly goesOn?: boolean;
  readonly override?: boolean;
}

const start = async (terminal: Terminal, flags: Start): Promise<void> => {
  const promises = (flags.confirm ?? []).map((name): Promised => {
    const known = PROMISES.find((one) => one === name);
    if (known === undefined) throw new Stop('usage', `--confirm takes ${PROMISES.join(', ')}, not "${name}"`);
    return known;
  });
  const input = {
    cohort: flags.cohort,
    stages: stagesOf(flags.stages),
    threshold: shareOf('--threshold', flags.threshold),
    least: countOf('--least', flags.least, 10_000),
    stageMinutes: countOf('--stage-minutes', flags.stageMinutes, 43_200),
    goesOn: flags.goesOn,
    override: flags.override,
    reason: saidOf('--reason', flags.reason),
    operator: saidOf('--operator', flags.operator),
    promises,
  };
  await inTenant(terminal, flags, async (ports, caller) => {
    const done = await startCutover(ports, caller, input);
    if (done.kind === 'refused') throw stopOf(done);
    told(terminal, done);
  });
};

/** Adds `cut-over` to `hufu rollout`. */
export function registerCutOver(rollout: Command): void {
  const cutOver = rollout
    .command('cut-over')
    .description('move a cohort to totp-only in stages, watch it, and undo it');

  cutOver
    .command('list')
    .description('cut-overs, newest first')
    .option('--tenant <id>', 'tenant')
    .action(
      run(async (terminal, flags: { tenant?: string }) => {
        await inTenant(terminal, flags, async (ports, caller) => {
          const all = await listCutovers(ports, caller);
          terminal.answer(
            all.map((one) => ({ ...one, percent: percentOf(one), startedAt: instant(one.startedAt) })),
            all.length === 0
              ? 'no cut-over yet'
              : table([
                  ['ID', 'COHORT', 'STATE', 'TAKEN', 'SINCE', 'REASON'],
                  ...all.map((one) => [
                    one.id,
                    one.cohort ?? '-',
                    one.status,
                    `${percentOf(one)} %`,
                    when(one.startedAt),
                    one.reason,
                  ]),
                ]),
          );
        });
      }),
    );

  cutOver
    .command('show <id>')
    .description('how far one is, and with --failing who tried and is not in')
    .option('--tenant <id>', 'tenant')
    .option('--failing', 'list the accounts that tried and are not in')
    .action(
      run(async (terminal, id: string, flags: { tenant?: string; failing?: boolean }) => {
        await inTenant(terminal, flags, async (ports, caller) => {
          if (flags.failing !== true) {
            const view = await viewCutover(ports, caller, id);
            if (view.kind === 'refused') throw stopOf(view);
            return told(terminal, view);
          }
          for (let after = ''; ; ) {
            const page = await failingAccounts(ports, caller, { id, after, limit: 500 });
            if (page.kind === 'refused') throw stopOf(page);
            for (const { account, triedAt, why } of page.items)
              terminal.answer(
                { account, triedAt: instant(triedAt), why },
                `${account}\t${when(triedAt)}\t${why ?? 'begun and not finished'}`,
              );
            if (page.next === null) return;
            after = page.next;
          }
        });
      }),
    );

  cutOver
    .command('plan')
    .description('what speaks for and against a cut-over, and whom each stage would meet; nothing is done')
    .option('--tenant <id>', 'tenant')
    .option('--cohort <name>', 'of this cohort; else of everybody in none with a phase of its own')
    .action(
      run(async (terminal, flags: { tenant?: string; cohort?: string }) => {
        await inTenant(terminal, flags, async (ports, caller) => {
          const { checks, stages } = await checkCutover(ports, caller, { cohort: flags.cohort });
          terminal.answer(
            { checks, stages, confirm: PROMISES },
            [
              ...checks.map(
                ({ id, level, count, of }) =>
                  `${{ ok: ' ', warn: '!', stop: '✗' }[level]} ${CHECKS[id](count, of < 0 ? null : of)}`,
              ),
              '',
              table([
                ['STAGE', 'ACCOUNTS', 'MUST BIND', 'OLD CLIENT', 'SHUT OUT'],
                ...stages.map((s) => [
                  `${s.percent} %`,
                  String(s.accounts),
                  String(s.forced),
                  String(s['too-old']),
                  String(s['shut-out']),
                ]),
              ]),
              '',
              `start it with --confirm ${PROMISES.join(' ')}, once that is so`,
            ].join('\n'),
          );
        });
      }),
    );

  cutOver
    .command('start')
    .description('begin with the first stage; or ask a second operator, where the policy wants one')
    .option('--tenant <id>', 'tenant')
    .option('--cohort <name>', 'this cohort; else everybody in none with a phase of its own')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .requiredOption('--operator <name>', 'who asks for it; somebody else approves it, where the policy wants that')
    .option('--confirm <what...>', `what no check can tell, all of: ${PROMISES.join(' ')}`)
    .option('--stages <percents>', 'such as 1,10,50,100, which is the default')
    .option('--threshold <percent>', 'pause when more of those who try do not get in; 5 when absent')
    .option('--least <n>', 'and they are at least so many; 5 when absent')
    .option('--stage-minutes <n>', 'how long a stage is watched; 60 when absent')
    .option('--goes-on', 'begin the next stage by itself')
    .option('--override', "go beyond the policy's limit, for the reason given")
    .action(run(start));

  for (const [step, words] of Object.entries(STEPS) as [keyof typeof STEPS, string][])
    cutOver
      .command(`${step} <id>`)
      .description(words)
      .option('--tenant <id>', 'tenant')
      .requiredOption('--reason <text>', 'why, for the audit log')
      .option('--override', "go beyond the policy's limit, for the reason given")
      .action(
        run(async (terminal, id: string, flags: { tenant?: string; reason: string; override?: boolean }) => {
          const reason = saidOf('--reason', flags.reason);
          await inTenant(terminal, flags, async (ports, caller) => {
            const done = await stepCutover(ports, caller, { id, step, reason, override: flags.override });
            if (done.kind === 'refused') throw stopOf(done);
            if (done.kind === 'case') return waitsAs(terminal, { cutover: id }, done);
            told(terminal, done);
          });
        }),
      );
}
