// A bypass code against what it was made from, and against a recovery code's.
import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Bound } from '../../core/authenticator/type.ts';
import type { Mac } from '../mac.ts';
import { recoveryCode } from '../recovery-code/recovery-code.ts';
import { bypassCode } from './bypass-code.ts';

const mac: Mac = {
  hmac: (algorithm, key, message) => createHmac(algorithm, key).update(message).digest(),
  sameText: (a, b) => a === b,
};
const window = { back: 0, forward: 0 };
const type = bypassCode(mac);
const bound = (secret: Uint8Array, spent: readonly number[] = []): Bound => ({
  id: 'aut_1',
  type: 'bypass-code',
  params: '2',
  secret: () => Uint8Array.from(secret),
  sent: null,
  spent,
  floor: 0,
  accountId: 'acc_1',
  context: null,
});

describe('bypass codes', () => {
  it('OP-1.2 each is good once, in any spelling a person uses', () => {
    const made = type.issue?.(randomBytes, 2) ?? { secret: new Uint8Array(0), codes: [] };
    expect(made.codes).toHaveLength(2);
    for (const [n, code] of made.codes.entries()) {
      const spoken = ` ${code.toLowerCase().replace('-', ' ')}`;
      expect(type.verify(bound(made.secret), spoken, 0, window)).toEqual({
        valid: true,
        spend: { kind: 'mark', mark: -1 - n, lookAhead: 0 },
      });
      expect(type.verify(bound(made.secret, [-1 - n]), code, 0, window)).toMatchObject({ reason: 'replayed' });
    }
  });

  it('OP-1.2 OPS-09 what is kept holds no code, and a recovery code made of the same bytes is not one', () => {
    const fixed = (count: number) => new Uint8Array(count).fill(7);
    const made = type.issue?.(fixed, 1) ?? { secret: new Uint8Array(0), codes: [] };
    const [code = ''] = made.codes;
    expect(Buffer.from(made.secret).toString('latin1')).not.toContain(code.replace('-', ''));
    expect(recoveryCode(mac).verify(bound(made.secret), code, 0, window)).toMatchObject({ valid: false });
    expect(type.verify(bound(made.secret), 'AAAAA-AAAAA', 0, window)).toMatchObject({ valid: false, reason: 'wrong' });
    expect(type.bind).toBeUndefined();
  });
});
