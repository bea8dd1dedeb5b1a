import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IP } from './ip.ts';

describe('BF-07 an address', () => {
  it.each([
    '192.0.2.7',
    '0.0.0.0',
    '255.255.255.255',
    '::',
    '::1',
    '1::',
    'fe80::1%eth0',
    '2001:DB8::beef',
    '2001:db8:1:2:3:4:5:6',
    '1:2:3:4:5:6:7::',
    '::2:3:4:5:6:7:8',
    '1::8',
    '1:2:3::7:8',
    '::ffff:192.0.2.7',
    '0:0:0:0:0:ffff:192.0.2.7',
    '64:ff9b::192.0.2.7',
    '::ffff:c000:207',
    '1:2:3:4:5::192.0.2.7',
  ])('is %s', (text) => {
    expect(IP.test(text)).toBe(true);
    expect(isIP(text)).not.toBe(0);
  });

  it.each([
    '',
    ' ',
    'unknown',
    '-',
    'localhost',
    '192.0.2.7:443',
    '[2001:db8::1]:443',
    '[::1]',
    ' 192.0.2.7',
    '192.0.2.7, 10.0.0.1',
    '192.0.2.256',
    '192.0.2',
    '192.0.2.07',
    '0x7f.0.0.1',
    '1.2.3.4.5',
    '::1%',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    ':::',
    '12345::',
    '192.0.2.7%eth0',
    '1:2:3:4:5:6:7:192.0.2.7',
    '2001:db8::1/64',
    '::ffff:192.0.2.7:443',
    '192.0.2.7\n',
  ])('is not %j', (text) => {
    expect(IP.test(text)).toBe(false);
  });

  it('whatever looks like one is one for the system too, and the other way round', () => {
    const group = fc.oneof(fc.stringMatching(/^[0-9a-f]{1,4}$/), fc.constant(''), fc.ipV4());
    const alike = fc.array(group, { minLength: 1, maxLength: 10 }).map((groups) => groups.join(':'));
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), alike), (text) => {
        expect([text, IP.test(text)]).toEqual([text, isIP(text) !== 0]);
      }),
      { numRuns: 3000 },
    );
  });
});
