// Who may import whom. Each rule's comment says what to do instead; ARCHITECTURE.md has the picture.
// scripts/directions.ts runs these rules and proves that they were shown every file.
const test = '[.]test[.]tsx?$';
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];

const only = (room, ...may) => ({
  name: `${room}-imports-only`,
  severity: 'error',
  comment: `src/${room} may import: ${[room, ...may].join(', ')}. Pass in what else it needs from compose.ts.`,
  from: { path: `^src/${room}/`, pathNot: test },
  to: { path: '^src/', pathNot: [room, ...may].map((one) => `^src/${one}/`) },
});

module.exports = {
  forbidden: [
    only('core'),
    only('otp'),
    only('contract'),
    only('authenticators', 'core', 'otp'),
    only('flows', 'core'),
    only('storage', 'core'),
    only('channels', 'core'),
    only('first-factors', 'core'),
    only('protocols', 'contract', 'flows', 'core'),
    only('jobs', 'flows', 'core'),
    only('web', 'contract', 'otp'),
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'core and otp take time, chance and I/O as arguments: no node:*, no packages.',
      from: { path: '^src/(core|otp)/', pathNot: test },
      to: { dependencyTypes: ['core', ...npm] },
    },
    {
      name: 'contract-is-schemas',
      severity: 'error',
      comment:
        'contract runs in server and browser alike: zod and nothing else, but for the policy document, which is YAML.',
      from: { path: '^src/contract/', pathNot: [test, '^src/contract/policy(-edit|-rollout)?[.]ts$'] },
      to: { dependencyTypes: ['core', ...npm], pathNot: '(^|/)node_modules/zod/' },
    },
    {
      name: 'siblings-are-strangers',
      severity: 'error',
      comment: 'One type, protocol or web app never reaches into another: what both need belongs in a shared room.',
      from: { path: '^src/(authenticators|protocols|web)/([^/]+)/', pathNot: test },
      to: { path: '^src/$1/[^/]+/', pathNot: ['^src/$1/$2/', '^src/web/(ui|api|authenticators|words)/'] },
    },
    {
      name: 'product-needs-no-workshop',
      severity: 'error',
      comment: 'src never imports tests or scripts, and only the demo command knows the demo.',
      from: { path: '^src/', pathNot: ['^src/commands/demo', test] },
      to: { path: '^(test|scripts|demo|sdk)/' },
    },
    {
      name: 'demo-command-starts-the-demo',
      severity: 'error',
      comment: 'The demo command may start demo/, nothing else outside src.',
      from: { path: '^src/commands/demo', pathNot: test },
      to: { path: '^(test|scripts|sdk)/' },
    },
    {
      name: 'demo-is-a-customer',
      severity: 'error',
      comment: 'The demo is a relying party: it knows Hufu only through the SDK.',
      from: { path: '^demo/', pathNot: test },
      to: { path: '^(src|test|scripts)/' },
    },
    {
      name: 'sdk-stands-alone',
      severity: 'error',
      comment: 'The SDK has no dependencies, not even on node:*: it runs wherever there is fetch.',
      from: { path: '^sdk/', pathNot: test },
      to: { pathNot: '^sdk/' },
    },
    {
      name: 'server-ships-its-dependencies',
      severity: 'error',
      comment: 'What the server needs at run time is a dependency, not a devDependency.',
      from: { path: '^src/', pathNot: ['^src/web/', test] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'imports-exist',
      severity: 'error',
      comment: 'This import resolves to nothing.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or need a third.',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(sdk/dist|dist|coverage|[.]cache)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
