// What `hufu` understands. One file per sub-command; each is loaded only when asked for, so that the server starts at once.
import { Command, CommanderError } from 'commander';

const program = new Command('hufu')
  .description('Hufu 虎符: self-hosted two-step verification')
  .option('--data <folder>', 'folder of the database and the key file (HUFU_DATA)')
  .option('--config <file>', 'configuration file (HUFU_CONFIG)')
  .option('--json', 'answer in JSON, one document per line')
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 failed or refused, 2 wrong usage, 3 not found, 5 conflict, 75 unavailable, try again later.',
  )
  .showHelpAfterError('(hufu --help lists the commands)')
  .exitOverride();

const COMMANDS: Readonly<Record<string, () => Promise<{ register: (program: Command) => void }>>> = {
  serve: () => import('./commands/serve.ts'),
  demo: () => import('./commands/demo.ts'),
  tenant: () => import('./commands/tenant.ts'),
  policy: () => import('./commands/policy.ts'),
  doctor: () => import('./commands/doctor.ts'),
  account: () => import('./commands/account.ts'),
  'api-key': () => import('./commands/api-key.ts'),
  keys: () => import('./commands/keys.ts'),
  rollout: () => import('./commands/rollout.ts'),
  operator: () => import('./commands/operator.ts'),
  'oidc-client': () => import('./commands/oidc-client.ts'),
  audit: () => import('./commands/audit.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
};

const args = process.argv.slice(2);
const json = args.includes('--json');
// With --json a failure is one document on stderr: how it was to be used goes in there too.
if (json) program.configureOutput({ writeErr: () => undefined, outputError: () => undefined });

// Whatever a command creates is for this user alone.
process.umask(0o077);

// The first word that is no flag, nor the value of a flag that stands before the command.
const wanted = args.find((arg, i) => !arg.startsWith('-') && !/^--(data|config)$/.test(args[i - 1] ?? ''));
const known = wanted !== undefined && Object.hasOwn(COMMANDS, wanted) ? wanted : undefined;
for (const [name, load] of Object.entries(COMMANDS))
  if (known === undefined || known === name) (await load()).register(program);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError && (error.exitCode === 0 || !json)) process.exit(error.exitCode === 0 ? 0 : 2);
  const { endingOf } = await import('./commands/ending.ts');
  process.exit(endingOf(error, json));
}
