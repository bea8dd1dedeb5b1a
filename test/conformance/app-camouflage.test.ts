// A stolen phone's storage against a thief who tries every PIN (MO-4.2). A million PINs go through mask and HOTP with a
// fast stand-in for Argon2id, which only decides which 32 bytes M is and cannot help or hinder the camouflage; some go
// through the real one.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { codeFrom, masked } from '../../src/web/app/pin/pin.ts';
import { ARGON2ID, pinBytes, stretch } from '../../src/web/app/pin/stretch.ts';

const place = { account: 'acc_stolen', phone: 'phn_stolen', salt: Uint8Array.from({ length: 16 }, (_, at) => at * 7) };
const key = Uint8Array.from(createHash('sha256').update('the key of this phone').digest());
const at = Date.UTC(2026, 10, 20, 1, 0, 0);
const fast = (pin: string) => Uint8Array.from(createHash('sha256').update(pin).digest());

/** Pearson's χ² of observed counts against equal ones. */
function chiSquared(counts: Uint32Array): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('MO-4.2 a stolen store', () => {
  it('PIN-01 PIN-02 a million PINs all give six digits, spread like chance; none can be ruled out', () => {
    const store = masked(key, fast('730516'), place);
    const seen = new Uint8Array(1_000_000);
    const counts = { head: new Uint32Array(1000), tail: new Uint32Array(1000), last: new Uint32Array(10) };
    let malformed = 0;
    for (let pin = 0; pin < 1_000_000; pin++) {
      const code = codeFrom(store, fast(String(pin).padStart(6, '0')), place, at);
      if (!/^[0-9]{6}$/.test(code)) malformed += 1;
      const number = Number(code);
      seen[number] = 1;
      counts.head[Math.floor(number / 1000)] = (counts.head[Math.floor(number / 1000)] ?? 0) + 1;
      counts.tail[number % 1000] = (counts.tail[number % 1000] ?? 0) + 1;
      counts.last[number % 10] = (counts.last[number % 10] ?? 0) + 1;
    }
    expect(malformed).toBe(0);
    // 999 degrees of freedom: one run of chance in a million is beyond 1,225; 9 degrees: beyond 45. And nobody is too even.
    for (const spread of [counts.head, counts.tail]) {
      expect(chiSquared(spread)).toBeLessThan(1225);
      expect(chiSquared(spread)).toBeGreaterThan(800);
    }
    expect(chiSquared(counts.last)).toBeLessThan(45);
    // Chance leaves 1/e of a million codes unused.
    const used = seen.reduce((sum, one) => sum + one, 0);
    expect(Math.abs(used - 632_121)).toBeLessThan(2500);
  });

  it('PIN-01 through the real Argon2id: wrong PINs give codes as good as the right one’s', async () => {
    const right = '730516';
    const store = masked(key, await stretch(pinBytes(right), place.salt, ARGON2ID), place);
    const codes = new Set<string>();
    for (const pin of [right, '730517', '000000', '111111', '84739201', '99999999999999999999']) {
      const code = codeFrom(store, await stretch(pinBytes(pin), place.salt, ARGON2ID), place, at);
      expect(code).toMatch(/^[0-9]{6}$/);
      codes.add(code);
    }
    expect(codes.size).toBe(6);
  });

  it('PIN-03 what is stored has the same shape under any PIN: 32 bytes, no tag, nothing that fits only one', () => {
    // The masked key is as random as a mask: its bytes over ten thousand PINs are even.
    const counts = new Uint32Array(256);
    for (let pin = 0; pin < 10_000; pin++) {
      const store = masked(key, fast(String(pin)), place);
      expect(store).toHaveLength(32);
      for (const byte of store) counts[byte] = (counts[byte] ?? 0) + 1;
    }
    expect(chiSquared(counts)).toBeLessThan(380);
  });
});
