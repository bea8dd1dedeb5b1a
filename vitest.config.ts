// The test suites, from quick to slow. `npm test` runs them one after another; `npx vitest run <file>` runs one file.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const names = ['unit', 'stories', 'peers', 'e2e'] as const;

const suite = (name: (typeof names)[number], include: string[], limits: { seconds: number }) => ({
  test: {
    name,
    sequence: { groupOrder: names.indexOf(name) },
    include,
    environment: 'node' as const,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    testTimeout: limits.seconds * 1000,
    hookTimeout: limits.seconds * 1000,
    // Two even where there are only two cores: a test often waits for a disk, a browser or a program beside it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    restoreMocks: true,
    // How long a test waits for what must come, on however slow a machine; what came is seen at once.
    expect: { poll: { timeout: 20_000 } },
  },
});

export default defineConfig({
  test: {
    projects: [
      // Rules and parts by themselves, and the shape of the house: what `npm run check` runs too.
      suite(
        'unit',
        ['{src,sdk,scripts}/**/*.test.ts', 'demo/**/*.test.ts', 'test/house/**/*.test.ts', 'test/vectors/**/*.test.ts'],
        { seconds: 20 },
      ),
      // A whole house through its doors; stores and types against their shared suites, PostgreSQL included.
      suite('stories', ['test/stories/**/*.test.ts', 'test/conformance/**/*.test.ts'], { seconds: 60 }),
      // Other people's programs: oathtool, zbarimg, KeePassXC …
      suite('peers', ['test/peers/**/*.test.ts'], { seconds: 120 }),
      // Pages in a real Chromium.
      suite('e2e', ['test/e2e/**/*.test.ts'], { seconds: 240 }),
    ],
  },
});
