import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Bound } from '../../core/authenticator/type.ts';
import { mac } from '../../platform.ts';
import { sms } from './sms.ts';

const type = sms(mac);
const secret = new Uint8Array(32).fill(7);
const bound = (tag: string | null, expiresAt = 1000): Bound => ({
  id: 'aut_x',
  type: 'sms',
  params: '+85291230001',
  secret: () => Uint8Array.from(secret),
  sent: tag === null ? null : { tag, expiresAt, sentAt: 0, count: 1 },
  spent: [],
  floor: 0,
  accountId: 'acc_x',
  context: null,
});
const WINDOW = { back: 0, forward: 0 };
const send = (context = 'lgn_a') => type.send!.code(randomBytes, Uint8Array.from(secret), context);
const told = (tag: string | null, output: string, at = 0) => {
  const answer = type.verify(bound(tag), output, at, WINDOW);
  return answer.valid ? 'right' : answer.reason;
};

describe('sms', () => {
  it('accepts the code that was sent, and what it spends is that code', () => {
    const { code, tag } = send();
    expect(code).toMatch(/^\d{6}$/);
    expect(type.verify(bound(tag), code, 0, WINDOW)).toEqual({ valid: true, spend: { kind: 'sent', tag } });
  });

  it('refuses another code, any code when none was sent, and the right one from its end on', () => {
    const { code, tag } = send();
    expect(told(tag, code === '000000' ? '000001' : '000000')).toBe('wrong');
    expect(told(null, code)).toBe('not-sent');
    expect(told(tag, code, 999)).toBe('right');
    expect(told(tag, code, 1000)).toBe('expired');
  });

  it('keeps a tag that tells neither the code nor that two codes are alike', () => {
    const [a, b] = [send(), send()];
    const same = type.send!.code((n) => new Uint8Array(n).fill(3), Uint8Array.from(secret), 'lgn_a');
    const again = type.send!.code((n) => new Uint8Array(n).fill(3), Uint8Array.from(secret), 'lgn_b');
    expect(a.tag).not.toContain(a.code);
    expect(a.tag).not.toBe(b.tag);
    expect(same.code).toBe(again.code);
    expect(same.tag.split('.').at(-1)).not.toBe(again.tag.split('.').at(-1));
  });

  it('draws every digit alike: bytes that would favour some are thrown away', () => {
    const bytes = [255, 254, 253, 252, 251, 250, 249, 10, 21, 32, 43, 54];
    const { code } = type.send!.code(
      (n) => Uint8Array.from({ length: n }, (_, i) => bytes[i % 12]!),
      Uint8Array.from(secret),
      'c',
    );
    expect(code).toBe('901234');
  });
});
