// `hufu rollout cut-over` and `hufu rollout cohort`: the console's flows from a terminal, with no way round a second operator.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presetText } from '../kit.ts';
import { aFolder, hufu, type Said } from './cli-kit.ts';

const CONFIRM = ['--confirm', 'hotline-staffed', 'roll-back-person', 'customers-told'];

describe('hufu rollout', () => {
  const folder = aFolder();
  const at = (...args: string[]): Promise<Said> => hufu('--data', folder.path, '--json', ...args);
  const cutOver = (...args: string[]): Promise<Said> => at('rollout', 'cut-over', ...args);
  const cohort = (...args: string[]): Promise<Said> => at('rollout', 'cohort', ...args);
  const write = (name: string, text: string): string => {
    const path = join(folder.path, name);
    writeFileSync(path, text);
    return path;
  };
  const rows = Array.from({ length: 4 }, (_, n) => `70000${n},+8529123000${n},${n < 3 ? 'A' : ''}`);

  beforeAll(async () => {
    expect((await at('tenant', 'create', 'star', '--preset', 'star-rollout')).code).toBe(0);
    const file = write('accounts.csv', `account,phone,cohort\n${rows.join('\n')}\n`);
    expect((await at('account', 'import', file)).code).toBe(0);
  });
  afterAll(() => folder[Symbol.dispose]());

  it('ES-6.1 a cut-over is planned, begun, paused, resumed, moved on and rolled back; each step that does not fit is refused', async () => {
    const plan = await cutOver('plan', '--cohort', 'A');
    expect(plan.json.checks).toEqual(expect.arrayContaining([{ id: 'accounts', level: 'ok', count: 3, of: 3 }]));
    const start = ['start', '--cohort', 'A', '--reason', 'phase two', '--operator', 'mei', '--stages', '50,100'];
    // What no check can tell is said by somebody first.
    expect(await cutOver(...start)).toMatchObject({ code: 1, err: expect.stringContaining('hotline-staffed') });
    const begun = await cutOver(...start, ...CONFIRM);
    expect(begun).toMatchObject({ code: 0, json: { status: 'running', percent: 50, requester: 'mei' } });
    const { id } = begun.json;
    expect(await cutOver(...start, ...CONFIRM)).toMatchObject({ code: 5, err: expect.stringContaining('under way') });
    const step = (name: string) => cutOver(name, id, '--reason', `test ${name}`);
    expect((await step('pause')).json.status).toBe('paused');
    expect(await step('advance')).toMatchObject({ code: 5, out: '', err: expect.stringContaining('paused') });
    expect((await step('resume')).json.status).toBe('running');
    expect((await step('advance')).json).toMatchObject({ status: 'running', percent: 100 });
    expect((await hufu('--data', folder.path, 'rollout', 'cut-over', 'show', id)).out).toContain(
      'running, 100 % taken',
    );
    expect((await step('roll-back')).json.status).toBe('rolled-back');
    expect((await cutOver('list')).json).toMatchObject([{ id, status: 'rolled-back', cohort: 'A' }]);
  });

  it('OP-1.3 OPS-01 where the policy wants a second operator it waits for one, and no command stands in for them', async () => {
    const file = write('two.yaml', `${presetText('star-rollout')}\nconsole: { secondOperator: [switch-phase] }\n`);
    expect((await at('policy', 'publish', file, '--reason', 'two operators')).code).toBe(0);
    const start = ['start', '--cohort', 'A', '--reason', 'again', '--operator', 'mei', ...CONFIRM];
    const asked = await hufu('--data', folder.path, 'rollout', 'cut-over', ...start);
    expect(asked).toMatchObject({ code: 0, out: expect.stringMatching(/nothing is done yet: .* second operator/) });
    const [{ id, status }] = (await cutOver('list')).json;
    expect(status).toBe('asked');
    expect((await cutOver('approve', id, '--reason', 'me too')).code).toBe(2);
    expect((await cutOver('advance', id, '--reason', 'on')).code).toBe(5);
    expect((await at('rollout', 'status')).json.cohorts).toEqual(
      expect.arrayContaining([expect.objectContaining({ cohort: 'A', phase: 'coexist' })]),
    );
    expect((await cutOver('withdraw', id, '--reason', 'not now')).json.status).toBe('ended');
  });

  it('ES-5.2 a cohort is defined, counted and applied; one that says nothing is refused', async () => {
    const name = 'overseas';
    const list = write('list.txt', '700003\n\n700000\n');
    expect((await cohort('define', name, '--reason', 'pilot')).code).toBe(2);
    const defined = await cohort('define', name, '--accounts', list, '--reason', 'pilot');
    expect(defined.json).toMatchObject({ name, run: 'new', listed: 2, rule: { isListed: true } });
    // What nobody counted is not applied.
    expect((await cohort('apply', name, '--reason', 'go')).code).toBe(5);
    const counted = await cohort('count', name, '--reason', 'look');
    // The other one is in A, and the rule does not take others.
    expect(counted.json).toMatchObject({ run: 'counted', matching: 2, joining: 1, leaving: 0 });
    expect((await cohort('apply', name, '--reason', 'go')).json.run).toBe('applied');
    expect((await at('account', 'show', '700003')).json.cohort).toBe(name);
    expect((await cohort('list')).json).toMatchObject([{ name, run: 'applied' }]);
    expect((await cohort('forget', name)).json).toEqual({ name, forgotten: true });
    expect((await cohort('count', name, '--reason', 'look')).code).toBe(3);
    expect((await at('account', 'show', '700003')).json.cohort).toBe(name);
  });

  it('OP-1.3 ES-6.2 a cohort waits as well where the policy says so: nobody moves', async () => {
    const file = write('cohort.yaml', `${presetText('star-rollout')}\nconsole: { secondOperator: [apply-cohort] }\n`);
    expect((await at('policy', 'publish', file, '--reason', 'two operators')).code).toBe(0);
    const list = write('more.txt', '700002\n');
    expect((await cohort('define', 'more', '--accounts', list, '--takes-others', '--reason', 'pilot')).code).toBe(0);
    expect((await cohort('count', 'more', '--reason', 'look')).json.run).toBe('counted');
    const asked = await hufu('--data', folder.path, 'rollout', 'cohort', 'apply', 'more', '--reason', 'go');
    expect(asked).toMatchObject({ code: 0, out: expect.stringMatching(/nothing is done yet: .* second operator/) });
    expect((await at('account', 'show', '700002')).json.cohort).not.toBe('more');
  });

  it.each([
    [['cut-over', 'start', '--reason', 'r', '--operator', 'o', '--stages', '10,5,100']],
    [['cut-over', 'start', '--reason', 'r', '--operator', 'o', '--threshold', '0']],
    [['cut-over', 'start', '--reason', 'r', '--operator', 'o', '--confirm', 'everything']],
    [['cut-over', 'start', '--reason', ' ', '--operator', 'o']],
    [['cohort', 'define', 'x', '--reason', 'r', '--last-login', 'sometimes']],
    [['cohort', 'define', 'a/b', '--reason', 'r', '--bound', 'strong']],
  ])('ends %j with 2, and changes nothing', async (args) => {
    const said = await hufu('--data', folder.path, 'rollout', ...args);
    expect({ code: said.code, out: said.out }).toEqual({ code: 2, out: '' });
    expect(said.err).not.toMatch(/\n\s+at /);
  });
});
