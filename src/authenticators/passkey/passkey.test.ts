import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Bound } from '../../core/authenticator/type.ts';
import { signatures } from '../../platform.ts';
import { passkey } from './passkey.ts';

const type = passkey(signatures, { origin: 'https://hufu.test', rpId: 'hufu.test', rpName: 'Hufu' });
const bound: Bound = {
  id: 'aut_x',
  type: 'passkey',
  params: 'hufu.test',
  secret: () => new TextEncoder().encode(JSON.stringify({ id: 'AAAA', key: {}, alg: -7, count: 0, transports: [] })),
  sent: null,
  spent: [],
  floor: 0,
  accountId: 'acc_x',
  context: 'lgn_x',
};

describe('passkey', () => {
  it('WA-01 each login has a challenge of its own, the same for all who ask', () => {
    const challengeOf = (context: string): string =>
      (type.prompt!([bound], context) as { challenge: string }).challenge;
    expect(challengeOf('lgn_x')).toBe(challengeOf('lgn_x'));
    expect(challengeOf('lgn_x')).not.toBe(challengeOf('lgn_y'));
  });

  it('WA-01 a registration asks for a challenge nobody can foresee, our own address and user verification', () => {
    const begin = () =>
      type.bind!.begin({
        account: 'wei',
        accountId: 'acc_x',
        held: [bound],
        issuer: 'Lark',
        random: randomBytes,
        totp: { algorithm: 'SHA1', digits: 6, periodSeconds: 30 },
        recoveryCodes: 10,
      }).shown.passkey as Record<string, any>;
    const [one, two] = [begin(), begin()];
    expect(one['challenge']).not.toBe(two['challenge']);
    expect(one['rp']).toEqual({ id: 'hufu.test', name: 'Lark' });
    expect(one['authenticatorSelection']).toMatchObject({ userVerification: 'required' });
    expect(one['excludeCredentials']).toEqual([{ type: 'public-key', id: 'AAAA' }]);
    // A handle says nothing about its person.
    expect(JSON.stringify(one['user'].id)).not.toContain('acc_x');
  });

  it('WA-01 rubbish is a wrong answer, not a fault', () => {
    for (const output of [
      '',
      '{',
      'null',
      '[]',
      '{"id":1}',
      '{"id":"AAAA","clientDataJSON":"!","authenticatorData":"","signature":""}',
    ])
      expect(type.verify(bound, output, 0, { back: 0, forward: 0 }).valid).toBe(false);
  });
});
