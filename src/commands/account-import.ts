// `hufu account import`: many accounts from a CSV file, with a report for every row that could not be taken. Running it again changes nothing,
// so a run that was killed is finished by the next one.
import type { Command } from 'commander';
import type { House } from '../compose.ts';
import { ACCOUNT_COLUMNS, type AccountLine } from '../contract/account-file.ts';
import { PutAccount as PutAccountSchema } from '../contract/schemas.ts';
import { canonicalAccount } from '../core/account/account.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { type PutAccount, putAccount } from '../flows/accounts.ts';
import { linesOf } from './account-lines.ts';
import { callerFor, tenantFor, withHouse } from './open.ts';
import { EXIT, type Progress, run } from './terminal.ts';

const COLUMNS = [...ACCOUNT_COLUMNS, 'password'] as const;
type Column = (typeof COLUMNS)[number];
/** Rows under way at once: they share transactions, and nobody waits long for the database. */
const AT_ONCE = 100;

interface Entry {
  readonly line: number;
  readonly input: PutAccount;
}
interface Refused {
  readonly line: number;
  readonly account: string;
  readonly reason: string;
}
interface Report {
  created: number;
  updated: number;
  unchanged: number;
  readonly refused: Refused[];
}

export function registerImport(account: Command): void {
  account
    .command('import')
    .description('create and update accounts from a CSV file; running it again changes nothing')
    .argument('<file>', `UTF-8, first row names the columns: ${COLUMNS.join(',')}; only account is needed`)
    .option('--tenant <id>', 'tenant')
    .option('--dry-run', 'only say what would happen')
    .action(
      run(async (terminal, file: string, flags: { tenant?: string; dryRun?: boolean }) => {
        const { entries, refused } = entriesOf(linesOf(file, COLUMNS, false));
        const isDry = flags.dryRun === true;
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const report: Report = { created: 0, updated: 0, unchanged: 0, refused: [...refused] };
          await importAll(
            house,
            tenant.id,
            tenant.policy.country,
            entries,
            isDry,
            report,
            terminal.progress(isDry ? 'looking' : 'importing'),
          );
          report.refused.sort((a, b) => a.line - b.line);
          const counts = `${report.created} created, ${report.updated} updated, ${report.unchanged} unchanged, ${report.refused.length} refused`;
          terminal.answer(
            { tenant: tenant.id, dryRun: isDry, ...report },
            [
              ...report.refused.map((r) => `${file}:${r.line}: ${r.account === '' ? '' : `${r.account}: `}${r.reason}`),
              isDry ? `nothing was written; it would be: ${counts}` : counts,
            ].join('\n'),
          );
          if (report.refused.length > 0) process.exitCode = EXIT.failed;
        });
      }),
    );
}

/** What each row says; rows that say nothing usable are refused with their line. */
function entriesOf(lines: readonly AccountLine<Column>[]): {
  readonly entries: readonly Entry[];
  readonly refused: readonly Refused[];
} {
  const entries: Entry[] = [];
  const refused: Refused[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, given, fault } of lines) {
    const { account = '' } = given;
    const canonical = canonicalAccount(account);
    const reason = fault ?? faultOf(given);
    const before = lineOf.get(canonical);
    if (reason !== undefined) refused.push({ line, account, reason });
    else if (before !== undefined) refused.push({ line, account, reason: `is the same account as line ${before}` });
    else {
      lineOf.set(canonical, line);
      entries.push({ line, input: { ...given, account } as PutAccount });
    }
  }
  return { entries, refused };
}

function faultOf(given: AccountLine<Column>['given']): string | undefined {
  const { account = '', ...others } = given;
  if (canonicalAccount(account) === '') return 'account is empty';
  if (account.length > 200) return 'account is longer than 200 characters';
  const parsed = PutAccountSchema.safeParse(others);
  if (parsed.success) return undefined;
  const issue = parsed.error.issues[0];
  if (issue?.code === 'invalid_format') return `${issue.path.join('.')} holds characters that cannot be shown`;
  return `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}`.trim();
}

async function importAll(
  house: House,
  tenantId: string,
  country: string,
  entries: readonly Entry[],
  isDry: boolean,
  report: Report,
  progress: Progress,
): Promise<void> {
  const caller = callerFor(tenantId);
  const one = async ({ line, input }: Entry): Promise<void> => {
    const present = await house.ports.store.account(tenantId, canonicalAccount(input.account), false);
    if (present !== undefined && (await isSame(house, country, present, input))) {
      report.unchanged++;
      return;
    }
    const fault = isDry ? dryFault(house, country, input) : undefined;
    if (isDry && fault === undefined) {
      if (present === undefined) report.created++;
      else report.updated++;
      return;
    }
    const put = isDry ? undefined : await putAccount(house.ports, caller, input);
    if (put?.kind === 'account') {
      if (put.created) report.created++;
      else report.updated++;
      return;
    }
    const reason =
      put === undefined ? (fault ?? '') : put.kind === 'invalid' ? `${put.at.slice(1)} ${put.message}` : put.code;
    report.refused.push({ line, account: input.account, reason });
  };
  progress(0, entries.length);
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    await Promise.all(entries.slice(at, at + AT_ONCE).map(one));
    progress(Math.min(entries.length, at + AT_ONCE), entries.length);
  }
}

/** Whether the row would change nothing. A password is compared last, because that is slow on purpose. */
async function isSame(house: House, country: string, present: AccountSnapshot, input: PutAccount): Promise<boolean> {
  const { account } = present;
  const same = (given: string | undefined, held: string | null): boolean => given === undefined || given === held;
  if (
    !same(input.name, account.name) ||
    !same(input.email, account.email) ||
    !same(input.cohort, account.cohort) ||
    !same(input.locale, account.locale)
  )
    return false;
  if (input.phone !== undefined && house.ports.phone(input.phone, country) !== account.phone) return false;
  return (
    input.password === undefined ||
    (account.passwordHash !== null && (await house.ports.passwords.verify(account.passwordHash, input.password)))
  );
}

/** What writing would refuse, without writing. */
function dryFault(house: House, country: string, input: PutAccount): string | undefined {
  if (input.phone !== undefined && house.ports.phone(input.phone, country) === undefined)
    return `phone is not a phone number (E.164, or national of ${country})`;
  return undefined;
}
