import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventParser, watch } from './watch.ts';

describe('server-sent events, read with fetch', () => {
  it('CM-3.2 gives each event whole, however the text was cut', () => {
    const text = ': hello\n\nevent: login\ndata: {"a":1}\n\ndata:{"b":\r\ndata: 2}\r\n\r\ndata: never ended';
    for (const size of [1, 2, 3, 7, text.length]) {
      const found: string[] = [];
      const parse = eventParser((data) => found.push(data));
      for (let at = 0; at < text.length; at += size) parse(text.slice(at, at + size));
      expect(found.map((data) => data.replace('\n', ''))).toEqual(['{"a":1}', '{"b":2}']);
    }
  });
});

afterEach(() => vi.useRealTimers());

describe('waiting for news without a stream', () => {
  it('CM-5.2 outlives an outage of minutes, asking every ten seconds at most, and ends when it is told to', async () => {
    vi.useFakeTimers();
    let asked = 0;
    let isDown = true;
    const told: number[] = [];
    const stop = watch<number>(
      { locale: 'en' },
      {
        poll: async () => {
          asked += 1;
          if (isDown) throw new TypeError('Failed to fetch');
          return asked;
        },
        onValue: (value) => {
          told.push(value);
          stop();
        },
        onRefused: () => told.push(-1),
      },
    );
    await vi.advanceTimersByTimeAsync(300_000);
    expect(told).toEqual([]);
    expect(asked).toBeGreaterThan(20);
    expect(asked).toBeLessThan(40);
    isDown = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toHaveLength(1);
    const before = asked;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(before);
  });
});
