// Where the demo listens: the console beside the demo, so that the README can name both.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { portOr } from '../../src/commands/house.ts';

describe('NF-4 the console of the demo', () => {
  it('NF-4 takes the port wanted when it is free, another when it is not, or when there is no such port', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, 'localhost', resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      expect(await portOr('localhost', port)).not.toBe(port);
      expect(await portOr('localhost', 65_536)).toBeLessThan(65_536);
    } finally {
      await new Promise((resolve) => taken.close(resolve));
    }
    expect(await portOr('localhost', port)).toBe(port);
  });
});
