// The chain's format is for ever: what was sealed by an old version must hold under a new one, and under anyone else's verifier.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditRow, canonicalEvent, checkpointText, extend, GENESIS, type Sha256 } from './chain.ts';
import { csvLine } from './csv.ts';
import { walkChain } from './verify-chain.ts';

const sha256: Sha256 = (previous, event) =>
  createHash('sha256').update(previous, 'hex').update(event, 'utf8').digest('hex');

const EVENTS: readonly AuditRow[] = [
  {
    seq: 1,
    tenantId: 't1',
    at: 1795136400000,
    accountId: null,
    event: 'policy.published',
    actor: 'cli',
    data: '{"version":1}',
  },
  {
    seq: 3,
    tenantId: 't1',
    at: 1795136400123,
    accountId: 'acc_1',
    event: 'binding.removed',
    actor: 'operator:林',
    data: '{"reason":"换机"}',
  },
];

const anEvent: fc.Arbitrary<AuditRow> = fc.record({
  seq: fc.integer({ min: 1 }),
  tenantId: fc.string(),
  at: fc.nat(),
  accountId: fc.option(fc.string()),
  event: fc.string(),
  actor: fc.string(),
  data: fc.string(),
});

describe('the audit chain', () => {
  it('OP-2.1 has the hashes that another program computes from the documented format', () => {
    expect(extend(sha256, { pos: 0, hash: GENESIS }, EVENTS)).toEqual([
      { pos: 1, seq: 1, hash: 'd63cc8a8e333864bb041ba61d36bd612924fb3e6fa8e5ef266191d4bf51e155d' },
      { pos: 2, seq: 3, hash: '9bf6d58b0bec571275aa6de8d775061b576f328be4914135d8b5e986a0a49f51' },
    ]);
  });

  it('OP-2.1 signs every member of a checkpoint', () => {
    expect(checkpointText({ pos: 2, hash: 'ab', settled: 3, at: 4, keyId: 'aud_1' })).toBe(
      '["hufu/audit-checkpoint/v1",2,"ab",3,4,"aud_1"]',
    );
  });

  it('OP-2.1 hashes no two different events alike', () => {
    fc.assert(
      fc.property(anEvent, anEvent, (a, b) => {
        const same = (Object.keys(a) as (keyof AuditRow)[]).every((key) => a[key] === b[key]);
        expect(canonicalEvent(a) === canonicalEvent(b)).toBe(same);
      }),
    );
  });

  it('OP-2.1 OPS-08 shows any one change of any event, at its place', () => {
    fc.assert(
      fc.property(
        fc.array(anEvent, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.constantFrom<keyof AuditRow>('tenantId', 'accountId', 'event', 'actor', 'data', 'at'),
        (events, at, key) => {
          const sealed = extend(sha256, { pos: 0, hash: GENESIS }, events).map((entry, i) => ({
            ...entry,
            event: events[i] ?? null,
          }));
          expect(walkChain(sha256, Infinity, [], () => true).accept(sealed)).toBeUndefined();
          const bad = at % events.length;
          const changed = sealed.map((entry, i) =>
            i === bad && entry.event !== null
              ? {
                  ...entry,
                  event: { ...entry.event, [key]: key === 'at' ? entry.event.at + 1 : `${entry.event[key]}x` },
                }
              : entry,
          );
          expect(walkChain(sha256, Infinity, [], () => true).accept(changed)).toMatchObject({ pos: bad + 1 });
        },
      ),
    );
  });
});

describe('an event as CSV', () => {
  it('OP-2.1 never begins a cell with what a spreadsheet takes for a formula', () => {
    const [event] = EVENTS as [AuditRow];
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r', ' =', '＝'), fc.string(), (sign, rest) => {
        const cell = csvLine({ ...event, actor: `${sign}${rest}`, accountNumber: null }).split(',policy.published,')[1];
        expect(cell).toMatch(/^"?'/);
      }),
    );
  });
});
