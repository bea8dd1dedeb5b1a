import { describe, expect, it } from 'vitest';
import { CsvError, parseCsv } from './csv.ts';

const fields = (text: string) => parseCsv(text).map((row) => row.fields);

describe('RFC 4180', () => {
  it('reads quoted fields with commas, quotes and line breaks, CRLF and LF', () => {
    expect(fields('a,b\r\n"1,2","say ""hi"""\n"two\r\nlines",\n')).toEqual([
      ['a', 'b'],
      ['1,2', 'say "hi"'],
      ['two\r\nlines', ''],
    ]);
  });

  it('leaves out the byte order mark and empty lines, and needs no last line break', () => {
    expect(fields('\uFEFFa,b\n\n\r\n1,2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(fields('')).toEqual([]);
    expect(fields('a\n""\n')).toEqual([['a']]);
    expect(fields('a,')).toEqual([['a', '']]);
    expect(fields(',\n')).toEqual([['', '']]);
  });

  it('tells the line each row begins on', () => {
    expect(parseCsv('a\n"x\ny"\nb\n\nc').map((row) => row.line)).toEqual([1, 2, 4, 6]);
  });

  it.each([
    ['a\n"open\n\n', 2],
    ['a\n"x"y\n', 2],
    ['a\nb"c\n', 2],
    ['a\n"x\ny"z', 3],
  ])('refuses %j at line %i', (text, line) => {
    expect(() => parseCsv(text)).toThrow(CsvError);
    try {
      parseCsv(text);
    } catch (error) {
      expect((error as CsvError).line).toBe(line);
    }
  });
});
