// What may stand in the lock file: checksummed packages from the npm registry, and our own workspaces.
import { describe, expect, it } from 'vitest';
import { strangers } from './lock.ts';

describe('the lock file', () => {
  it('may hold checksummed packages and our own workspaces', () => {
    const packages = {
      '': { version: '0.1.0' },
      sdk: { version: '0.1.0' },
      'node_modules/@hufu/sdk': { resolved: 'sdk', link: true },
      'node_modules/zod': { version: '4.0.0', integrity: 'sha512-x' },
      'node_modules/pg': {
        version: '8.0.0',
        resolved: 'https://registry.npmjs.org/pg/-/pg-8.0.0.tgz',
        integrity: 'sha512-x',
      },
    };
    expect(strangers(packages)).toEqual([]);
  });

  it.each([
    ['git', { resolved: 'git+ssh://git@github.com/someone/thing.git#abc' }],
    ['plain http', { resolved: 'http://registry.npmjs.org/thing/-/thing-1.0.0.tgz', integrity: 'sha512-x' }],
    ['another host', { resolved: 'https://example.org/thing.tgz', integrity: 'sha512-x' }],
    ['a local file', { resolved: 'file:../thing.tgz', integrity: 'sha512-x' }],
    ['no checksum', { version: '1.0.0' }],
  ])('refuses %s', (_name, entry) => {
    expect(strangers({ 'node_modules/thing': entry })).toHaveLength(1);
  });
});
