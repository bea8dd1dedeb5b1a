// Commands beside a service: root's in a folder that is the service's would leave files that the service cannot read.
import { chownSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notOurs } from '../../src/compose.ts';
import { aFolder, hufu } from './cli-kit.ts';

describe('NF-5 whose data folder it is', () => {
  it('NF-5 root is refused in a folder of somebody else; the owner and root in its own are not', () => {
    expect(() => notOurs('/var/lib/hufu', 997, 0)).toThrow(
      /belongs to the user 997, not to root: run this as that user/,
    );
    for (const [owner, self] of [
      [997, 997],
      [0, 0],
      [1000, 997],
      [997, undefined],
    ] as const)
      expect(() => notOurs('/var/lib/hufu', owner, self)).not.toThrow();
  });

  it('NF-5 a command by root there ends with what to do instead, and writes nothing', async (context) => {
    if (process.getuid?.() !== 0) return context.skip('needs root');
    using folder = aFolder();
    chownSync(folder.path, 1000, 1000);
    const said = await hufu('--data', folder.path, 'tenant', 'create', 'acme', '--preset', 'recommended');
    expect(said.code).toBe(1);
    expect(said.err).toContain("sudo -u '#1000'");
    for (const name of ['hufu.db', 'hufu.keys']) expect(existsSync(join(folder.path, name))).toBe(false);
  });
});
