// `hufu account`: look at accounts, and what an operator does for their owners: unlock, unbind; import many from CSV.
import type { Command } from 'commander';
import { canonicalAccount, type Suspension } from '../core/account/account.ts';
import { type AccountView, getAccount } from '../flows/accounts.ts';
import { act } from '../flows/operator/act.ts';
import { registerAppPasswords } from './account-app-passwords.ts';
import { registerImport } from './account-import.ts';
import { registerPhones } from './account-phones.ts';
import { stopped, waits } from './case.ts';
import { saidOf } from './flags.ts';
import { callerFor, stopOf, tenantFor, withHouse } from './open.ts';
import { run, Stop, table, when } from './terminal.ts';

interface Operator {
  readonly tenant?: string;
  readonly reason: string;
  readonly operator: string;
  readonly authenticator?: string;
}

export function register(program: Command): void {
  const account = program
    .command('account')
    .description('accounts: show, list, import; unlock, unbind; phones and registrations');

  account
    .command('show')
    .description('one account: what is bound, what it may do next')
    .argument('<account>', 'what the person logs in with')
    .option('--tenant <id>', 'tenant')
    .action(
      run(async (terminal, name: string, flags: { tenant?: string }) => {
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const view = await getAccount(house.ports, callerFor(tenant.id), name);
          if (view.kind === 'refused')
            throw new Stop('notFound', `tenant ${tenant.id} has no account ${name}`, { code: view.code });
          terminal.answer(documentOf(view), wordsOf(view));
        });
      }),
    );

  account
    .command('list')
    .description('accounts in the order of their names')
    .option('--tenant <id>', 'tenant')
    .option('--after <account>', 'begin after this one')
    .option('--limit <n>', 'at most so many', '50')
    .action(
      run(async (terminal, flags: { tenant?: string; after?: string; limit: string }) => {
        const limit = Number(flags.limit);
        if (!Number.isInteger(limit) || limit < 1 || limit > 100_000)
          throw new Stop('usage', `--limit must be 1 to 100000, not "${flags.limit}"`);
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const rows = await house.db.query(LIST_SQL, {
            tenant: tenant.id,
            after: canonicalAccount(flags.after ?? ''),
            limit: limit + 1,
          });
          const bound = new Map<string, string[]>();
          for (const row of rows) {
            const types = bound.get(String(row['canonical'])) ?? [];
            if (row['type'] !== null) types.push(row['type'] as string);
            bound.set(String(row['canonical']), types);
          }
          const seen = new Map(rows.map((row) => [String(row['canonical']), row]));
          const all = [...seen.values()].map((row) => ({
            account: String(row['account']),
            name: row['name'] as string | null,
            cohort: row['cohort'] as string | null,
            status: String(row['status']),
            bound: [...new Set(bound.get(String(row['canonical'])))],
          }));
          const items = all.slice(0, limit);
          const next = all.length > limit ? (items.at(-1)?.account ?? null) : null;
          terminal.answer(
            { tenant: tenant.id, items, next },
            items.length === 0
              ? 'no accounts'
              : table([
                  ['ACCOUNT', 'STATUS', 'BOUND', 'COHORT', 'NAME'],
                  ...items.map((a) => [a.account, a.status, a.bound.join(' ') || '-', a.cohort ?? '-', a.name ?? '']),
                ]),
          );
          if (next !== null) terminal.remark(`more: --after ${next}`);
        });
      }),
    );

  account
    .command('unlock')
    .description('end a freeze: clear the failures of an account, and what its own objection or a restore suspended')
    .argument('<account>', 'account')
    .option('--tenant <id>', 'tenant')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .requiredOption('--operator <name>', 'who does it, for the audit log')
    .action(
      run(async (terminal, name: string, flags: Operator) => {
        const input = {
          account: name,
          reason: saidOf('--reason', flags.reason),
          operator: saidOf('--operator', flags.operator),
        };
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const done = await act(house.ports, callerFor(tenant.id), 'unlock', input);
          if (done.kind === 'case') return waits(terminal, name, done);
          if (done.kind === 'refused' || done.kind === 'invalid') throw stopped(done);
          terminal.answer(
            { account: name, unlocked: done.unlocked },
            done.unlocked.length === 0 ? `${name} was not locked` : `unlocked ${name}`,
          );
        });
      }),
    );

  account
    .command('unbind')
    .description('remove what an account has bound; its codes are worthless at once, and its owner is told')
    .argument('<account>', 'account')
    .option('--tenant <id>', 'tenant')
    .option('--authenticator <id>', 'only this one (ids: hufu account show)')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .requiredOption('--operator <name>', 'who does it, for the audit log')
    .action(
      run(async (terminal, name: string, flags: Operator) => {
        const input = {
          account: name,
          authenticator: flags.authenticator,
          reason: saidOf('--reason', flags.reason),
          operator: saidOf('--operator', flags.operator),
        };
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const done = await act(house.ports, callerFor(tenant.id), 'unbind', input);
          if (done.kind === 'case') return waits(terminal, name, done);
          if (done.kind === 'invalid') throw stopped(done);
          if (done.kind === 'refused') {
            if (done.code !== 'not-found') throw stopOf(done);
            throw new Stop(
              'notFound',
              flags.authenticator === undefined
                ? `${name} has bound nothing that could be removed`
                : `${name} has no authenticator ${flags.authenticator} that could be removed`,
              { code: done.code },
            );
          }
          terminal.answer({ account: name, removed: done.removed }, `removed ${done.removed.length} from ${name}`);
        });
      }),
    );

  registerPhones(account);
  registerImport(account);
  registerAppPasswords(account);
}

const LIST_SQL = `SELECT a.canonical, a.account, a.name, a.cohort, a.status, u.type
  FROM (SELECT * FROM accounts WHERE tenant_id = @tenant AND canonical > @after ORDER BY canonical LIMIT @limit) a
  LEFT JOIN authenticators u ON u.account_id = a.id AND u.status = 'active' ORDER BY a.canonical, u.id`;

const iso = (ms: number): string => new Date(ms).toISOString();

function documentOf(view: AccountView): object {
  const { account } = view.snapshot;
  return {
    account: account.account,
    name: account.name,
    phone: account.phone,
    email: account.email,
    cohort: account.cohort,
    locale: account.locale,
    status: account.status,
    suspensions: view.suspensions.map(({ by, since }) => ({ by, since: iso(since) })),
    hasPassword: account.passwordHash !== null,
    createdAt: iso(account.createdAt),
    phase: view.phase,
    authenticators: view.authenticators.map((a) => ({ ...a, boundAt: iso(a.boundAt) })),
    mayBind: view.mayBind,
  };
}

const WHY: Readonly<Record<Suspension['by'], string>> = {
  'relying-party': 'by the relying party (PUT its status)',
  objection: "by its owner's objection (unlock)",
  restore: 'by a restore (unlock)',
};

function wordsOf(view: AccountView): string {
  const { account } = view.snapshot;
  const facts: [string, string | null][] = [
    ['name', account.name],
    ['phone', account.phone],
    ['e-mail', account.email],
    ['cohort', account.cohort],
    ['language', account.locale],
    ['status', [account.status, ...view.suspensions.map((s) => `${WHY[s.by]} since ${when(s.since)}`)].join('; ')],
    ['password', account.passwordHash === null ? 'checked elsewhere' : 'set'],
    ['phase', view.phase],
    ['may bind', view.mayBind.join(', ') || 'nothing'],
  ];
  const bound = view.authenticators.map((a) => [
    `  ${a.type}`,
    a.id,
    a.status,
    `since ${when(a.boundAt)}`,
    [a.hint, a.codesLeft === null ? '' : `${a.codesLeft} codes left`].filter((t) => t !== '').join(' '),
  ]);
  return [
    account.account,
    ...facts.filter(([, value]) => value !== null).map(([label, value]) => `  ${label.padEnd(9)} ${value}`),
    bound.length === 0 ? '  nothing is bound' : '  bound:',
    ...(bound.length === 0 ? [] : [table(bound).replace(/^/gm, '  ')]),
  ].join('\n');
}
