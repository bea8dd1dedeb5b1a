import { describe, expect, it } from 'vitest';
import { ACCOUNT_COLUMNS, AccountFileError, readAccounts } from './account-file.ts';
import { textOf, Utf8Error } from './utf8.ts';

const read = (text: string, mayBeList = true) => readAccounts(text, ACCOUNT_COLUMNS, { mayBeList });
const faultOf = (text: string, mayBeList = true) => {
  try {
    read(text, mayBeList);
  } catch (error) {
    if (error instanceof AccountFileError) return [error.fault, error.line, error.value];
    throw error;
  }
  return null;
};

describe('OP-1.4 a file of accounts', () => {
  it('OP-1.4 is read by its column names, in any order and case, with the lines of the file', () => {
    const file = read('\uFEFFPhone, Account\r\n+85291230001,700001\r\n\r\n,"700,002"\r\n');
    expect(file.columns).toEqual(['phone', 'account']);
    expect(file.rows).toEqual([
      { line: 2, given: { account: '700001', phone: '+85291230001' }, fault: null },
      { line: 4, given: { account: '700,002' }, fault: null },
    ]);
  });

  it('OP-1.4 may be one account a line, where that is of use', () => {
    expect(read('700001\n 700002 \n').rows).toEqual([
      { line: 1, given: { account: '700001' }, fault: null },
      { line: 2, given: { account: '700002' }, fault: null },
    ]);
    expect(read('a@b.example\nc@d.example').rows.map((row) => row.line)).toEqual([1, 2]);
    expect(faultOf('700001\n', false)).toEqual(['unknown-column', 1, '700001']);
  });

  it.each([
    ['semicolons', 'account;name\n990031;张三\n', ['separator', 1, 'account;name']],
    ['tabs', 'account\tname\n990031\t张三\n', ['separator', 1, 'account\tname']],
    ['a list with semicolons', '990031;张三\n', ['separator', 1, '990031;张三']],
    ['columns in another language', '账号,姓名,手机\n990051,张三,1\n', ['unknown-column', 1, '账号']],
    ['columns of another system', 'Account,Full Name,Mobile\n990071,张三,1\n', ['unknown-column', 1, 'Full Name']],
    ['rows without a head', '990071,张三\n', ['unknown-column', 1, '990071']],
    ['the head of a list in another language', '账号\n990051\n', ['head', 1, '账号']],
    ['no account', 'name,phone\nx,1\n', ['no-account', 1, '']],
    ['a column twice', 'account,name,name\n1,x,y\n', ['column-twice', 1, '']],
    ['an open quote', 'account,name\n1,"open\n', ['quotes', 2, '']],
    ['nothing', '\n', ['empty', 1, '']],
  ])('OP-1.4 with %s is refused as a whole, never half understood', (_, text, told) => {
    expect(faultOf(text)).toEqual(told);
  });

  it('OP-1.4 a row that has not as many fields as there are columns is told by its line, and none of the others suffers', () => {
    const told = read('account,name\n990091,张三,extra\n990092\n990093,x\n').rows.map((row) => [row.line, row.fault]);
    expect(told).toEqual([
      [2, 'has 3 fields where the first row names 2'],
      [3, 'has 1 fields where the first row names 2'],
      [4, null],
    ]);
    const listed = read('990091\n990092;x\n990093,x\n').rows.map((row) => row.fault);
    expect(listed).toEqual([null, 'is more than one account', 'has 2 fields where the first row names 1']);
  });
});

describe('OP-1.4 the bytes of a file', () => {
  it.each([
    ['GBK', [0x31, 0x0a, 0x32, 0x2c, 0xd5, 0xc5, 0xc8, 0xfd, 0x0a], 2],
    ['Big5', [0x32, 0x2c, 0xb3, 0xaf, 0xa4, 0x6a, 0xa4, 0xe5], 1],
    ['UTF-16', [0xff, 0xfe, 0x31, 0x00, 0x0a, 0x00], 1],
    ['UTF-16 without a mark', [0x31, 0x00, 0x0a, 0x00], 1],
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x00], 1],
  ])('OP-1.4 in %s are refused with the line, not read with signs in place of letters', (_, bytes, line) => {
    expect(() => textOf(Uint8Array.from(bytes))).toThrow(Utf8Error);
    try {
      textOf(Uint8Array.from(bytes));
    } catch (error) {
      expect((error as Utf8Error).line).toBe(line);
    }
  });

  it('OP-1.4 in UTF-8 are the text', () => {
    expect(textOf(new TextEncoder().encode('\uFEFFaccount,name\n1,陈大文😀'))).toBe('account,name\n1,陈大文😀');
  });
});
