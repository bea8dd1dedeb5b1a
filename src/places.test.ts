import { describe, expect, it } from 'vitest';
import { placesFrom } from './places.ts';

const placeOf = placesFrom(`# prefix,zh-CN,zh-HK,en
203.0.113.0/24,香港,香港,Hong Kong
203.0.113.128/25,九龙,九龍,Kowloon

2001:db8::/32,上海,上海,Shanghai
10.0.0.0/8,内网,內部網絡,Local network
`);

describe('the place of an address', () => {
  it('CM-3.2 is what the longest prefix of the list says', () => {
    expect(placeOf('203.0.113.7')?.en).toBe('Hong Kong');
    expect(placeOf('203.0.113.200')?.['zh-HK']).toBe('九龍');
    expect(placeOf('2001:db8:1::7')?.['zh-CN']).toBe('上海');
    expect(placeOf('::ffff:10.1.2.3')?.en).toBe('Local network');
  });

  it.each(['198.51.100.1', '2001:db9::1', 'localhost', '', '999.1.1.1'])(
    'CM-3.2 is none that nobody wrote down: %s',
    (ip) => {
      expect(placeOf(ip)).toBeNull();
    },
  );

  it.each([
    '203.0.113.0,香港,香港,Hong Kong',
    '203.0.113.0/33,香港,香港,Hong Kong',
    'example/24,香港,香港,Hong Kong',
    '203.0.113.0/24,香港',
  ])('is read strictly: %s', (line) => {
    expect(() => placesFrom(`# a list\n${line}`)).toThrow('places: line 2');
  });
});
