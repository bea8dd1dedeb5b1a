// Many commits at the same time, from two nodes where the store allows them: one answer each, whoever comes first.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Write } from '../../src/core/commit.ts';
import type { TestHouse } from '../kit.ts';
import {
  accountRow,
  anId,
  authenticatorRow,
  challengeRow,
  event,
  eventsOf,
  STORES,
  type StoreUnderTest,
} from './stores.ts';

describe.each(STORES)('$name', ({ open }) => {
  let store: StoreUnderTest;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  const node = (n: number): TestHouse => store.nodes[n % 2]!;
  const commit = async (n: number, account: string, writes: readonly Write[]): Promise<string> => {
    const result = await node(n).house.ports.store.commit(account, writes);
    return result.kind === 'done' ? 'done' : result.op;
  };
  /** All at once, every other one on the other node. */
  const allAtOnce = (account: string, commits: readonly (readonly Write[])[]): Promise<string[]> =>
    Promise.all(commits.map((writes, n) => commit(n, account, writes)));
  const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
  const spend = (authenticatorId: string, step: number): Write => ({
    op: 'spend-step',
    authenticatorId,
    step,
    periodSeconds: 30,
    lookAhead: 2,
  });
  const spendMark = (authenticatorId: string, mark: number): Write => ({
    op: 'spend',
    authenticatorId,
    mark,
    lookAhead: 2,
  });
  /** The half minute of now. */
  const thisStep = (): number => Math.floor(store.now() / 30_000);

  type Kind = readonly [name: string, make: typeof spend, first: () => number];
  const kinds: readonly Kind[] = [
    ['a step of now', spend, thisStep],
    ['a step of long ago, as after a clock was set back', spend, () => 1000],
    ['a mark', spendMark, () => 1000],
  ];

  it.each(kinds)(
    'NF-3 OTP-03 sixty-four spends of %s have one winner, in each of twenty rounds',
    async (_, make, first) => {
      const account = anId('acc');
      for (let round = 0; round < 20; round++) {
        const write = make(account, first() + round);
        const told = await allAtOnce(
          account,
          times(64, (n) => [write, event(account, { round, n })]),
        );
        expect(told.filter((t) => t === 'done')).toHaveLength(1);
        expect(told.filter((t) => t === write.op)).toHaveLength(63);
        expect((await eventsOf(node(0), account)).filter((e) => e['round'] === round)).toHaveLength(1);
      }
    },
  );

  it.each(kinds)('NF-3 OTP-04 of %s, N is refused after N+1, and beside it', async (_, make, first) => {
    const account = anId('acc');
    const n = first();
    const { op } = make(account, n);
    expect(await commit(0, account, [make(account, n + 1)])).toBe('done');
    expect(await commit(1, account, [make(account, n)])).toBe(op);
    for (let round = 0; round < 20; round++) {
      const id = anId('aut');
      await allAtOnce(account, [
        [make(id, n), event(id, { mark: 0 })],
        [make(id, n + 1), event(id, { mark: 1 })],
      ]);
      const marks = (await eventsOf(node(0), id)).map((e) => e['mark']);
      // The later one always stands; the earlier one only when it came first.
      expect([[1], [0, 1]]).toContainEqual(marks);
    }
  });

  it('NF-3 BF-02 of fifty records of the same failure one holds', async () => {
    const account = anId('acc');
    for (let n = 1; n <= 5; n++) {
      const told = await allAtOnce(
        account,
        times(50, () => [{ op: 'count-failure', scope: account, n }]),
      );
      expect(told.filter((t) => t === 'done')).toHaveLength(1);
    }
    expect((await node(1).house.ports.store.failures(account)).failures.count).toBe(5);
  });

  it('NF-3 BF-02 a right output and a wrong one at the same moment: the failure counts, or the right one came first', async () => {
    for (let round = 0; round < 20; round++) {
      const account = anId('acc');
      const [right, wrong] = await allAtOnce(account, [
        [spend(account, 7), { op: 'expect-failures', scope: account, count: 0 }, event(account)],
        [{ op: 'count-failure', scope: account, n: 1 }],
      ]);
      expect(wrong).toBe('done');
      const events = await eventsOf(node(0), account);
      expect(events).toHaveLength(right === 'done' ? 1 : 0);
      // A right output that lost has spent nothing either.
      expect(await commit(round, account, [spend(account, 7)])).toBe(right === 'done' ? 'spend-step' : 'done');
    }
  });

  it('NF-3 ENR-05 six confirmations at once bind one authenticator', async () => {
    for (let round = 0; round < 10; round++) {
      const account = anId('acc');
      const ids = times(6, () => anId('aut'));
      await commit(0, account, [
        { op: 'insert-account', account: accountRow(account) },
        ...ids.map((id) => authenticatorRow(account, { id, status: 'pending', expiresAt: store.now() + 1000 })),
      ]);
      const told = await allAtOnce(
        account,
        ids.map((id) => [{ op: 'confirm-authenticator', accountId: account, id, type: 'totp', only: true }]),
      );
      expect(told.filter((t) => t === 'done')).toHaveLength(1);
    }
  });

  it('NF-3 REB-02 of two parallel removals of the last two authenticators exactly one succeeds', async () => {
    for (let round = 0; round < 20; round++) {
      const account = anId('acc');
      const [a, b] = [anId('aut'), anId('aut')];
      await commit(0, account, [
        authenticatorRow(account, { id: a }),
        authenticatorRow(account, { id: b, type: 'sms' }),
      ]);
      const told = await allAtOnce(
        account,
        [a, b].map((id) => [{ op: 'remove-authenticator', accountId: account, id, keep: 1 }]),
      );
      expect(told.toSorted()).toEqual(['done', 'remove-authenticator']);
    }
  });

  it('NF-3 one satisfied login is proof once, one sent code is used once, one login is moved once', async () => {
    const account = anId('acc');
    const login = challengeRow(account, store.now());
    const proof = challengeRow(account, store.now(), { status: 'satisfied', purpose: 'unbind' });
    await commit(0, account, [
      { op: 'insert-account', account: accountRow(account) },
      authenticatorRow(account, { id: 'a' }),
      { op: 'insert-challenge', challenge: login },
      { op: 'insert-challenge', challenge: proof },
      {
        op: 'put-sent-code',
        challengeId: login.id,
        authenticatorId: 'a',
        tag: 't',
        expiresAt: store.now() + 1000,
        count: 0,
      },
    ]);
    const uses: readonly Write[] = [
      { op: 'use-proof', id: proof.id, accountId: account, purpose: 'unbind', notBefore: 0 },
      { op: 'use-sent-code', challengeId: login.id, authenticatorId: 'a', tag: 't' },
      {
        op: 'move-challenge',
        id: login.id,
        from: '',
        verified: 'totp',
        status: 'satisfied',
        withdrawn: 0,
        until: null,
      },
    ];
    for (const use of uses)
      expect(
        (
          await allAtOnce(
            account,
            times(20, () => [use]),
          )
        ).filter((t) => t === 'done'),
      ).toHaveLength(1);
  });

  it('NF-3 commits that share a group stand or fall alone, wherever in them an assumption fails', async () => {
    const accounts = times(60, () => anId('acc'));
    const told = await Promise.all(
      accounts.map((account, n) => {
        const steps: Write[] = [spend(account, 1), { op: 'count-failure', scope: account, n: 1 }, event(account)];
        const fails: Write = { op: 'expect-failures', scope: account, count: 9 };
        if (n % 4 < 3) steps.splice(n % 4 === 0 ? 0 : n % 4 === 1 ? 2 : 3, 0, fails);
        return commit(0, account, steps);
      }),
    );
    for (const [n, account] of accounts.entries()) {
      expect(told[n]).toBe(n % 4 < 3 ? 'expect-failures' : 'done');
      expect(await eventsOf(node(0), account)).toHaveLength(n % 4 < 3 ? 0 : 1);
      expect(await commit(1, account, [spend(account, 1)])).toBe(n % 4 < 3 ? 'done' : 'spend-step');
    }
  });

  it('NF-3 a commit the database cannot take fails alone; those beside it hold', async () => {
    const taken = challengeRow(anId('acc'), store.now());
    await commit(0, taken.accountId, [{ op: 'insert-challenge', challenge: taken }]);
    const accounts = times(20, () => anId('acc'));
    const told = await Promise.allSettled(
      accounts.map((account, n) =>
        commit(0, account, [
          event(account),
          ...(n === 7 ? [{ op: 'insert-challenge', challenge: taken } as const] : []),
        ]),
      ),
    );
    expect(told.map((t, n) => (t.status === 'fulfilled' ? t.value : `fault ${n}`))).toEqual(
      accounts.map((_, n) => (n === 7 ? 'fault 7' : 'done')),
    );
    expect(await eventsOf(node(0), accounts[7]!)).toHaveLength(0);
  });

  it('NF-3 groups that hold the same accounts in opposite orders never block each other', async () => {
    const accounts = times(40, () => anId('acc'));
    for (let round = 1; round <= 5; round++) {
      const told = await Promise.all(
        [0, 1].flatMap((n) =>
          (n === 0 ? accounts : accounts.toReversed()).map((account) =>
            commit(n, account, [{ op: 'count-failure', scope: account, n: round }]),
          ),
        ),
      );
      expect(told.filter((t) => t === 'done')).toHaveLength(40);
    }
  });

  it('OTP-24 accepted steps strictly increase per authenticator, for any schedule of codes, steps and nodes', async () => {
    const attempt = fc.record({
      authenticator: fc.integer({ min: 0, max: 2 }),
      offset: fc.integer({ min: -1, max: 1 }),
      node: fc.integer({ min: 0, max: 1 }),
    });
    const wave = fc.record({
      passes: fc.integer({ min: 0, max: 3 }),
      attempts: fc.array(attempt, { minLength: 1, maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(wave, { minLength: 1, maxLength: 8 }), async (waves) => {
        const ids = times(3, () => anId('aut'));
        let step = thisStep();
        let accepted = 0;
        for (const { passes, attempts } of waves) {
          step += passes;
          const told = await Promise.all(
            attempts.map((a) =>
              commit(a.node, ids[a.authenticator]!, [
                spend(ids[a.authenticator]!, step + a.offset),
                event(ids[a.authenticator]!, { step: step + a.offset }),
              ]),
            ),
          );
          accepted += told.filter((t) => t === 'done').length;
        }
        let events = 0;
        for (const id of ids) {
          const steps = (await eventsOf(node(0), id)).map((e) => Number(e['step']));
          events += steps.length;
          for (let i = 1; i < steps.length; i++) if (steps[i]! <= steps[i - 1]!) return false;
        }
        return events === accepted;
      }),
      { numRuns: 40, seed: 20261120 },
    );
  });
});
