import { describe, expect, it } from 'vitest';
import { eventParser } from './watch.ts';

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
