// The `hufu` command. Compiled code is kept beside the sources between starts: a start takes half the time, and forty megabytes less. JavaScript itself,
// so that Node need not load its compiler for this one file, which is read before there is a cache: ten megabytes.
import { enableCompileCache } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';

// A container's first process is not ended by a signal that it does not handle. Until a command handles it, being asked to end is ending.
if (process.pid === 1)
  for (const signal of ['SIGTERM', 'SIGINT'])
    process.once(signal, () => {
      if (process.listenerCount(signal) === 0) process.exit(128 + constants.signals[signal]);
    });

// A folder that cannot be written to is no reason not to start; NODE_COMPILE_CACHE names another.
if (process.env['NODE_COMPILE_CACHE'] === undefined) enableCompileCache(join(import.meta.dirname, '../.cache/compile'));
await import('./cli.ts');
