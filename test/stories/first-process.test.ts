// As a container has it: the first process of its world, which no signal ends that it does not handle.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, '../../src/main.mjs');

function canIsolate(): boolean {
  try {
    execFileSync('unshare', ['--pid', '--fork', '--kill-child', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('IN-1.6 the first process of a container', () => {
  it('IN-1.6 ends when it is asked to while it still waits for its database', async (context) => {
    if (!canIsolate()) return context.skip('needs root and unshare');
    const folder = mkdtempSync(join(tmpdir(), 'hufu-first-'));
    // A database that takes the call and never answers.
    const silent = createServer();
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const database = `postgres://a:b@127.0.0.1:${(silent.address() as AddressInfo).port}/x`;
    const called = once(silent, 'connection');
    const outside = spawn(
      'unshare',
      [
        '--pid',
        '--fork',
        '--kill-child',
        process.execPath,
        '--disable-warning=ExperimentalWarning',
        main,
        'serve',
        '--port',
        '0',
      ],
      { env: { PATH: process.env['PATH'] ?? '', HUFU_DATA: folder, HUFU_DATABASE: database }, stdio: 'ignore' },
    );
    const ended = once(outside, 'exit');
    try {
      await called;
      // The first process inside has another number out here.
      const inside = readFileSync(`/proc/${outside.pid}/task/${outside.pid}/children`, 'utf8');
      process.kill(Number(inside), 'SIGTERM');
      expect(await ended).toEqual([143, null]);
    } finally {
      outside.kill('SIGKILL');
      silent.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
