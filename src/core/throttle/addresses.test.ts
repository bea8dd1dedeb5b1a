// Which addresses count as one, and for how long.
import { describe, expect, it } from 'vitest';
import { addressBlock, addressBudget } from './addresses.ts';

describe('BF-07 one address across accounts', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    [' 192.0.2.7 ', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['0:0:0:0:0:FFFF:C000:0207', '192.0.2.7'],
    ['::ffff:0:c000:207', '0:0:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['not an address', 'not an address'],
  ])('counts %s as %s', (ip, block) => {
    expect(addressBlock(ip)).toBe(block);
  });

  it('BF-07 stops at the limit, for the rest of the window, and for that tenant only', () => {
    const budget = addressBudget(3, 600);
    for (let i = 0; i < 3; i++) {
      expect(budget.wait('t', '192.0.2.7', i)).toBe(0);
      budget.failed('t', '192.0.2.7', i);
    }
    expect(budget.wait('t', '192.0.2.7', 1000)).toBe(599);
    expect(budget.wait('t', '192.0.2.8', 1000)).toBe(0);
    expect(budget.wait('u', '192.0.2.7', 1000)).toBe(0);
    expect(budget.wait('t', '192.0.2.7', 600_000)).toBe(0);
    budget.failed('t', '192.0.2.7', 600_000);
    expect(budget.wait('t', '192.0.2.7', 600_000)).toBe(0);
  });

  it('BF-07 counts nobody whose address is unknown, and forgets the oldest when there are too many', () => {
    const budget = addressBudget(1, 600, 2);
    budget.failed('t', null, 0);
    expect(budget.wait('t', undefined, 0)).toBe(0);
    for (const ip of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) budget.failed('t', ip, 0);
    expect(['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((ip) => budget.wait('t', ip, 0))).toEqual([0, 600, 600]);
  });
});
