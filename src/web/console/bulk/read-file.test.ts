import { describe, expect, it } from 'vitest';
import { parts, rowsOf } from './read-file.ts';

describe('OP-1.4 a file of accounts', () => {
  it('OP-1.4 is read by its column names, in any order, with the lines of the file', () => {
    expect(rowsOf('\uFEFFPhone,Account,other\r\n+85291230001,700001,x\r\n\r\n,"700,002",y\r\n')).toEqual([
      { line: 2, account: '700001', phone: '+85291230001' },
      { line: 4, account: '700,002' },
    ]);
  });

  it('OP-1.4 may be one account a line, without a head', () => {
    expect(rowsOf('700001\n700002\n')).toEqual([
      { line: 1, account: '700001' },
      { line: 2, account: '700002' },
    ]);
    expect(rowsOf('')).toEqual([]);
  });

  it('OP-1.4 goes in parts that fit into a request, none lost', () => {
    const rows = Array.from({ length: 1500 }, (_, n) => ({ line: n + 1, account: `7${n}`, name: '陈'.repeat(n % 50) }));
    const all = [...parts(rows)];
    expect(all.flat()).toEqual(rows);
    for (const part of all) {
      expect(part.length).toBeLessThanOrEqual(400);
      expect(new TextEncoder().encode(JSON.stringify({ rows: part })).length).toBeLessThan(60_000);
    }
  });
});
