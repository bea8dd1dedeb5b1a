// The `hufu` command. One file per sub-command; each is loaded only when asked for, so that the server starts at once.
import { Command, CommanderError } from 'commander';
import { ConfigError } from './config.ts';

/** Exit codes: 0 done, 1 failed or refused, 2 wrong usage, 3 not found, 5 conflict, 75 try again later. */
const program = new Command('hufu')
  .description('Hufu 虎符: self-hosted two-step verification')
  .option('--data <folder>', 'folder of the database and the key file (HUFU_DATA)')
  .option('--config <file>', 'configuration file (HUFU_CONFIG)')
  .option('--json', 'answer in JSON, one document per line')
  .showHelpAfterError('(hufu --help lists the commands)')
  .exitOverride();

const COMMANDS: Readonly<Record<string, () => Promise<{ register: (program: Command) => void }>>> = {
  serve: () => import('./commands/serve.ts'),
  demo: () => import('./commands/demo.ts'),
  audit: () => import('./commands/audit.ts'),
};

const wanted = process.argv.slice(2).find((arg) => arg in COMMANDS);
for (const [name, load] of Object.entries(COMMANDS)) if (wanted === undefined || wanted === name) (await load()).register(program);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  if (error instanceof ConfigError) {
    process.stderr.write(`hufu: ${error.message}\n`);
    process.exit(2);
  }
  process.stderr.write(`hufu: ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['HUFU_DEBUG'] !== undefined && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n${String(error.cause ?? '')}\n`);
  process.exit(1);
}
