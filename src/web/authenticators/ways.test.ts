import { describe, expect, it } from 'vitest';
import type { Offered } from '../api/views.ts';
import { firstWay, hintsOf, waysOf } from './ways.ts';

const one = (type: string, id = type): Offered => ({
  id,
  type,
  hint: id,
  sends: type === 'sms' || type === 'email',
});
const keys = (authenticators: Offered[], recovery: string[] = []) =>
  waysOf({ authenticators, recovery }).map(({ key }) => key);

describe('the ways to verify', () => {
  it('CM-3.1 are sorted by strength: scan, push and code of the app, then OTP, mail, SMS, recovery codes', () => {
    expect(keys([one('sms'), one('email'), one('totp'), one('app')], ['recovery-code'])).toEqual([
      'app:scan',
      'app:push',
      'app:code',
      'totp:code',
      'email:email',
      'sms:sms',
      'recovery-code:recovery',
    ]);
  });
  it('CM-3.1 take five phones as one way, named by all of them', () => {
    const ways = waysOf({ authenticators: [one('app', 'iPhone'), one('app', 'Mi 14')], recovery: [] });
    expect(ways.map(({ kind }) => kind)).toEqual(['scan', 'push', 'code']);
    expect(ways.map(hintsOf)).toEqual(Array(3).fill('iPhone · Mi 14'));
  });
  it('CM-3.1 open with the one used last, or the only one; otherwise people choose', () => {
    const both = waysOf({ authenticators: [one('totp'), one('sms')], recovery: ['recovery-code'] });
    expect(firstWay(both, null)).toBeNull();
    expect(firstWay(both, 'sms:sms')?.type).toBe('sms');
    expect(firstWay(both, 'passkey:code')).toBeNull();
    expect(firstWay(waysOf({ authenticators: [one('totp')], recovery: ['recovery-code'] }), null)?.type).toBe('totp');
    expect(firstWay(waysOf({ authenticators: [], recovery: ['recovery-code'] }), null)?.kind).toBe('recovery');
  });
});
