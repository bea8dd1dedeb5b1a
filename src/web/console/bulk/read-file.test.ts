import { describe, expect, it } from 'vitest';
import { ACCOUNT_COLUMNS, readAccounts } from '../../../contract/account-file.ts';
import { parts, toSend } from './read-file.ts';

describe('OP-1.4 a file of accounts', () => {
  it('OP-1.4 goes up line by line, with why where a line could not be read', () => {
    const { rows } = readAccounts('phone,account\n1,700001\n,700002\n2\n', ACCOUNT_COLUMNS, { mayBeList: true });
    expect(rows.map(toSend)).toEqual([
      { line: 2, account: '700001', phone: '1' },
      { line: 3, account: '700002' },
      { line: 4, account: '', phone: '2', mistake: 'has 1 fields where the first row names 2' },
    ]);
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
